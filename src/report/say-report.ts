import { areaName } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { themeName } from '#domain/theme-name.ts'
import { createFormat, firstInFrench, once, tagOf } from '#i18n/format.ts'
import type { Format } from '#i18n/format.ts'
import { labelOf } from '#i18n/labels.ts'
import type { LabelList, Labels } from '#i18n/labels.ts'
import type { ReportMessages } from '#i18n/load-report.ts'
import type { Locale } from '#i18n/locale.ts'
import { createTranslator } from '#i18n/translate.ts'
import type { AreaName, CitedSentence, Said, Unit, Value } from '#report/tree.ts'

/** What a tree is read in. */
export interface ReportLanguage {
  readonly locale: Locale
  readonly messages: ReportMessages
  readonly labels: Labels
  readonly campaign: { readonly topics?: readonly { readonly code: string; readonly names?: Readonly<Record<string, string>> | undefined }[] | undefined; readonly areas: readonly Area[]; readonly countries?: readonly string[] }
}

export interface ReportWords extends Pick<Format, 'number' | 'day' | 'month' | 'language' | 'country' | 'commas' | 'list'> {
  readonly locale: Locale
  readonly say: (said: Said) => string
  readonly value: (value: Value) => string
  readonly area: (area: AreaName) => string
  readonly label: (list: LabelList, code: string | number) => string
  readonly topic: (code: string) => string
  readonly written: typeof writtenOut
  /** Parts with commas or an “and” of their own in a row, as names of topics and groups have, with the mark of the language between them. */
  readonly phrases: (parts: readonly string[]) => string
  /** Sentences one behind the other: Chinese puts nothing between them. */
  readonly sentences: (parts: readonly string[]) => string
  /** Where and when something was said or seen; nothing of what may not be shown any more. */
  readonly from: (about: { readonly area: AreaName | null; readonly month: string | null }) => readonly string[]
  /** From one day to another, both within. */
  readonly days: (from: string, to: string) => string
  /** A number that is not shown, alone above or beside the word for what is counted: in the gender of that word. */
  readonly some: (unit: Unit) => string
  /** Of the population, or a group that may be named. */
  readonly group: (code: string) => string
}

/** French has a space that does not break before it. */
const semicolons: Readonly<Partial<Record<Locale, string>>> = { fr: '\u00a0; ', ar: '؛ ', zh: '；' }

/** Says what a tree means in one language. The tree itself knows none. */
export function reportWords({ locale, messages, labels, campaign }: ReportLanguage): ReportWords {
  const translate = createTranslator(locale, messages)
  const format = createFormat(locale)
  const span = once(() => new Intl.DateTimeFormat(tagOf(locale), { dateStyle: 'medium', timeZone: 'UTC' }))
  const named = new Map(campaign.areas.map((one) => [one.code, one] as const))
  const topic = (code: string) => themeName(campaign, code, locale) ?? labelOf(labels, 'topic', code)
  const group = (code: string) => labelOf(labels, code in labels.populationGroup ? 'populationGroup' : 'focusGroup', code)
  const area = ({ country, code, name, isWhole }: AreaName): string => {
    const listed = code === null ? undefined : named.get(code)
    const region = listed === undefined ? name : areaName(listed, locale)
    // Where all of it is in one country, its name behind each region tells nothing.
    if (region !== null && campaign.countries?.length === 1 && campaign.countries[0] === country) return region
    if (isWhole === true) return format.country(country)
    return region === null ? translate('report.area.noRegion', { country: format.country(country) }) : format.commas([region, format.country(country)])
  }
  const phrases = (parts: readonly string[]) => parts.join(semicolons[locale] ?? '; ')
  // Behind “Ouest, Haiti, Sud, Haiti and Mali” nobody knows how many areas these are.
  const listed = (parts: readonly string[]) => (parts.some((part) => /[,،，]/.test(part)) ? phrases(parts) : format.list(parts))
  const value = (one: Value): string => {
    switch (one.is) {
      case 'figure':
        return one.figure.count === null ? translate(`report.some.${one.unit}`) : translate(`report.figure.${one.unit}`, { count: one.figure.count })
      case 'number':
        return format.number(one.number)
      case 'untold':
        return translate('report.untold')
      case 'percent':
        return format.percent(one.share)
      case 'code':
        return labelOf(labels, one.list, one.code)
      case 'topic':
        return topic(one.topic)
      case 'area':
        return area(one.area)
      case 'areas':
        return listed(one.areas.map(area))
      case 'topics':
        return phrases(one.topics.map(topic))
      case 'groups':
        return phrases(one.groups.map(group))
      case 'day':
        return format.day(one.day)
      case 'text':
        return one.text
    }
  }
  const { number, day, month, language, country: countryName, commas, list } = format
  return {
    written: writtenOut,
    sentences: (parts) => parts.join(locale === 'zh' ? '' : ' '),
    from: ({ area: where, month: when }) => [...(where === null ? [] : [area(where)]), ...(when === null ? [] : [month(when)])],
    phrases,
    some: (unit) => translate('report.someOf', { unit }),
    days: (from, to) => firstInFrench(locale, span().formatRange(new Date(`${from}T00:00:00Z`), new Date(`${to}T00:00:00Z`))),
    locale, number, day, month, language, country: countryName, commas, list, value, area, topic, group,
    label: (of, code) => labelOf(labels, of, code),
    // A plain number stays one, so that the plural of the message follows it.
    say: (said) => translate(said.say, Object.fromEntries(Object.entries(said.with ?? {}).map(([name, one]) => [name, one.is === 'number' ? one.number : value(one)]))),
  }
}

/** A sentence with its numbers as its own language writes them; one that is not shown is an omission. */
export function writtenOut({ parts, lang }: Pick<CitedSentence, 'parts' | 'lang'>): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.count === null ? '[…]' : numberIn(lang, part.count))).join('')
}

/** A tag that no list of languages knows has no digits of its own. */
export function numberIn(lang: string, count: number): string {
  return new Intl.NumberFormat(Intl.NumberFormat.supportedLocalesOf(lang).length === 0 ? 'en' : lang, { numberingSystem: 'latn' }).format(count)
}
