import type { Severity } from '#domain/codes/code-lists.ts'
import { themeName } from '#domain/theme-name.ts'
import { labelOf } from '#i18n/labels.ts'
import type { LabelList, Labels } from '#i18n/labels.ts'
import type { Messages, ScreenMessages, Spoken } from '#i18n/load.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { Translate } from '#i18n/translate.ts'
import type { Speech } from '#ui/language/language.tsx'
import { createDayWords } from '#volunteer/day-words.ts'
import type { DayWords } from '#volunteer/day-words.ts'

/** Everything the volunteer's screens say, in the language that is on. */
export interface Words extends Pick<Speech, 'locale' | 'format'> {
  readonly say: Translate<Messages & ScreenMessages>
  /** The words of the further screens have come. */
  readonly areWhole: boolean
  readonly days: DayWords
  /** The question of a field, or its name in a newer version of the app; nothing until the words of the further screens have come. */
  readonly field: (field: string) => string
  /** The label of a code of this field. */
  readonly code: (field: string, code: string | number) => string
  /** A level as a sentence about people: the sentence is the answer, not the grade. */
  readonly severity: (level: Severity) => { readonly label: string; readonly note: string; readonly short: string }
}

/** Fields whose list of codes has another name. */
const listByField: Readonly<Record<string, LabelList>> = {
  affectedUnit: 'unit',
  reachedUnit: 'unit',
  reachedMethod: 'estimateMethod',
  novelty: 'crisisNovelty',
  status: 'actionStatus',
  priorityHorizon: 'horizon',
  priorityAddressee: 'addressee',
}

/** Until the words of the further screens have come (`screens` null), only those of the first one can be said. */
export function createWords({ locale, t: sayFirst, format, labels: atHome }: Speech, screens: Spoken<ScreenMessages> | null, campaign: Parameters<typeof themeName>[0] = {}): Words {
  const sayMore = screens === null ? null : createTranslator(locale, screens.messages)
  const isOfScreens = (key: string): key is keyof ScreenMessages => screens !== null && Object.hasOwn(screens.messages, key)
  const t: Words['say'] = (key, values) => (sayMore !== null && isOfScreens(key) ? sayMore(key, values) : sayFirst(key as keyof Messages, values))
  const labels: Partial<Labels> = screens === null ? atHome : screens.labels
  const isList = (name: string): name is LabelList => Object.hasOwn(labels, name)
  return {
    locale,
    format,
    days: createDayWords(locale),
    say: t,
    areWhole: screens !== null,
    field: (field) => (screens === null ? '' : labelOf(labels, 'field', field)),
    code: (field, code) => {
      const own = field === 'topic' ? themeName(campaign, String(code), locale) : null
      if (own !== null) return own
      const list = listByField[field] ?? field
      return isList(list) ? labelOf(labels, list, code) : String(code)
    },
    severity: (level) => ({ label: t(`severity.${level}`), note: t(`severity.${level}.note`), short: t(`severity.${level}.short`) }),
  }
}
