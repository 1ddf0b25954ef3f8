import { common } from '#i18n/ar/common.ts'
import { volunteer } from '#i18n/ar/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/ar.ts'
import type { Language } from '#i18n/load.ts'

export const arabic: Language = {
  locale: 'ar',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/ar.ts')).labels,
    screens: async () => (await import('#i18n/ar/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/ar/desk.ts')).desk,
  },
}
