import { createContext, useContext, useMemo } from 'react'
import type { ReactNode } from 'react'
import { directionOf } from '#i18n/direction.ts'
import type { Direction } from '#i18n/direction.ts'
import { createFormat } from '#i18n/format.ts'
import type { Format } from '#i18n/format.ts'
import { labelOf } from '#i18n/labels.ts'
import type { HomeLabels } from '#i18n/labels.ts'
import type { Further, Language, Messages } from '#i18n/load.ts'
import { ownNames } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Translate } from '#i18n/translate.ts'

/** The language that is on, with everything one can say in it. */
export interface Speech {
  readonly locale: Locale
  readonly dir: Direction
  readonly t: Translate<Messages>
  readonly format: Format
  readonly labels: HomeLabels
  /** The label of a code of the first screen; the code itself when this version does not know it. */
  readonly label: (list: keyof HomeLabels, code: string | number) => string
  /** What the screens behind the first one load on top. */
  readonly further: Further
  readonly screens?: Language['screens']
}

const SpeechContext = createContext<Speech | null>(null)
const AwaitedContext = createContext<Locale | null>(null)

export interface LanguageProviderProps {
  readonly language: Language
  /** The chosen language, where it did not come. */
  readonly awaited?: Locale | null
  /** The zone in which moments are told; the device's own when it is not given. */
  readonly timeZone?: string | undefined
  readonly children: ReactNode
}

/** Lets everything below speak one language. `lang` and `dir` of the document belong to the app, which knows the document. */
export function LanguageProvider({ language, awaited = null, timeZone, children }: LanguageProviderProps) {
  const speech = useMemo(() => createSpeech(language, timeZone), [language, timeZone])
  return <SpeechContext value={speech}><AwaitedContext value={awaited}>{children}</AwaitedContext></SpeechContext>
}

export function useLanguage(): Speech {
  const speech = useContext(SpeechContext)
  if (speech === null) throw new Error('a piece was drawn outside of LanguageProvider')
  return speech
}

/** What was chosen and is not here yet, with how it comes in the language that is on. */
export function useAwaitedLanguage(): { readonly locale: Locale; readonly text: string } | null {
  const { t } = useLanguage()
  const locale = useContext(AwaitedContext)
  return locale === null ? null : { locale, text: t('language.awaited', { language: ownNames[locale] }) }
}

/** Says it aloud where the sign for it is a hint beside the choice: a hint that comes while one stands there is read by nobody. */
export function AwaitedAloud() {
  return <p className="visually-hidden" role="status">{useAwaitedLanguage()?.text}</p>
}

/** The same without React, for a document, a title or a test. */
export function createSpeech({ locale, messages, labels, further, screens }: Language, timeZone?: string): Speech {
  return {
    locale,
    dir: directionOf(locale),
    t: createTranslator(locale, messages),
    format: createFormat(locale, timeZone),
    labels,
    label: (list, code) => labelOf(labels, list, code),
    further,
    screens,
  }
}
