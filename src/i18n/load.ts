import type { common } from '#i18n/en/common.ts'
import type { desk } from '#i18n/en/desk.ts'
import type { volunteerScreens } from '#i18n/en/volunteer-screens.ts'
import type { volunteer } from '#i18n/en/volunteer.ts'
import type { Labels } from '#i18n/labels.ts'
import type { Locale } from '#i18n/locale.ts'

export type CommonMessages = { readonly [Key in keyof typeof common]: string }
export type VolunteerMessages = { readonly [Key in keyof typeof volunteer]: string }
export type DeskMessages = { readonly [Key in keyof typeof desk]: string }
export type ScreenMessages = { readonly [Key in keyof typeof volunteerScreens]: string }
/** What the first screen needs; the volunteer's other screens and the desk load their own on top. */
export type Messages = CommonMessages & VolunteerMessages

export interface Language {
  readonly locale: Locale
  readonly messages: Messages
  readonly labels: Labels
}

/** One lazy chunk a language. */
export async function loadLanguage(locale: Locale): Promise<Language> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/language.ts')).english
    case 'fr':
      return (await import('#i18n/fr/language.ts')).french
    case 'ar':
      return (await import('#i18n/ar/language.ts')).arabic
  }
}

export async function loadScreenMessages(locale: Locale): Promise<ScreenMessages> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/volunteer-screens.ts')).volunteerScreens
    case 'fr':
      return (await import('#i18n/fr/volunteer-screens.ts')).volunteerScreens
    case 'ar':
      return (await import('#i18n/ar/volunteer-screens.ts')).volunteerScreens
  }
}

export async function loadDeskMessages(locale: Locale): Promise<DeskMessages> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/desk.ts')).desk
    case 'fr':
      return (await import('#i18n/fr/desk.ts')).desk
    case 'ar':
      return (await import('#i18n/ar/desk.ts')).desk
  }
}
