import { common } from '#i18n/en/common.ts'
import { volunteer } from '#i18n/en/volunteer.ts'
import { labels } from '#i18n/labels/en.ts'
import type { Language } from '#i18n/load.ts'

export const english: Language = { locale: 'en', messages: { ...common, ...volunteer }, labels }
