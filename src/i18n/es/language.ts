import { common } from '#i18n/es/common.ts'
import { volunteer } from '#i18n/es/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/es.ts'
import type { Language } from '#i18n/load.ts'

export const spanish: Language = {
  locale: 'es',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/es.ts')).labels,
    screens: async () => (await import('#i18n/es/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/es/desk.ts')).desk,
  },
}
