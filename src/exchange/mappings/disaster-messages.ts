import type { Need, Topic } from '#domain/codes/code-lists.ts'
import type { EntryContent } from '#domain/entry.ts'
import { findPersonalData } from '#domain/personal-data.ts'
import { fail, ok } from '#domain/result.ts'
import type { Mapping } from '#exchange/mapping.ts'
import type { TableRow } from '#exchange/table.ts'

/**
 * Messages sent from the ground in disasters (R. Munro, 2012). A request is a challenge; its flags say the topic. The original
 * wording stands as the description in its own language, and the English of the data set lies beside it as a translation.
 * Defaults: severity 3 for a plea and 4 where medical help, rescue or death is flagged, source "people living it told me",
 * consent not asked (so nothing of it is ever quoted). What no date is known of is refused.
 */
const topicsByFlag: readonly (readonly [string, Topic, Need | null])[] = [
  ['medical_help', 'HEA', 'health'], ['medical_products', 'HEA', 'health'], ['search_and_rescue', 'PRO', 'safety'], ['security', 'PRO', 'safety'], ['water', 'WSH', 'water'],
  ['food', 'FSC', 'food'], ['shelter', 'SHL', 'shelter'], ['clothing', 'SHL', 'shelter'], ['money', 'LIV', 'cash'], ['refugees', 'DIS', null], ['death', 'HEA', null],
  ['transport', 'MOB', 'transport'], ['buildings', 'SHL', 'shelter'], ['electricity', 'INF', 'internet'], ['hospitals', 'HEA', 'health'], ['shops', 'LIV', null], ['tools', 'OTH', null],
  ['other_aid', 'OTH', null], ['other_infrastructure', 'OTH', null], ['aid_centers', 'OTH', null],
]
const hazards = ['floods', 'storm', 'fire', 'earthquake', 'cold', 'other_weather']
const grave = ['medical_help', 'search_and_rescue', 'death']

interface Event {
  readonly country: string
  readonly placeName: string
  readonly lang: string
  readonly observedOn: string
}
const events: Readonly<Record<string, Event>> = {
  haiti_earthquake: { country: 'HTI', placeName: 'Haiti', lang: 'ht', observedOn: '2010-01-12' },
  pakistan_floods: { country: 'PAK', placeName: 'Pakistan', lang: 'ur', observedOn: '2010-07-29' },
  usa_sandy: { country: 'USA', placeName: 'United States', lang: 'en', observedOn: '2012-10-29' },
}

export const disasterMessages: Mapping = {
  id: 'disaster-messages',
  fits: ({ headers }) => ['message', 'original', 'genre', 'request', 'offer', 'aid_related', 'event'].every((header) => headers.includes(header)),
  map: (row) => {
    const event = Object.hasOwn(events, row.at('event')) ? events[row.at('event')] : undefined
    const topic = topicsByFlag.find(([flag]) => isSet(row, flag))?.[1]
    if (!isSet(row, 'request') || event === undefined) return fail({ reason: 'not-an-entry' })
    if (topic === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    const [original, english] = [row.at('original'), row.at('message')]
    const hasOriginal = original.length >= 10
    const words = (hasOriginal ? original : english).slice(0, 2000)
    if (words.length < 10) return fail({ reason: 'words-too-short', field: 'description' })
    if (findPersonalData(`${words}\n${english}`).some(({ kind }) => kind === 'phone' || kind === 'email')) return fail({ reason: 'personal-data', field: 'description' })
    return ok({ content: challengeOf(row, { event, topic, words, lang: hasOriginal ? event.lang : 'en' }), ...(hasOriginal && english.length > 0 ? { corrections: { descriptionEn: { text: english, translator: 'human' } } } : {}) })
  },
}

function challengeOf(row: TableRow, { event, topic, words, lang }: { readonly event: Event; readonly topic: Topic; readonly words: string; readonly lang: string }): EntryContent {
  const needs = topicsByFlag.flatMap(([flag, , need]) => (need !== null && isSet(row, flag) ? [need] : []))
  const date = /^\d{4}-\d{2}-\d{2}$/.exec(row.at('date_haiti'))?.[0]
  return {
    kind: 'challenge', topic, severity: grave.some((flag) => isSet(row, flag)) ? 4 : 3, populationGroup: ['GEN'], country: event.country, placeName: event.placeName,
    observedOn: date ?? event.observedOn, ...(date === undefined ? { datePrecision: 'month' as const } : {}), description: words, lang, sourceType: 'affected_person', consentBasis: 'not_asked',
    ...(needs.length === 0 ? {} : { need: [...new Set(needs)].slice(0, 3) }), ...(hazards.some((flag) => isSet(row, flag)) ? { cause: ['hazard'] } : {}),
  }
}

function isSet(row: TableRow, flag: string): boolean {
  return row.at(flag) === '1'
}
