import { common } from '#i18n/zh/common.ts'
import { volunteer } from '#i18n/zh/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/zh.ts'
import type { Language } from '#i18n/load.ts'

export const chinese: Language = {
  locale: 'zh',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/zh.ts')).labels,
    screens: async () => (await import('#i18n/zh/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/zh/desk.ts')).desk,
  },
}
