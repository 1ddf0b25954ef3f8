import sharp from 'sharp'
import type { ChangeEnvelope } from '#domain/change.ts'
import { actionFieldNames, challengeFieldNames } from '#domain/entry.ts'
import type { EntryContent, Kind } from '#domain/entry.ts'
import type { EntryId, QuestionId, Sha256 } from '#domain/ids.ts'
import { createQuestionId } from '#domain/new-ids.ts'
import type { Citation } from '#domain/written-report.ts'
import { hashContent } from '#protocol/chain.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge, anAction } from '../contents.ts'
import { freeFields } from './places.ts'
import type { Placed, Spread } from './spread.ts'
import { sha256Of, upload } from './world-ground.ts'
import type { WorldGround } from './world-ground.ts'

/** What became of an entry, and so which screens and files show it. */
export type Fate = 'waiting' | 'asked' | 'approved' | 'corrected' | 'withdrawn' | 'rejected' | 'erased'

export interface MadeEntry {
  readonly id: EntryId
  readonly kind: Kind
  readonly fate: Fate
  /** What its author wrote, as it was first. */
  readonly recorded: readonly Placed[]
  /** What was said about it since: questions, answers, corrections, reasons. */
  readonly said: readonly Placed[]
  readonly citation: Citation
  readonly photo: Sha256
}

interface Making {
  readonly ground: WorldGround
  readonly spread: Spread
  readonly author: ScriptDevice
  readonly reviewer: ScriptDevice
  readonly photo: object & { readonly sha256: Sha256 }
}

type Step = ChangeEnvelope
/** Steps are numbered as they are made, so they are made when it is their turn: after all records the reviews, and then what the author says to them. */
type MakeSteps = () => Promise<readonly Step[]>
interface Planned {
  readonly entry: MadeEntry
  readonly record: Step
  readonly review: MakeSteps
  readonly answer: MakeSteps
}

const plans: readonly (readonly [Kind, Fate])[] = [
  ['challenge', 'waiting'], ['challenge', 'asked'], ['action', 'asked'], ['challenge', 'approved'], ['action', 'approved'], ['challenge', 'corrected'], ['action', 'corrected'], ['challenge', 'withdrawn'], ['challenge', 'rejected'], ['challenge', 'erased'],
]

/** Entries of both kinds with hostile words in every field, in every state that an entry can come to. */
export async function makeEntries({ ground, spread, author, reviewer }: Omit<Making, 'photo'>, turns: number): Promise<readonly MadeEntry[]> {
  const [picture, small] = await Promise.all([160, 40].map((width) => sharp({ create: { width, height: width, channels: 3, background: '#864' } }).jpeg().toBuffer()))
  if (picture === undefined || small === undefined) throw new Error('no pictures')
  const photo = { sha256: sha256Of(picture) as Sha256, bytes: picture.length, type: 'image/jpeg', width: 160, height: 160, thumb: { sha256: sha256Of(small) as Sha256, bytes: small.length } }
  const making: Making = { ground, spread, author, reviewer, photo }
  const planned: Planned[] = []
  for (let turn = 0; turn < turns; turn += 1) for (const plan of plans) planned.push(await planOf(making, plan, turn))
  await pushed(author, planned.map(({ record }) => record))
  for (const bytes of [picture, small]) await upload(ground, author, { bytes, entryId: planned[0]?.entry.id ?? '' })
  await pushed(reviewer, (await Promise.all(planned.map(({ review }) => review()))).flat())
  await pushed(author, (await Promise.all(planned.map(({ answer }) => answer()))).flat())
  return planned.map(({ entry }) => entry)
}

/** In runs of a size that a request may have. */
async function pushed(device: ScriptDevice, steps: readonly Step[]): Promise<void> {
  const inOrder = steps.toSorted((a, b) => a.deviceSeq - b.deviceSeq)
  for (let at = 0; at < inOrder.length; at += 40) {
    const { results } = await device.push(inOrder.slice(at, at + 40))
    const refused = results.filter(({ status }) => status !== 'stored')
    if (refused.length > 0) throw new Error(`not stored: ${JSON.stringify(refused)}`)
  }
}

async function planOf(making: Making, [kind, fate]: (typeof plans)[number], turn: number): Promise<Planned> {
  const { spread, author } = making
  // Each plan begins elsewhere among the texts, or all entries of a turn would say the same.
  const ownTurn = turn + plans.findIndex((plan) => plan[0] === kind && plan[1] === fate) * 53
  const recorded = filledIn(making, { prefix: 'record.content', kind, turn: ownTurn })
  const newer = fate === 'asked' ? [spread.at('newer.name', ownTurn), spread.at('newer.value', ownTurn)] : []
  const content = { ...(kind === 'challenge' ? aChallenge() : anAction()), ...agreed, ...recorded.fields, topic: usedTopics[turn % usedTopics.length], adm1Code: areaCode(turn), ...newerFields(newer) } as unknown as EntryContent
  const record = author.change('record', { content })
  const contentHash = await hashOf(content, {})
  const about = { entryId: record.entryId, base: record.id }
  const { said, review, answer } = stepsOf(making, { fate, kind, turn: ownTurn, content, about, contentHash })
  const citation: Citation = { entryId: record.entryId, revision: about.base, contentHash }
  return { record, review, answer, entry: { id: record.entryId, kind, fate, recorded: [...recorded.placed, ...newer], said, citation, photo: making.photo.sha256 } }
}

const agreed = { consentBasis: 'verbal', consentQuote: true, consentPhoto: true, consentPlace: true } as const
const hashOf = (content: unknown, corrections: Readonly<Record<string, { readonly value: unknown }>>) => hashContent({ content, corrections }, (text) => Promise.resolve(sha256Of(Buffer.from(text)) as Sha256))
/** None of them is so sensitive by itself that its entries are shown to nobody. */
export const usedTopics = ['EDU', 'WSH', 'HEA', 'CUL', 'LIV'] as const
export const areaCode = (turn: number): string => `HT${10 + turn}`

/** What a newer app may have named a field: also what every object calls its own. The server's reader of JSON takes no key `__proto__`. */
const inherited = ['constructor', 'toString', 'valueOf', 'hasOwnProperty'] as const

function newerFields([name, value]: readonly Placed[]): object {
  return name === undefined ? {} : Object.fromEntries([...inherited.map((own) => [own, 'of a newer app']), [name.text === '__proto__' ? `${name.text} ` : name.text, value?.text]])
}

interface Reviewed {
  readonly fate: Fate
  readonly kind: Kind
  readonly turn: number
  readonly content: EntryContent
  readonly about: { readonly entryId: EntryId; readonly base: Step['id'] }
  readonly contentHash: Sha256
}

type Steps = Pick<Planned, 'review' | 'answer'> & { readonly said: readonly Placed[] }
const nothing: MakeSteps = () => Promise.resolve([])

function stepsOf(making: Making, plan: Reviewed): Steps {
  const { spread, author, reviewer } = making
  const { fate, turn, about, contentHash } = plan
  const read = { revision: about.base, contentHash, questions: [] }
  if (fate === 'asked' || fate === 'waiting') return askedSteps(making, plan)
  if (fate === 'corrected') return correctedSteps(making, plan)
  if (fate === 'approved') return { said: [], review: async () => [reviewer.change('decide', { ...read, verdict: 'approve' }, about)], answer: nothing }
  if (fate === 'rejected') {
    const reason = spread.at('decide.reason', turn)
    return { said: [reason], review: async () => [reviewer.change('decide', { ...read, verdict: 'reject', reason: reason.text }, about)], answer: nothing }
  }
  const reason = spread.at(fate === 'withdrawn' ? 'withdraw.reason' : 'erase.reason', turn)
  return { said: [reason], review: nothing, answer: async () => [author.change(fate === 'withdrawn' ? 'withdraw' : 'erase', { reason: reason.text }, about)] }
}

function askedSteps({ spread, author, reviewer, ground, photo }: Making, { fate, kind, turn, about, contentHash }: Reviewed): Steps {
  const [question, reason, asked] = ['decide.questions.*.text', 'decide.reason', 'comment.text'].map((place) => spread.at(place, turn)) as [Placed, Placed, Placed]
  const lang = spread.text('comment.lang', turn)
  const id: QuestionId = createQuestionId(ground.deps.clock, ground.deps.chance)
  const review: MakeSteps = async () => [
    reviewer.change('decide', { revision: about.base, contentHash, verdict: 'askBack', reason: reason.text, questions: [{ id, field: 'placeName', text: question.text }, ...(fate === 'waiting' ? [{ id: createQuestionId(ground.deps.clock, ground.deps.chance), field: 'constructor', text: question.text }] : [])] }, about),
    reviewer.change('comment', { text: asked.text, lang }, about),
  ]
  if (fate === 'waiting') return { said: [question, reason, asked], review, answer: nothing }
  const answered = spread.at('comment.text', turn + 3)
  const revised = filledIn({ spread, photo }, { prefix: 'revise.set', kind, turn })
  return {
    said: [question, reason, asked, answered, ...revised.placed], review,
    answer: async () => [author.change('comment', { text: answered.text, lang }, about), author.change('revise', { set: { ...revised.fields, toString: 'of a newer app', valueOf: 7 }, unset: [], answers: [id] }, about)],
  }
}

function correctedSteps({ spread, reviewer, photo }: Making, { kind, turn, content, about }: Reviewed): Steps {
  const corrected = filledIn({ spread, photo }, { prefix: 'correct.set', kind, turn })
  const translation = spread.at('translation', turn)
  const set = { ...corrected.fields, descriptionEn: { text: translation.text, translator: 'human' } }
  const review: MakeSteps = async () => {
    const contentHash = await hashOf(content, Object.fromEntries(Object.entries(set).map(([field, value]) => [field, { value }])))
    const correct = reviewer.change('correct', { set, unset: ['constructor'] }, about)
    return [correct, reviewer.change('decide', { revision: correct.id, contentHash, verdict: 'approve', questions: [] }, { entryId: about.entryId, base: correct.id })]
  }
  return { said: [...corrected.placed, translation], review, answer: nothing }
}

/** Every free field of a kind with a text of this turn, below the place where it is written. */
function filledIn({ spread, photo }: Pick<Making, 'spread' | 'photo'>, { prefix, kind, turn }: { readonly prefix: string; readonly kind: Kind; readonly turn: number }): { readonly fields: Record<string, unknown>; readonly placed: readonly Placed[] } {
  const names: readonly string[] = kind === 'challenge' ? challengeFieldNames : actionFieldNames
  const fields: Record<string, unknown> = {}
  const placed = freeFields().filter(({ place }) => names.includes(place.split('.')[0] ?? '')).map(({ place }) => {
    const found = spread.at(`${prefix}.${place}`, turn)
    const [field = '', star, part] = place.split('.')
    if (star === undefined) fields[field] = found.text
    else if (part === undefined) fields[field] = [found.text]
    else fields[field] = [{ ...(field === 'photos' ? photo : { item: 'boxes', quantity: 3 }), ...(fields[field] as readonly object[] | undefined)?.[0], [part]: found.text }]
    return found
  })
  return { fields, placed }
}
