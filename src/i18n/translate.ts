import { isArgumentElement, isLiteralElement, isNumberElement, isPluralElement, isPoundElement, isSelectElement, parse } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import type { Locale } from '#i18n/locale.ts'

export type Values = Readonly<Record<string, string | number>>

/** Says the message of a key of this catalogue with its values put in; ICU plurals follow the language. */
export type Translate<Messages> = (key: keyof Messages & string, values?: Values) => string

/** The build parses messages beforehand (scripts/bundle/parsed-messages.mjs), so that the parser stays off the phone; elsewhere they are text. */
type Message = string | readonly MessageFormatElement[]

/** Messages are parsed when they are first said. A message that does not parse, or lacks a value, is a fault of ours and is thrown. */
export function createTranslator<Messages extends Readonly<Record<string, string>>>(locale: Locale, messages: Messages): Translate<Messages> {
  const parsed = new Map<string, readonly MessageFormatElement[]>()
  const speak = createSpeaker(locale)
  return (key, values = {}) => {
    const message: Message | undefined = messages[key]
    if (message === undefined) throw new Error(`no message ${key}`)
    if (typeof message === 'string' && !/[{']/.test(message)) return message
    const elements = parsed.get(key) ?? (typeof message === 'string' ? parse(message, { ignoreTag: true }) : message)
    parsed.set(key, elements)
    return speak(elements, values)
  }
}

/** What `#` stands for, inside the form of a plural. */
type Speaker = (elements: readonly MessageFormatElement[], values: Values, counted?: number) => string

/** As much of ICU MessageFormat as the catalogues use: values, numbers, plurals and choices. */
function createSpeaker(locale: Locale): Speaker {
  const number = new Intl.NumberFormat(locale)
  const form = new Intl.PluralRules(locale)
  const say = (element: MessageFormatElement, values: Values, counted: number): string => {
    if (isLiteralElement(element)) return element.value
    if (isPoundElement(element)) return number.format(counted)
    const value = values[element.value]
    if (value === undefined) throw new Error(`no value ${element.value}`)
    if (isArgumentElement(element)) return String(value)
    if (isNumberElement(element)) return number.format(Number(value))
    if (isPluralElement(element)) {
      const count = Number(value) - element.offset
      return speak(optionOf(element.options, `=${value}`, form.select(count)), values, count)
    }
    if (isSelectElement(element)) return speak(optionOf(element.options, String(value)), values, counted)
    throw new Error(`nothing says ${element.value}`)
  }
  const speak: Speaker = (elements, values, counted = 0) => elements.map((element) => say(element, values, counted)).join('')
  return speak
}

function optionOf(options: Readonly<Record<string, { readonly value: readonly MessageFormatElement[] }>>, ...wanted: readonly string[]): readonly MessageFormatElement[] {
  const found = [...wanted, 'other'].map((name) => options[name]).find((option) => option !== undefined)
  if (found === undefined) throw new Error(`no form for ${wanted.join()}`)
  return found.value
}
