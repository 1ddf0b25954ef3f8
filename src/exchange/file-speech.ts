import type { Link } from '#domain/entry-state.ts'
import { themeName } from '#domain/theme-name.ts'
import { createFormat } from '#i18n/format.ts'
import { labelOf } from '#i18n/labels.ts'
import type { LabelList, Labels } from '#i18n/labels.ts'
import type { ExportMessages } from '#i18n/load-exports.ts'
import type { DeskMessages, Spoken } from '#i18n/load.ts'
import type { Locale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Translate } from '#i18n/translate.ts'

/** What a file says in its language: names of columns, labels of codes. Codes and HXL tags are the same in every language. */
export interface FileSpeech {
  readonly locale: Locale
  readonly labels: Labels
  readonly say: Translate<ExportMessages>
  /** The short name of a field, where the label is the question that the phone asks. */
  readonly short: (field: string) => string
  readonly question: (field: string) => string
  /** The label of a code; a topic under the campaign's own name. */
  readonly code: (list: LabelList, code: string) => string
  readonly country: (alpha3: string) => string
  /** What one entry has to do with another, as between their names. */
  readonly link: (kind: Link['kind']) => string
}

export interface SpeechSource {
  readonly locale: Locale
  readonly words: ExportMessages
  readonly desk: Spoken<DeskMessages>
  readonly campaign: Parameters<typeof themeName>[0]
}

export function createFileSpeech({ locale, words, desk: { messages, labels }, campaign }: SpeechSource): FileSpeech {
  const question = (field: string) => labelOf(labels, 'field', field)
  const format = createFormat(locale)
  return {
    locale,
    labels,
    say: createTranslator(locale, words),
    short: (field) => {
      const key = `field.${field}`
      return Object.hasOwn(messages, key) ? messages[key as keyof DeskMessages] : question(field)
    },
    question,
    code: (list, code) => (list === 'topic' ? themeName(campaign, code, locale) : null) ?? labelOf(labels, list, code),
    country: format.country,
    link: (kind) => messages[`links.${kind}`],
  }
}
