import * as v from 'valibot'
import { coverages } from '#domain/codes/code-lists.ts'
import { entryContentSchema, fieldPatchSchema } from '#domain/entry.ts'
import { changeIdSchema, entryIdSchema, instantSchema, questionIdSchema, sha256Schema } from '#domain/ids.ts'
import type { ChangeId, DeviceId, EntryId, Instant, MemberId, Ref } from '#domain/ids.ts'

/**
 * A change is one immutable step in the life of an entry, and the only thing that is ever written or sent.
 * The bodies stand here, one schema a type; unknown keys of a newer app version are kept (looseObject).
 */
export const verdicts = ['approve', 'askBack', 'reject', 'reopen'] as const
export type Verdict = (typeof verdicts)[number]

const note = v.pipe(v.string(), v.maxLength(500))
const fieldName = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,63}$/))

export const changeBodySchemas = {
  record: v.looseObject({ content: entryContentSchema }),
  revise: v.looseObject({
    set: fieldPatchSchema,
    unset: v.array(fieldName),
    answers: v.array(questionIdSchema),
  }),
  withdraw: v.looseObject({ reason: v.optional(note) }),
  comment: v.looseObject({
    text: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
    lang: v.pipe(v.string(), v.maxLength(35)),
    replyTo: v.optional(changeIdSchema),
  }),
  link: v.looseObject({
    to: entryIdSchema,
    kind: v.picklist(['answers', 'updateOf', 'sameAs', 'duplicateOf']),
    coverage: v.optional(v.picklist(coverages)),
  }),
  unlink: v.looseObject({ link: changeIdSchema }),
  decide: v.looseObject({
    revision: changeIdSchema,
    contentHash: sha256Schema,
    verdict: v.picklist(verdicts),
    reason: v.optional(note),
    questions: v.pipe(
      v.array(v.looseObject({ id: questionIdSchema, field: fieldName, text: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) })),
      v.maxLength(20),
    ),
    grades: v.optional(v.looseObject({ reliability: v.optional(v.picklist(['A', 'B', 'C', 'D', 'E', 'F'])), credibility: v.optional(v.picklist(['1', '2', '3', '4', '5', '6'])) })),
  }),
  correct: v.looseObject({ set: v.record(fieldName, v.unknown()), unset: v.array(fieldName) }),
  release: v.looseObject({ change: changeIdSchema, reason: v.optional(note) }),
  erase: v.looseObject({ reason: note }),
  fileStored: v.looseObject({ sha256: sha256Schema, entryId: entryIdSchema }),
} as const

export type ChangeType = keyof typeof changeBodySchemas
export const changeTypes = Object.keys(changeBodySchemas) as readonly ChangeType[]
export type ChangeBody<Type extends ChangeType> = v.InferOutput<(typeof changeBodySchemas)[Type]>

/** Size limit of one change as UTF-8 JSON. */
export const maxChangeBytes = 64 * 1024

interface Envelope {
  readonly v: 1
  readonly id: ChangeId
  readonly entryId: EntryId
  /** 1, 2, 3 … without a gap, per device and campaign. */
  readonly deviceSeq: number
  /** The last change of this entry that the author had seen; null only for `record` (and changes about no seen change). */
  readonly base: ChangeId | null
  /** 16 random bytes, base64url without padding; erased together with the body. */
  readonly salt: string
  readonly recordedAt: Instant
  readonly appVersion: string
}

export type ChangeOf<Type extends ChangeType> = Envelope & { readonly type: Type; readonly body: ChangeBody<Type> }
export type Change = { readonly [Type in ChangeType]: ChangeOf<Type> }[ChangeType]

/** The envelope alone: `type` and `body` of a newer version pass here and are kept. */
export const changeEnvelopeSchema = v.looseObject({
  v: v.literal(1),
  id: changeIdSchema,
  entryId: entryIdSchema,
  deviceSeq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  type: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  base: v.nullable(changeIdSchema),
  body: v.unknown(),
  salt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/)),
  recordedAt: instantSchema,
  appVersion: v.pipe(v.string(), v.maxLength(40)),
})
export type ChangeEnvelope = v.InferOutput<typeof changeEnvelopeSchema>

/** The envelope read as a change whose body is known and valid; null when it is not. */
export function changeFrom(envelope: ChangeEnvelope): Change | null {
  const schema = (changeBodySchemas as Readonly<Record<string, v.GenericSchema>>)[envelope.type]
  if (schema === undefined || !Object.hasOwn(changeBodySchemas, envelope.type)) return null
  return v.is(schema, envelope.body) ? (envelope as unknown as Change) : null
}

/**
 * A change with what the server knows of it. `seq` is null while it is only on this device.
 * `quarantined` changes are skipped by the fold until a `release` names them. An `erased` one has lost its body.
 */
export interface KnownChange {
  readonly change: Change
  readonly seq: number | null
  readonly deviceId: DeviceId
  readonly memberId: MemberId
  readonly receivedAt: Instant | null
  readonly ref?: Ref | undefined
  readonly quarantined?: boolean | undefined
}
