import type { deskWriting } from '#i18n/en/desk-writing.ts'
import { loadReport } from '#i18n/load-report.ts'
import type { ReportMessages } from '#i18n/load-report.ts'
import type { Locale } from '#i18n/locale.ts'

type OwnMessages = { readonly [Key in keyof typeof deskWriting]: string }
export type WritingMessages = ReportMessages & OwnMessages

/** The words in which the report is written at the desk, with those of the report itself. Apart from the desk's: no other page of it needs them. */
export async function loadWriting(locale: Locale): Promise<WritingMessages> {
  const [report, { deskWriting }] = await Promise.all([loadReport(locale), wordsOf(locale)])
  return { ...report, ...deskWriting }
}

function wordsOf(locale: Locale): Promise<{ readonly deskWriting: OwnMessages }> {
  switch (locale) {
    case 'en':
      return import('#i18n/en/desk-writing.ts')
    case 'fr':
      return import('#i18n/fr/desk-writing.ts')
    case 'es':
      return import('#i18n/es/desk-writing.ts')
    case 'ar':
      return import('#i18n/ar/desk-writing.ts')
    case 'ru':
      return import('#i18n/ru/desk-writing.ts')
    case 'zh':
      return import('#i18n/zh/desk-writing.ts')
  }
}
