import type { common } from '#i18n/en/common.ts'
import type { desk } from '#i18n/en/desk.ts'
import type { volunteerScreens } from '#i18n/en/volunteer-screens.ts'
import type { volunteer } from '#i18n/en/volunteer.ts'
import type { HomeLabels, Labels, ScreenLabels } from '#i18n/labels.ts'
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
  readonly labels: HomeLabels
  readonly further: Further
  /** What the screens behind the first one say, where it came before that was drawn. */
  readonly screens?: Spoken<ScreenMessages> | undefined
}

/** The rest of a language, in chunks of their own: a first visit has a budget. */
export interface Further {
  readonly labels: () => Promise<ScreenLabels>
  readonly screens: () => Promise<ScreenMessages>
  readonly desk: () => Promise<DeskMessages>
}

/** Messages with all labels of the language: what a screen behind the first one speaks with. */
export interface Spoken<Said> {
  readonly messages: Said
  readonly labels: Labels
}

/** One lazy chunk a language. */
export async function loadLanguage(locale: Locale): Promise<Language> {
  switch (locale) {
    case 'en':
      return (await import('#i18n/en/language.ts')).english
    case 'fr':
      return (await import('#i18n/fr/language.ts')).french
    case 'es':
      return (await import('#i18n/es/language.ts')).spanish
    case 'ar':
      return (await import('#i18n/ar/language.ts')).arabic
    case 'ru':
      return (await import('#i18n/ru/language.ts')).russian
    case 'zh':
      return (await import('#i18n/zh/language.ts')).chinese
  }
}

/** What the volunteer's other screens say. */
export function loadScreens(language: Pick<Language, 'labels' | 'further'>): Promise<Spoken<ScreenMessages>> {
  return withLabels(language, language.further.screens())
}

export function loadDesk(language: Pick<Language, 'labels' | 'further'>): Promise<Spoken<DeskMessages>> {
  return withLabels(language, language.further.desk())
}

async function withLabels<Said>({ labels, further }: Pick<Language, 'labels' | 'further'>, said: Promise<Said>): Promise<Spoken<Said>> {
  const [messages, others] = await Promise.all([said, further.labels()])
  return { messages, labels: { ...labels, ...others } }
}
