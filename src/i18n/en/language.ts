import { common } from '#i18n/en/common.ts'
import { volunteer } from '#i18n/en/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/en.ts'
import type { Language } from '#i18n/load.ts'

export const english: Language = {
  locale: 'en',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/en.ts')).labels,
    screens: async () => (await import('#i18n/en/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/en/desk.ts')).desk,
  },
}
