import { common } from '#i18n/ar/common.ts'
import { volunteer } from '#i18n/ar/volunteer.ts'
import { labels } from '#i18n/labels/ar.ts'
import type { Language } from '#i18n/load.ts'

export const arabic: Language = { locale: 'ar', messages: { ...common, ...volunteer }, labels }
