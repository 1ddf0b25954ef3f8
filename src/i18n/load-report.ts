import type { report } from '#i18n/en/report.ts'
import type { Locale } from '#i18n/locale.ts'

export type ReportMessages = { readonly [Key in keyof typeof report]: string }

/** The fixed words of the report. Apart from the other loaders: no screen of a phone needs them, and its first chunk must not name them. */
export async function loadReport(locale: Locale): Promise<ReportMessages> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/report.ts')).report
    case 'fr':
      return (await import('#i18n/fr/report.ts')).report
    case 'es':
      return (await import('#i18n/es/report.ts')).report
    case 'ar':
      return (await import('#i18n/ar/report.ts')).report
    case 'ru':
      return (await import('#i18n/ru/report.ts')).report
    case 'zh':
      return (await import('#i18n/zh/report.ts')).report
  }
}
