import { readFileSync } from 'node:fs'
import { topics } from '#domain/codes/code-lists.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { MemberId } from '#domain/ids.ts'
import { importTable } from '#exchange/import-table.ts'
import type { ReportInput } from '#report/report-input.ts'
import type { WrittenPart } from '#domain/written-report.ts'

/** Messages of people in disasters, as the demonstration has them (R. Munro 2012, CC BY 4.0): the words that made-up campaigns are made of. */
const messages = (importTable(readFileSync('demo/data/disaster-response-messages.excerpt.csv', 'utf8'))?.accepted ?? []).map(({ content }) => content)

/** A sequence of numbers below 1 that repeats itself. */
export function dice(seed: number): () => number {
  let state = (seed + 1) * 2_654_435_761 % 4_294_967_296
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

export function pickFrom<Item>(roll: () => number, list: readonly Item[]): Item {
  return list[Math.floor(roll() * list.length)] as Item
}

/** Seldom the last, often the first: as reports come in. */
function pickCommon<Item>(roll: () => number, list: readonly Item[]): Item {
  return list[Math.floor((list.length + 1) ** roll()) - 1] as Item
}

/** What no report may contain, however it is turned: marks that stand in the entries at the places that must not leave. */
export interface Secrets {
  readonly words: readonly string[]
  readonly refs: readonly string[]
}

export interface MadeCampaign {
  readonly input: ReportInput
  readonly secrets: Secrets
}

const uuid = (kind: string, n: number) => `${kind}0000000-0000-7000-8000-${String(n).padStart(12, '0')}`
export const memberOf = (n: number) => uuid('4', n) as MemberId

/** A campaign by its number: sizes, gaps and sensitive entries differ, and every private thing carries a mark. */
export function madeCampaign(seed: number): MadeCampaign {
  const roll = dice(seed)
  const secrets = { words: [] as string[], refs: [] as string[] }
  const size = Math.floor(20 + roll() * 180)
  const challenges = pickFrom(roll, [0.7, 0.7, 0.7, 0.97])
  const regions = Array.from({ length: 1 + Math.floor(roll() * 7) }, (_, n) => ({ code: `HT0${n + 1}`, name: `Department ${n + 1}`, country: 'HTI' }))
  const entries = Array.from({ length: size }, (_, n) => madeEntry(n, { roll, secrets, regions: regions.map(({ code }) => code), challenges }))
  const linked = entries.map((entry) => (entry.kind === 'action' && roll() < 0.6 ? withAnswer(entry, pickFrom(roll, entries), roll) : entry))
  return {
    secrets,
    input: {
      campaign: { name: 'Haiti', countries: ['HTI'], areas: roll() < 0.7 ? regions : [], defaultSensitivity: pickFrom(roll, ['low', 'moderate', 'moderate', 'moderate', 'high'] as const) },
      period: { from: '2026-02-02', to: '2026-03-29' }, asOf: '2026-04-02', issue: 1, next: null, entries: linked,
      organisations: new Map(Array.from({ length: 30 }, (_, n) => [memberOf(n), n % 7 === 0 ? null : `Organisation ${n % 5}`] as const)), written: madeFindings(linked, roll), before: null,
    },
  }
}

interface Making {
  readonly roll: () => number
  readonly secrets: { readonly words: string[]; readonly refs: string[] }
  readonly regions: readonly string[]
  /** The share of challenges: in some campaigns hardly anybody tells of actions. */
  readonly challenges: number
}

function madeEntry(n: number, { roll, secrets, regions, challenges }: Making): EntryState {
  const kind = roll() < challenges ? 'challenge' : 'action'
  const ref = `${kind === 'challenge' ? 'C' : 'A'}-${String(n + 1).padStart(6, '0')}`
  const mark = (what: string) => {
    const word = `${what}${n}mark`
    secrets.words.push(word)
    return word
  }
  const level = roll() < 0.12 ? 'severe' : roll() < 0.2 ? 'high' : null
  if (level !== null) secrets.refs.push(ref)
  const quote = quoted(roll, level, mark)
  // Never a round one: the mark is what a coarser grid cuts off.
  const [lat, lon] = [18.111117 + n / 1000, -72.222229 - n / 1000]
  secrets.words.push(String(lat), String(lon))
  const photos = pictured(n, level, mark, secrets)
  const shared = {
    topic: pickCommon(roll, topics), country: 'HTI', ...(roll() < 0.8 ? { adm1Code: pickCommon(roll, regions) } : { adm1Name: roll() < 0.3 ? mark('byhand') : 'Nippes' }),
    placeName: mark('place'), observedOn: new Date(Date.UTC(2026, 1, 2 + Math.floor(roll() * 56))).toISOString().slice(0, 10), populationGroup: ['GEN'], lat, lon,
    ...(roll() < 0.3 ? { focusGroup: [pickCommon(roll, ['WOM', 'CHI', 'OLD', 'DIS'] as const), ...(level === 'severe' ? ['LGB'] : [])] } : level === 'severe' ? { focusGroup: ['LGB'] } : {}),
    description: `${pickFrom(roll, messages).description ?? ''} ${mark('told')}`, lang: pickFrom(roll, ['ht', 'fr', 'en']), sourceType: pickCommon(roll, ['direct_observation', 'affected_person', 'rumour', 'secondary'] as const), consentBasis: 'verbal', ...quote, ...photos,
    // By dice of its own, as photos are.
    ...(dice(n + 7)() < 0.15 ? { datePrecision: 'month' } : {}),
  }
  const content = (kind === 'challenge'
    ? { kind, severity: 1 + Math.floor(roll() * 5), ...(roll() < 0.5 ? { need: [pickCommon(roll, ['food', 'water', 'school'])] } : {}), ...(roll() < 0.4 ? { consequence: ['hunger'] } : {}), ...shared }
    : { kind, actionType: ['education'], status: 'ongoing', startOn: '2026-02-01', orgName: mark('org'), orgType: '504', reached: Math.floor(roll() * 9), volunteers: Math.floor(roll() * 4), ...shared }) as unknown as EntryContent
  return entryWith(n, { ref, content, sensitivity: level, author: Math.floor(30 ** roll()), review: roll() < 0.85 ? 'approved' : pickFrom(roll, ['received', 'rejected', 'withdrawn', 'edited'] as const) })
}

const someFigures = ['challenges', 'actions', 'challenges/topic/EDU', 'challenges/topic/HEA/authors', 'severity/EDU/3', 'withheld', 'need/food', 'no/such/figure']

/** Coordinators who cite whatever there is: open and sensitive, approved and not, quotations that were refused. */
function madeFindings(entries: readonly EntryState[], roll: () => number): readonly WrittenPart[] {
  const cites = (most: number) => Array.from({ length: Math.floor(roll() * (most + 1)) }, () => pickFrom(roll, entries)).map(({ id, revision, approved }) => ({ entryId: id, revision, contentHash: approved?.contentHash ?? ('0'.repeat(64) as never) }))
  return Array.from({ length: Math.floor(roll() * 6) }, (_, n): WrittenPart => {
    const sentences = [0, 1].map((s) => ({ id: uuid('8', n * 10 + s), text: 'In the places that report this was said {1} times.', lang: 'en', cites: cites(9), figures: { 1: pickFrom(roll, someFigures) } }))
    const cited = sentences.flatMap((sentence) => sentence.cites)
    const shared = { id: uuid('7', n), topic: roll() < 0.3 ? null : pickCommon(roll, topics), sentences, quotes: cites(3), photos: cited.slice(0, 2).map((cite) => ({ ...cite, photo: photoNamed(Number(cite.entryId.slice(-6))) as never })), against: cites(2).map((cite) => ({ ...cite, settled: null })) }
    return n === 5 ? { kind: 'priority', horizon: 'year', addressees: ['ngo'], programme: 'ED', sdgs: [4], ...shared } : { kind: 'finding', question: pickFrom(roll, [1, 2, 3] as const), ...shared }
  })
}

/** Words of people: agreed to, refused since, or of an entry that must not be quoted. */
function quoted(roll: () => number, level: string | null, mark: (what: string) => string): object {
  const draw = roll()
  if (draw < 0.6) return {}
  if (draw < 0.75) return level === null ? { quote: 'We have not eaten since yesterday.', quoteRole: 'mother', consentQuote: true } : { quote: mark('said'), quoteRole: mark('role'), consentQuote: true }
  return { quote: mark('refused'), quoteRole: mark('role'), consentQuote: false }
}

/** A name that a photo of this entry has. */
export const photoNamed = (n: number): string => `${String(n).padStart(6, '0')}ad`.padStart(64, '9')

/** Photos: agreed to, refused, or of an entry that must not be shown. By dice of their own, so that all else of a campaign stays as its number had it. */
function pictured(n: number, level: string | null, mark: (what: string) => string, secrets: Making['secrets']): object {
  const draw = dice(n)()
  if (draw < 0.5) return {}
  const isOpen = draw < 0.8 && level === null
  if (!isOpen) secrets.words.push(photoNamed(n))
  return { photos: [{ sha256: photoNamed(n), bytes: 1000, type: 'image/jpeg', width: 640, height: 480, thumb: { sha256: 'e'.repeat(64), bytes: 10 }, caption: isOpen ? 'The well, seen from the road.' : mark('caption') }], consentPhoto: draw < 0.8 }
}

interface EntryAbout {
  readonly ref: string
  readonly content: EntryContent
  readonly sensitivity?: string | null
  readonly author: number
  readonly review?: EntryState['review']
  readonly grades?: { readonly reliability: string; readonly credibility: string }
}

/** An entry as folded, with the least that a report looks at. */
export function entryWith(n: number, { ref, content, sensitivity = null, author, review = 'approved', grades }: EntryAbout): EntryState {
  const revision = uuid('2', n)
  const corrections = sensitivity === null ? {} : { sensitivity: { value: sensitivity, change: uuid('3', n), memberId: memberOf(99) } }
  const approved = { revision, contentHash: String(n).padStart(64, '0'), content, corrections, by: memberOf(99), at: '2026-04-01T08:00:00Z' }
  return {
    id: uuid('1', n), kind: content.kind, ref, author: memberOf(author), device: uuid('5', author), content, corrections, revision, head: revision, review, contested: false,
    approved: review === 'approved' || review === 'edited' ? approved : null, questions: [], decisions: [{ change: uuid('6', n), verdict: 'approve', revision, applied: true, grades, memberId: memberOf(99), at: null, reason: undefined }],
    conflicts: [], comments: [], links: [], trail: [{ step: 'recorded', change: revision, memberId: memberOf(author), at: null, seq: n }], withdrawReason: undefined, recordedAt: '2026-03-01T08:00:00Z', receivedAt: '2026-03-01T08:00:00Z', seq: n, storedFiles: [],
  } as unknown as EntryState
}

function withAnswer(entry: EntryState, to: EntryState, roll: () => number): EntryState {
  return { ...entry, links: [{ change: entry.revision, to: to.id, kind: 'answers', coverage: pickFrom(roll, ['little', 'partly', 'mostly', 'fully', 'unknown'] as const), memberId: entry.author }] }
}
