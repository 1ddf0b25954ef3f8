import type { ReactNode } from 'react'
import type { DraftContent, FieldName } from '#domain/entry.ts'
import { apart } from '#i18n/apart.ts'
import { sayAccuracy } from '#volunteer/fields/accuracy-words.ts'
import { usesOf } from '#volunteer/fields/consent-uses.ts'
import { FieldValue, sayValue } from '#volunteer/fields/field-value.tsx'
import styles from '#volunteer/fields/fields.module.css'
import { listOf, numberOf, textOf } from '#volunteer/fields/values.ts'
import type { StepId } from '#volunteer/record/steps.ts'
import type { Words } from '#volunteer/words.ts'

/** One line of an entry as it is read again: what belongs together stands together. */
export interface FactLine {
  readonly id: string
  readonly name: string
  readonly value: ReactNode
  /** The fields that this line shows: a question about one of them stands here. */
  readonly fields: readonly FieldName[]
  /** The screen of the quick path where it is changed. */
  readonly step: StepId
}

/** The lines of the required part, in the order of the path. Lines without a value are kept, so that what is missing is seen. `today` is given where that word helps. */
export function factsOf(content: DraftContent, words: Words, today?: string): readonly FactLine[] {
  const { say } = words
  const topic: FactLine = { id: 'topic', name: say('fact.topic'), value: plain(content, words, 'topic'), fields: ['topic'], step: 'topic' }
  const place: FactLine = { id: 'place', name: say('fact.place'), value: placeWords(content, words), fields: ['country', 'adm1Name', 'placeName', 'lat', 'lon', 'geoPrecisionM', 'adm1Code', 'adm2Code'], step: 'place' }
  const date: FactLine = { id: 'date', name: say('fact.date'), value: dateWords(content, words, today), fields: ['observedOn'], step: 'date' }
  const isAction = content.kind === 'action'
  const source: FactLine = { id: 'source', name: say('fact.source'), value: plain(content, words, 'sourceType'), fields: ['sourceType'], step: isAction ? 'consent' : 'source' }
  const consent: FactLine = { id: 'consent', name: say('fact.consent'), value: consentWords(content, words), fields: ['consentBasis', ...usesOf(content).filter((use) => use !== 'consentQuote')], step: 'consent' }
  const photos: FactLine = { id: 'photos', name: say('fact.photos'), value: listLength(content.photos) === 0 ? null : plain(content, words, 'photos'), fields: ['photos'], step: 'words' }
  const who = whoLine(content, words, isAction ? 'reached' : 'who')
  if (!isAction) return [topic, { id: 'severity', name: say('fact.severity'), value: plain(content, words, 'severity'), fields: ['severity'], step: 'severity' }, who, place, date, source, consent, photos]
  return [
    { id: 'type', name: say('fact.type'), value: plain(content, words, 'actionType'), fields: ['actionType'], step: 'type' },
    topic,
    { id: 'status', name: say('fact.status'), value: statusWords(content, words), fields: ['status', 'startOn', 'endOn'], step: 'status' },
    { id: 'org', name: say('fact.org'), value: orgWords(content, words), fields: ['orgName', 'orgType'], step: 'place' },
    ...(content.status === 'planned' ? [] : [{ id: 'reached', name: say('fact.reached'), value: reachedWords(content, words), fields: ['reached'] as const, step: 'reached' as const }]),
    who, place, date, source, consent, photos,
  ]
}

function plain(content: DraftContent, words: Words, field: FieldName): ReactNode {
  const value = content[field]
  return value === undefined || sayValue(words, field, value) === '' ? null : <FieldValue field={field} value={value} />
}

function whoLine(content: DraftContent, words: Words, step: StepId): FactLine {
  const groups = [...listOf(content.populationGroup).map((code) => words.code('populationGroup', code)), ...listOf(content.focusGroup).map((code) => words.code('focusGroup', code))]
  return { id: 'who', name: words.say('fact.who'), value: groups.length === 0 ? null : words.format.list(groups), fields: ['populationGroup', 'focusGroup'], step }
}

function placeWords(content: DraftContent, words: Words): ReactNode {
  const country = textOf(content.country)
  const parts = [textOf(content.placeName), textOf(content.adm1Name), country === '' ? '' : words.format.country(country)].filter((part) => part !== '')
  if (parts.length === 0 && content.lat === undefined) return null
  const metres = numberOf(content.geoPrecisionM)
  const within = metres === null ? '' : `, ${words.say('fact.within', { accuracy: sayAccuracy(words, metres) })}`
  return <>{words.format.commas(parts.map((part) => apart(words.locale, part)))}{content.lat === undefined ? null : <span className={styles.under}>{words.say('record.place.point')}{within}</span>}</>
}

function dateWords(content: DraftContent, words: Words, today: string | undefined): string | null {
  const day = textOf(content.observedOn)
  if (day === '') return null
  const date = words.days.withWeekday(day)
  return day === today ? words.say('record.review.today', { date }) : date
}

function consentWords(content: DraftContent, words: Words): ReactNode {
  const basis = plain(content, words, 'consentBasis')
  if (basis === null) return null
  const uses = usesOf(content)
  const given = uses.filter((use) => content[use] === true)
  if (uses.length === 0) return basis
  // Each is a sentence with its own beginning: “and” between two of them would run one into the other.
  return <>{basis}{given.length === 0 ? <span className={styles.under}>{words.say('consent.none')}</span> : given.map((use) => <span key={use} className={styles.under}>{words.say(`consent.${use}`)}</span>)}</>
}

function statusWords(content: DraftContent, words: Words): ReactNode {
  const status = plain(content, words, 'status')
  const start = textOf(content.startOn)
  if (status === null || start === '') return status
  const end = textOf(content.endOn)
  const span = end === '' ? words.say(content.status === 'planned' ? 'record.review.from' : 'record.review.since', { month: words.format.month(start) }) : words.say('record.review.span', { start: words.format.month(start), end: words.format.month(end) })
  return <>{status}<span className={styles.under}>{span}</span></>
}

function orgWords(content: DraftContent, words: Words): ReactNode {
  const name = textOf(content.orgName)
  return name === '' ? null : <><bdi>{name}</bdi>{textOf(content.orgType) === '' ? null : <span className={styles.under}>{words.code('orgType', textOf(content.orgType))}</span>}</>
}

function reachedWords(content: DraftContent, words: Words): ReactNode {
  return typeof content.reached === 'number' ? words.say('fact.people', { count: content.reached }) : plain(content, words, 'reached')
}

function listLength(value: unknown): number {
  return Array.isArray(value) ? value.length : 0
}
