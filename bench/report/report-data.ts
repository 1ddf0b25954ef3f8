import { consequences, needs, sourceTypes, topics } from '../../src/domain/codes/code-lists.ts'
import type { EntryState } from '../../src/domain/entry-state.ts'
import type { MemberId } from '../../src/domain/ids.ts'
import type { WrittenFinding } from '../../src/domain/written-report.ts'
import type { ReportInput } from '../../src/report/report-input.ts'
import { dice } from '../desk/desk-data.ts'

const countries = ['HTI', 'MLI', 'COL', 'LBN', 'UKR', 'KEN', 'SYR', 'MDG']
const languages = ['ht', 'fr', 'es', 'ar', 'ru', 'en']
const authors = 400
const regionsOf = (country: string) => Array.from({ length: 12 }, (_, n) => ({ code: `${country}${String(n + 1).padStart(2, '0')}`, name: `Region ${n + 1}`, country }))

const pick = <Item>(roll: () => number, list: readonly Item[]): Item => list[Math.floor(roll() * list.length)] as Item
/** Seldom the last, often the first. */
const pickCommon = <Item>(roll: () => number, list: readonly Item[]): Item => list[Math.floor((list.length + 1) ** roll()) - 1] as Item
const uuid = (kind: number, n: number) => `${kind}0000000-0000-7000-8000-${String(n).padStart(12, '0')}`

/** A campaign in eight countries over ten months, each entry as the server folds it: most approved, a tenth answered by actions, some sensitive. */
export function reportInput(entries: number): ReportInput {
  const states = [...streamedEntries(entries)]
  return reportOn(states, states)
}

/** The same, each entry made when it is asked for and kept by nobody else: as they are read from a store. */
export function streamedInput(entries: number): ReportInput {
  return reportOn({ [Symbol.iterator]: () => streamedEntries(entries) }, [...streamedEntries(1000)])
}

function* streamedEntries(entries: number): Generator<EntryState> {
  const roll = dice(11)
  for (let n = 0; n < entries; n += 1) yield someEntry(n, roll)
}

function reportOn(states: Iterable<EntryState>, cited: readonly EntryState[]): ReportInput {
  return {
    campaign: { name: 'Many entries', countries, areas: countries.flatMap(regionsOf), defaultSensitivity: 'moderate' },
    period: { from: '2026-01-01', to: '2026-10-31' }, asOf: '2026-11-01T08:00:00Z' as ReportInput['asOf'], issue: 2, next: '2027-02-01', entries: states, before: { topics: new Map(topics.map((topic) => [topic, 1000] as const)), written: [] },
    organisations: new Map(Array.from({ length: authors }, (_, n) => [uuid(4, n) as MemberId, `Organisation ${n % 30}`] as const)),
    written: topics.map((topic, n) => findingOn(topic, cited.slice(n * 50, n * 50 + 40))),
  }
}

function someEntry(n: number, roll: () => number): EntryState {
  const isAction = roll() < 0.3
  const country = pickCommon(roll, countries)
  const shared = {
    topic: pickCommon(roll, topics), country, adm1Code: pickCommon(roll, regionsOf(country)).code, placeName: `Place ${n % 3000}`, lat: 18.5, lon: -72.3, populationGroup: ['GEN'], ...(roll() < 0.3 ? { focusGroup: ['WOM', 'CHI'] } : {}),
    observedOn: new Date(Date.UTC(2026, 0, 1 + Math.floor(roll() * 300))).toISOString().slice(0, 10), lang: pickCommon(roll, languages), sourceType: pickCommon(roll, sourceTypes), consentBasis: 'verbal',
    description: `The teacher sends the lessons by phone. We have one phone for four children. ${n}`, ...(roll() < 0.1 ? { quote: 'We have one phone for four children.', quoteRole: 'mother', consentQuote: true } : {}),
  }
  const content = isAction
    ? { kind: 'action', actionType: ['education'], status: 'ongoing', startOn: '2026-02-01', orgName: `Group ${n % 50}`, orgType: '504', reached: Math.floor(roll() * 500), reachedUnit: 'people', volunteers: Math.floor(roll() * 20), ...shared }
    : { kind: 'challenge', severity: 1 + Math.floor(roll() * 5), need: [pickCommon(roll, needs)], consequence: [pickCommon(roll, consequences)], ...shared }
  const level = roll() < 0.05 ? 'high' : roll() < 0.01 ? 'severe' : null
  return asFolded(n, { content, level, isApproved: roll() < 0.8, author: Math.floor((authors + 1) ** roll()) - 1, answers: isAction && roll() < 0.5 ? uuid(1, Math.floor(roll() * (n + 1))) : null, coverage: pick(roll, ['little', 'partly', 'mostly']) })
}

interface Folded {
  readonly content: object
  readonly level: string | null
  readonly isApproved: boolean
  readonly author: number
  readonly answers: string | null
  readonly coverage: string
}

function asFolded(n: number, { content, level, isApproved, author, answers, coverage }: Folded): EntryState {
  const [revision, ruth] = [uuid(2, n), uuid(4, 0)]
  const corrections = level === null ? {} : { sensitivity: { value: level, change: uuid(3, n), memberId: ruth } }
  const approved = { revision, contentHash: String(n).padStart(64, '0'), content, corrections, by: ruth, at: '2026-10-01T08:00:00Z' }
  const decision = { change: uuid(6, n), verdict: 'approve', revision, applied: true, grades: { reliability: 'C', credibility: '3' }, memberId: ruth, at: null, reason: undefined }
  return {
    id: uuid(1, n), kind: Reflect.get(content, 'kind'), ref: `C-${String(n + 1).padStart(6, '0')}`, author: uuid(4, author), device: uuid(5, author), content, corrections, revision, head: revision, review: isApproved ? 'approved' : 'received', contested: false,
    approved: isApproved ? approved : null, questions: [], decisions: [decision], conflicts: [], comments: [], trail: [], withdrawReason: undefined, recordedAt: '2026-03-01T08:00:00Z', receivedAt: '2026-03-01T08:00:00Z', seq: n, storedFiles: [],
    links: answers === null ? [] : [{ change: uuid(7, n), to: answers, kind: 'answers', coverage, memberId: ruth }],
  } as unknown as EntryState
}

function findingOn(topic: string, cited: readonly EntryState[]): WrittenFinding {
  const cites = cited.map(({ id, revision, approved }) => ({ entryId: id, revision, contentHash: approved?.contentHash ?? ('' as never) }))
  return { kind: 'finding', id: topic, question: 1, topic, sentences: [{ id: `${topic}/1`, text: 'Lessons come by phone in the places that report.', lang: 'en', cites, figures: {} }], quotes: [], against: [] }
}
