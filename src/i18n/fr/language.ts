import { common } from '#i18n/fr/common.ts'
import { volunteer } from '#i18n/fr/volunteer.ts'
import { labels } from '#i18n/labels/fr.ts'
import type { Language } from '#i18n/load.ts'

export const french: Language = { locale: 'fr', messages: { ...common, ...volunteer }, labels }
