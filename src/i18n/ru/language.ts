import { common } from '#i18n/ru/common.ts'
import { volunteer } from '#i18n/ru/volunteer.ts'
import { homeLabels } from '#i18n/labels/home/ru.ts'
import type { Language } from '#i18n/load.ts'

export const russian: Language = {
  locale: 'ru',
  messages: { ...common, ...volunteer },
  labels: homeLabels,
  further: {
    labels: async () => (await import('#i18n/labels/ru.ts')).labels,
    screens: async () => (await import('#i18n/ru/volunteer-screens.ts')).volunteerScreens,
    desk: async () => (await import('#i18n/ru/desk.ts')).desk,
  },
}
