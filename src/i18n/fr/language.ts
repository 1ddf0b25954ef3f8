import { common } from '#i18n/fr/common.ts'
import { volunteer } from '#i18n/fr/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/fr.ts'
import type { Language } from '#i18n/load.ts'

export const french: Language = {
  locale: 'fr',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/fr.ts')).labels,
    screens: async () => (await import('#i18n/fr/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/fr/desk.ts')).desk,
  },
}
