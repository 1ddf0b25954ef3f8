import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { entryContentSchema } from '#domain/entry.ts'
import { entryIdSchema, instantSchema } from '#domain/ids.ts'

/** The two halves of the first set, both open by now. */
export const halves = ['open', 'held-out'] as const
export type Half = (typeof halves)[number]
/** With the set that was written later, when matchers existed, by somebody who had not seen them. Whoever tunes a matcher reads of it what `isOpenScene` says, and no more. */
export const labelledSets = [...halves, 'second-held-out'] as const
export type SetName = (typeof labelledSets)[number]

const words = v.pipe(v.string(), v.minLength(1))

const labelledEntrySchema = v.strictObject({
  id: entryIdSchema,
  author: v.pipe(v.string(), v.regex(/^m-[0-9a-f]{8}$/)),
  recordedAt: instantSchema,
  /** The real row that the words or figures come from, where there is one. */
  source: v.optional(words),
  content: entryContentSchema,
})
export type LabelledEntry = v.InferOutput<typeof labelledEntrySchema>

const entryLabels = v.picklist(['corroboration', 'duplicate', 'different'])
const answerReadings = v.picklist(['little', 'partly', 'mostly', 'fully', 'does-not'])
const pairId = v.pipe(v.string(), v.regex(/^[a-z0-9-]+\/(?:ee|ca)-\d+$/))

const entryPairSchema = v.strictObject({
  id: pairId, kind: v.literal('entries'), a: entryIdSchema, b: entryIdSchema, label: entryLabels, reason: words, readings: v.strictTuple([entryLabels, entryLabels]),
})
const answerPairSchema = v.strictObject({
  id: pairId,
  kind: v.literal('answer'),
  challenge: entryIdSchema,
  action: entryIdSchema,
  label: v.picklist(['answers', 'does-not']),
  coverage: v.optional(v.picklist(['little', 'partly', 'mostly', 'fully'])),
  reason: words,
  readings: v.strictTuple([answerReadings, answerReadings]),
})
export type EntryPair = v.InferOutput<typeof entryPairSchema>
export type AnswerPair = v.InferOutput<typeof answerPairSchema>
export type LabelledPair = EntryPair | AnswerPair

export function readEntries(set: SetName): readonly LabelledEntry[] {
  return v.parse(v.array(labelledEntrySchema), read(`${set}-entries.json`))
}

export function readPairs(set: SetName): readonly LabelledPair[] {
  return v.parse(v.array(v.variant('kind', [entryPairSchema, answerPairSchema])), read(`${set}-pairs.json`))
}

/** The two entries of a pair; for an answer the challenge first. */
export function endsOf(pair: LabelledPair): readonly [string, string] {
  return pair.kind === 'entries' ? [pair.a, pair.b] : [pair.challenge, pair.action]
}

/** The scene of a pair: the entries that were written together, none of which is in a pair of another scene. */
export function sceneOf(pair: LabelledPair): string {
  return pair.id.slice(0, pair.id.indexOf('/'))
}

/** The first bit of the SHA-256 of its name: 0 is open. In the second set as well, since 2026-11-27. */
export function isOpenScene(scene: string): boolean {
  return ((createHash('sha256').update(scene).digest()[0] ?? 0) & 0x80) === 0
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'))
}
