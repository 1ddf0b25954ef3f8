import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '#i18n/locale.ts'

export type Values = Readonly<Record<string, string | number>>

/** Says the message of a key of this catalogue with its values put in; ICU plurals follow the language. */
export type Translate<Messages> = (key: keyof Messages & string, values?: Values) => string

/** The build parses messages beforehand (scripts/bundle/parsed-messages.mjs), so that the parser stays off the phone; elsewhere they are text. */
type Message = ConstructorParameters<typeof IntlMessageFormat>[0]

/** Messages are compiled when they are first said. A message that does not compile is a fault of the catalogue and is thrown. */
export function createTranslator<Messages extends Readonly<Record<string, string>>>(locale: Locale, messages: Messages): Translate<Messages> {
  const compiled = new Map<string, IntlMessageFormat>()
  return (key, values) => {
    const message: Message | undefined = messages[key]
    if (message === undefined) throw new Error(`no message ${key}`)
    if (typeof message === 'string' && !/[{']/.test(message)) return message
    const format = compiled.get(key) ?? new IntlMessageFormat(message, locale, undefined, { ignoreTag: true })
    compiled.set(key, format)
    return String(format.format(values === undefined ? {} : { ...values }))
  }
}
