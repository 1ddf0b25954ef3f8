import type { exportWords } from '#i18n/en/exports.ts'
import type { Locale } from '#i18n/locale.ts'

export type ExportMessages = { readonly [Key in keyof typeof exportWords]: string }

/** The words of files that are taken out. Apart from the other loaders: files are made on the server, and no screen needs these. */
export async function loadExports(locale: Locale): Promise<ExportMessages> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/exports.ts')).exportWords
    case 'fr':
      return (await import('#i18n/fr/exports.ts')).exportWords
    case 'es':
      return (await import('#i18n/es/exports.ts')).exportWords
    case 'ar':
      return (await import('#i18n/ar/exports.ts')).exportWords
    case 'ru':
      return (await import('#i18n/ru/exports.ts')).exportWords
    case 'zh':
      return (await import('#i18n/zh/exports.ts')).exportWords
  }
}
