import { IntlMessageFormat } from 'intl-messageformat'
import type { Formatters } from 'intl-messageformat'
import type { Locale } from '#i18n/locale.ts'

export type Values = Readonly<Record<string, string | number>>

/** Says the message of a key of this catalogue with its values put in; ICU plurals follow the language. */
export type Translate<Messages> = (key: keyof Messages & string, values?: Values) => string

/** The build parses messages beforehand (scripts/bundle/parsed-messages.mjs), so that the parser stays off the phone; elsewhere they are text. */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0]

// The library asks the browser for every message which languages it has, and makes formatters for each anew: on a cheap phone both
// together took a tenth of the time to the first screen.
const resolveLocale = IntlMessageFormat.resolveLocale.bind(IntlMessageFormat)
IntlMessageFormat.resolveLocale = kept(resolveLocale)
const formatters: Formatters = {
  getNumberFormat: kept((locales, options) => new Intl.NumberFormat(locales, options)),
  getDateTimeFormat: kept((locales, options) => new Intl.DateTimeFormat(locales, options)),
  getPluralRules: kept((locales, options) => new Intl.PluralRules(locales, options)),
}

/** Messages are compiled when they are first said. A message that does not compile is a fault of the catalogue and is thrown. */
export function createTranslator<Messages extends Readonly<Record<string, string>>>(locale: Locale, messages: Messages): Translate<Messages> {
  const compiled = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    const message: Message | undefined = messages[key]
    if (message === undefined) throw new Error(`no message ${key}`)
    if (typeof message === 'string' && !/[{']/.test(message)) return message
    const format = compiled.get(key) ?? new IntlMessageFormat(message, locale, undefined, { ignoreTag: true, formatters })
    compiled.set(key, format)
    return String(format.format(values === undefined ? {} : { ...values }))
  }
}

/** What it gave for the same arguments before. There are as many as languages that were spoken, times styles that the catalogues use. */
function kept<Arguments extends readonly unknown[], Made>(make: (...about: Arguments) => Made): (...about: Arguments) => Made {
  const made = new Map<string, Made>()
  return (...about) => {
    const key = JSON.stringify(about)
    const one = made.get(key) ?? make(...about)
    made.set(key, one)
    return one
  }
}
