import { areaName, areasOf } from '#domain/areas.ts'
import { themeName } from '#domain/theme-name.ts'
import { apart } from '#i18n/apart.ts'
import { labelOf } from '#i18n/labels.ts'
import type { LabelList } from '#i18n/labels.ts'
import type { DeskMessages, Spoken } from '#i18n/load.ts'
import { ownNames } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Values } from '#i18n/translate.ts'
import type { Speech } from '#ui/language/language.tsx'
import { listOfField } from '#i18n/field-lists.ts'
import type { Span } from '#coordinator/people/missing-spans.ts'
import { createTimeWords } from '#coordinator/time-words.ts'
import type { TimeWords } from '#coordinator/time-words.ts'
import { valueText } from '#coordinator/value-text.ts'

export type DeskKey = keyof DeskMessages

/** Everything that the desk says, in the language that is on. */
export interface DeskWords {
  readonly locale: Locale
  readonly say: (key: DeskKey, values?: Values) => string
  readonly field: (field: string) => string
  /** The label of a code of this list. */
  readonly label: (list: LabelList, code: string) => string
  /** The label of a code of this field; the code itself when this version does not know it. */
  readonly code: (field: string, code: string) => string
  /** All codes of the list that a field takes its own from; none where it has no list. */
  readonly codesOf: (field: string) => readonly string[]
  /** The name that a topic has where the campaign gives it none of its own. */
  readonly usualTopic: (topic: string) => string
  readonly value: (field: string, value: unknown) => string
  readonly state: (state: string) => string
  readonly kind: (kind: string) => string
  readonly country: (alpha3: string) => string
  /** What the campaign calls this area; the code itself where its list has none of it. A region that was written by hand is its own name. */
  readonly area: (code: string) => string
  /** The region of a row; one whose code the campaign does not list is called as the entry calls it. */
  readonly region: (of: Pick<EntryRow, 'adm1' | 'adm1Name'>) => string | null
  readonly language: (tag: string) => string
  readonly ownName: (locale: Locale) => string
  readonly number: (value: number) => string
  readonly bytes: (count: number) => string
  /** Things in a row, with the comma of the language. */
  readonly list: (parts: readonly string[]) => string
  /** Facts in a row, with a point between them. */
  readonly dots: (parts: readonly string[]) => string
  readonly span: (span: Span) => string
  /** Why a row of an import was refused. */
  readonly reason: (code: string) => string
  readonly time: TimeWords
}

export function createDeskWords(speech: Speech, { messages, labels }: Spoken<DeskMessages>, campaign: Parameters<typeof themeName>[0] = {}): DeskWords {
  const { locale, format } = speech
  const label = (list: LabelList, value: string) => (list === 'topic' ? themeName(campaign, value, locale) : null) ?? labelOf(labels, list, value)
  const say = createTranslator(locale, messages)
  const apartHere = (part: string) => apart(locale, part)
  const apartLtr = (part: string) => (speech.dir === 'rtl' ? `\u2066${part}\u2069` : part)
  const list = (parts: readonly string[]) => format.commas(parts.map(apartHere))
  const code = (field: string, value: string) => {
    const list = listOfField(field)
    return list === null ? value : label(list, value)
  }
  const field = (name: string) => {
    const key = `field.${name}`
    return Object.hasOwn(messages, key) ? say(key as DeskKey) : label('field', name)
  }
  const time = createTimeWords(locale)
  const names = new Map(areasOf(campaign).map((one) => [one.code, areaName(one, locale)] as const))
  const area = (of: string) => names.get(of) ?? of
  const valueSpeech = { label, country: format.country, area, day: time.day, number: format.number, list, unknown: say('value.unknown'), yes: say('value.yes'), no: say('value.no') }
  return {
    locale,
    say,
    field,
    label,
    code,
    codesOf: (name) => {
      const of = listOfField(name)
      return of === null ? [] : Object.keys(labels[of])
    },
    usualTopic: (topic) => labelOf(labels, 'topic', topic),
    value: (name, value) => valueText(name, value, valueSpeech),
    state: (state) => label('reviewState', state),
    kind: (kind) => label('kind', kind),
    country: format.country,
    area,
    region: ({ adm1, adm1Name }) => (adm1 === null ? null : (names.get(adm1) ?? adm1Name ?? adm1)),
    language: format.language,
    ownName: (other) => ownNames[other],
    number: format.number,
    bytes: format.bytes,
    list,
    dots: (parts) => parts.filter((part) => part !== '').map(apartHere).join(' · '),
    span: ({ from, to }) => (from === to ? format.number(from) : apartLtr(`${format.number(from)}–${format.number(to)}`)),
    reason: (reason) => {
      const key = `refused.${reason}`
      return Object.hasOwn(messages, key) ? say(key as DeskKey) : reason
    },
    time,
  }
}
