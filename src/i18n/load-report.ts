import type { report } from '#i18n/en/report.ts'
import type { reportPage } from '#i18n/en/report-page.ts'
import type { Locale } from '#i18n/locale.ts'

export type ReportMessages = { readonly [Key in keyof typeof report | keyof typeof reportPage]: string }

/** The fixed words of the report. Apart from the other loaders: no screen of a phone needs them, and its first chunk must not name them. */
export async function loadReport(locale: Locale): Promise<ReportMessages> {
  const [{ report }, { reportPage }] = await wordsOf(locale)
  return { ...report, ...reportPage }
}

type Areas = readonly [{ readonly report: { readonly [Key in keyof typeof report]: string } }, { readonly reportPage: { readonly [Key in keyof typeof reportPage]: string } }]

function wordsOf(locale: Locale): Promise<Areas> {
  switch (locale) {
    case 'en':
      return Promise.all([import('#i18n/en/report.ts'), import('#i18n/en/report-page.ts')])
    case 'fr':
      return Promise.all([import('#i18n/fr/report.ts'), import('#i18n/fr/report-page.ts')])
    case 'es':
      return Promise.all([import('#i18n/es/report.ts'), import('#i18n/es/report-page.ts')])
    case 'ar':
      return Promise.all([import('#i18n/ar/report.ts'), import('#i18n/ar/report-page.ts')])
    case 'ru':
      return Promise.all([import('#i18n/ru/report.ts'), import('#i18n/ru/report-page.ts')])
    case 'zh':
      return Promise.all([import('#i18n/zh/report.ts'), import('#i18n/zh/report-page.ts')])
  }
}
