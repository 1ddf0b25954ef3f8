import type { ActionType, Need, Topic } from '#domain/codes/code-lists.ts'
import type { EntryContent, FieldName } from '#domain/entry.ts'
import { findPersonalData } from '#domain/personal-data.ts'
import { fail, ok } from '#domain/result.ts'
import type { LeftOut, Mapping } from '#exchange/mapping.ts'
import { languageOf } from '#exchange/message-language.ts'
import type { TableRow } from '#exchange/table.ts'

/**
 * Messages sent from the ground in disasters (R. Munro, 2012). A request is a challenge, an offer a planned action; the flags
 * say the topic. The original wording stands as the description in its own language, and the English of the data set lies
 * beside it as a translation. Defaults, each named in `assumed`: severity 3 for a plea and 4 where medical help, rescue or
 * death is flagged; general population; the event's country as the place, and the month the event began where a message has
 * no date; an offer is one volunteer's. Consent is not asked, so nothing of it is ever quoted.
 */
const traitsByFlag: readonly (readonly [flag: string, topic: Topic, need: Need | null, offered: ActionType])[] = [
  ['medical_help', 'HEA', 'health', 'service'], ['medical_products', 'HEA', 'health', 'distribution'], ['search_and_rescue', 'PRO', 'safety', 'service'], ['security', 'PRO', 'safety', 'service'],
  ['water', 'WSH', 'water', 'distribution'], ['food', 'FSC', 'food', 'distribution'], ['shelter', 'SHL', 'shelter', 'distribution'], ['clothing', 'SHL', 'shelter', 'distribution'],
  ['money', 'LIV', 'cash', 'cash'], ['refugees', 'DIS', null, 'service'], ['death', 'HEA', null, 'service'], ['transport', 'MOB', 'transport', 'service'], ['buildings', 'SHL', 'shelter', 'service'],
  ['electricity', 'INF', 'internet', 'service'], ['hospitals', 'HEA', 'health', 'service'], ['shops', 'LIV', null, 'other'], ['tools', 'OTH', null, 'distribution'], ['other_aid', 'OTH', null, 'other'],
  ['other_infrastructure', 'OTH', null, 'other'], ['aid_centers', 'OTH', null, 'service'],
]
const hazards = ['floods', 'storm', 'fire', 'earthquake', 'cold', 'other_weather']
const grave = ['medical_help', 'search_and_rescue', 'death']

interface Event {
  readonly country: string
  readonly placeName: string
  readonly languages: Parameters<typeof languageOf>[1]
  readonly began: string
}
const events: Readonly<Record<string, Event>> = {
  haiti_earthquake: { country: 'HTI', placeName: 'Haiti', languages: { usual: 'ht', also: ['fr', 'es', 'en'] }, began: '2010-01-12' },
  pakistan_floods: { country: 'PAK', placeName: 'Pakistan', languages: { usual: 'ur-Latn', also: ['en'] }, began: '2010-07-29' },
  usa_sandy: { country: 'USA', placeName: 'United States', languages: { usual: 'en', also: ['es'] }, began: '2012-10-29' },
}

export const disasterMessages: Mapping = {
  id: 'disaster-messages',
  fits: ({ headers }) => ['message', 'original', 'genre', 'request', 'offer', 'aid_related', 'event'].every((header) => headers.includes(header)),
  map: (row) => {
    if (!isSet(row, 'request') && !isSet(row, 'offer')) return fail({ reason: 'not-an-entry', field: 'kind' })
    const event = Object.hasOwn(events, row.at('event')) ? events[row.at('event')] : undefined
    if (event === undefined) return fail({ reason: 'country-unknown', field: 'country' })
    const topic = traitsByFlag.find(([flag]) => isSet(row, flag))?.[1]
    if (topic === undefined) return fail({ reason: 'topic-unknown', field: 'topic' })
    const words = wordsOf(row, event)
    if (words.text.length < 10) return fail({ reason: 'words-too-short', field: 'description' })
    if (words.text.length > 2000) return fail({ reason: 'words-too-long', field: 'description' })
    if (findPersonalData(`${words.text}\n${words.translation ?? ''}`).some(({ kind }) => kind === 'phone' || kind === 'email')) return fail({ reason: 'personal-data', field: 'description' })
    const shared = sharedBy(row, { event, topic, words })
    return ok({
      content: isSet(row, 'request') ? challengeOf(row, shared) : offerOf(row, shared),
      ...(words.translation === null ? {} : { corrections: { descriptionEn: { text: words.translation, translator: 'human' } } }),
      assumed: assumedIn(row, event),
      leftOut: leftOutOf(row),
    })
  },
}

interface Words {
  readonly text: string
  readonly lang: string
  /** The English of the data set, where the original is in another language. */
  readonly translation: string | null
}

/** The original where there is one long enough to stand alone, else the English. */
function wordsOf(row: TableRow, event: Event): Words {
  const [original, english] = [row.at('original'), row.at('message')]
  if (original.length < 10) return { text: english, lang: 'en', translation: null }
  const lang = /\p{Script=Arabic}/u.test(original) ? 'ur' : languageOf(original, event.languages)
  return { text: original, lang, translation: lang === 'en' || english === '' ? null : english }
}

type Shared = ReturnType<typeof sharedBy>

function sharedBy(row: TableRow, { event, topic, words }: { readonly event: Event; readonly topic: Topic; readonly words: Words }) {
  const date = dateOf(row)
  return {
    topic, populationGroup: ['GEN' as const], country: event.country, placeName: event.placeName, observedOn: date ?? event.began, ...(date === null ? { datePrecision: 'month' as const } : {}),
    description: words.text, lang: words.lang, sourceType: isSet(row, 'direct_report') ? ('affected_person' as const) : ('secondary' as const), consentBasis: 'not_asked' as const,
  }
}

function challengeOf(row: TableRow, shared: Shared): EntryContent {
  const needs = needsIn(row)
  return {
    kind: 'challenge', ...shared, severity: grave.some((flag) => isSet(row, flag)) ? 4 : 3,
    ...(needs.length === 0 ? {} : { need: needs.slice(0, mostCodes) }), ...(hazards.some((flag) => isSet(row, flag)) ? { cause: ['hazard'] } : {}),
  }
}

/** An offer is not yet a deed: it is planned, and nobody was reached. Who offers is a person, so no name stands for them. */
function offerOf(row: TableRow, shared: Shared): EntryContent {
  return { kind: 'action', ...shared, actionType: offersIn(row).slice(0, mostCodes), orgName: 'A volunteer', orgType: 'x-individual', status: 'planned', startOn: shared.observedOn }
}

/** The field list takes three needs and three kinds of action, and one topic. */
const mostCodes = 3

function needsIn(row: TableRow): readonly Need[] {
  return [...new Set(traitsByFlag.flatMap(([flag, , need]) => (need !== null && isSet(row, flag) ? [need] : [])))]
}

function offersIn(row: TableRow): readonly ActionType[] {
  return [...new Set(traitsByFlag.flatMap(([flag, , , offered]) => (isSet(row, flag) ? [offered] : [])))]
}

/** A message has as many flags as whoever read it set: what there is no room for is named. */
function leftOutOf(row: TableRow): readonly LeftOut[] {
  const topics = new Set(traitsByFlag.flatMap(([flag, topic]) => (isSet(row, flag) ? [topic] : [])))
  const codes = isSet(row, 'request') ? (['need', needsIn(row).length] as const) : (['actionType', offersIn(row).length] as const)
  const over: readonly (readonly [FieldName, boolean])[] = [['topic', topics.size > 1], [codes[0], codes[1] > mostCodes]]
  return over.flatMap(([field, isMore]) => (isMore ? [{ field, reason: 'too-many' as const }] : []))
}

function assumedIn(row: TableRow, event: Event): readonly FieldName[] {
  const undated: readonly FieldName[] = dateOf(row) === null ? ['observedOn'] : []
  const judged: readonly FieldName[] = isSet(row, 'request') ? ['severity'] : ['orgName', 'orgType', 'status', 'startOn']
  return [...judged, 'populationGroup', 'placeName', ...undated, ...(event.languages.also.length > 0 && row.at('original').length >= 10 ? ['lang' as const] : [])]
}

function dateOf(row: TableRow): string | null {
  return /^\d{4}-\d{2}-\d{2}$/.exec(row.at('date_haiti'))?.[0] ?? null
}

function isSet(row: TableRow, flag: string): boolean {
  return row.at(flag) === '1'
}
