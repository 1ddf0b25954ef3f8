import * as v from 'valibot'
import { changeEnvelopeSchema } from '#domain/change.ts'
import { deviceIdSchema, entryIdSchema, instantSchema, memberIdSchema, refSchema } from '#domain/ids.ts'
import { plainText } from '#domain/plain-text.ts'
import { reviewStates } from '#domain/review.ts'
import { assigneeSchema } from '#protocol/assignment.ts'
import { memberSchema, roleSchema } from '#protocol/membership.ts'
import { quarantineReasons } from '#protocol/problem.ts'

const list = v.optional(v.union([v.string(), v.array(v.string())]))
const wholeNumber = (max: number) => v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.maxValue(max)))

/** What a list of entries can be narrowed by; each has a code or none or several, and counts by code. */
export const facetNames = [
  'kind', 'state', 'assignee', 'severity', 'topic', 'sensitivity', 'country', 'adm1', 'organisation', 'author', 'device', 'lang', 'source', 'photo', 'conflict', 'question', 'warning', 'second',
] as const
export type FacetName = (typeof facetNames)[number]

export const entrySorts = ['oldest', 'newest', 'severity', 'waiting'] as const
export type EntrySort = (typeof entrySorts)[number]

/** How many sets of filters one request may have counted. */
export const maxCountedFilters = 40

const facetFilters: Readonly<Record<FacetName, typeof list>> = {
  kind: list, state: list, severity: list, topic: list, sensitivity: list, country: list, adm1: list, organisation: list, author: list, device: list, lang: list, source: list,
  photo: list, conflict: list, question: list, warning: list, assignee: list, second: list,
}

/** The query of `GET /entries`; several values of one filter repeat the key. `after` is the opaque `next` of the page before. */
export const entriesQuerySchema = v.looseObject({
  campaignId: v.optional(v.string()),
  ...facetFilters,
  from: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))),
  to: v.optional(v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/))),
  q: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** The organisation that an action names, however it is written; the empty one for actions that name none. */
  doer: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Only what the report counts, by the day and the topic with which it does. */
  counted: v.optional(v.literal('yes')),
  sort: v.optional(v.picklist(entrySorts)),
  after: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: wholeNumber(200),
  facets: v.optional(v.pipe(v.string(), v.maxLength(200))),
})
export type EntriesQuery = v.InferOutput<typeof entriesQuerySchema>

/** The query of `GET /entries/counts`: each `of` is a query of `GET /entries`, of which only the filters count. */
export const countsQuerySchema = v.looseObject({ of: v.optional(v.union([v.pipe(v.string(), v.maxLength(2000)), v.pipe(v.array(v.pipe(v.string(), v.maxLength(2000))), v.maxLength(maxCountedFilters))])) })

/** How many entries each set of filters leaves, in the order asked. */
export const countsResponseSchema = v.looseObject({ counts: v.array(v.number()) })
export type CountsResponse = v.InferOutput<typeof countsResponseSchema>

/** A row of the queue. */
export const entryRowSchema = v.looseObject({
  id: entryIdSchema,
  ref: refSchema,
  kind: v.picklist(['challenge', 'action']),
  state: v.picklist(reviewStates),
  contested: v.boolean(),
  hasConflict: v.boolean(),
  /** A reviewer has asked and the author has answered since. */
  answered: v.boolean(),
  topic: v.string(),
  severity: v.nullable(v.number()),
  actionStatus: v.nullable(v.string()),
  country: v.string(),
  adm1: v.nullable(v.string()),
  /** What the entry calls the region beside its code in `adm1`. */
  adm1Name: v.optional(v.string()),
  place: v.nullable(v.string()),
  observedOn: v.string(),
  receivedAt: instantSchema,
  text: v.string(),
  lang: v.string(),
  photos: v.number(),
  sensitivity: v.string(),
  author: v.looseObject({ id: memberIdSchema, name: v.string(), organisation: v.optional(v.string()) }),
  warnings: v.array(v.string()),
  /** Since when it is in its state, so since when somebody waits. */
  since: v.optional(instantSchema),
  /** What one person decided waits for a second, or had one; `by` is who decided first. */
  second: v.optional(v.looseObject({ state: v.picklist(['wanted', 'agreed', 'differed']), by: memberIdSchema })),
  /** Whose it is to read; absent where it is nobody's. */
  assignee: v.optional(assigneeSchema),
  /** Where the words of a search stand that neither `text` nor the line below it has. */
  found: v.optional(v.looseObject({ field: v.string(), text: v.string() })),
})
export type EntryRow = v.InferOutput<typeof entryRowSchema>

/**
 * `facets`: per facet asked for, counts by code under the other filters, without what counts none; of a long one the codes with
 * most entries. `names`: what codes are called that only this campaign knows (authors, devices, and whose they are).
 */
export const entriesResponseSchema = v.looseObject({
  entries: v.array(entryRowSchema),
  total: v.number(),
  next: v.nullable(v.string()),
  facets: v.record(v.string(), v.record(v.string(), v.number())),
  names: v.optional(v.record(v.string(), v.record(v.string(), v.string()))),
})
export type EntriesResponse = v.InferOutput<typeof entriesResponseSchema>

/** One entry with all its changes: the desk folds them itself, with the same function as everybody. */
export const entryResponseSchema = v.looseObject({
  row: entryRowSchema,
  /** What the server computed: the hash that a decision on the latest revision must carry. */
  contentHash: v.string(),
  changes: v.array(v.looseObject({
    seq: v.number(),
    deviceId: deviceIdSchema,
    memberId: memberIdSchema,
    receivedAt: instantSchema,
    ref: v.optional(refSchema),
    quarantined: v.optional(v.picklist(quarantineReasons)),
    /** Whether a seal of the device covers it; what an older server does not say is not claimed. */
    proven: v.optional(v.boolean()),
    change: changeEnvelopeSchema,
  })),
  members: v.array(memberSchema),
  /** Which named files the server holds already. */
  files: v.array(v.string()),
  /** Who wrote the entries that this one is tied to; absent from older servers. */
  linkedAuthors: v.optional(v.record(entryIdSchema, memberIdSchema)),
  /** Why nobody gets a question on it: a table brought it (`table`), or its author has no device any more (`left`). */
  unreachable: v.optional(v.picklist(['table', 'left'])),
})
export type EntryResponse = v.InferOutput<typeof entryResponseSchema>

export const deviceRowSchema = v.looseObject({
  id: deviceIdSchema,
  memberId: memberIdSchema,
  label: v.string(),
  lastContactAt: v.nullable(instantSchema),
  appVersion: v.nullable(v.string()),
  pendingChanges: v.number(),
  pendingFiles: v.number(),
  pendingBytes: v.number(),
  highDeviceSeq: v.number(),
  missing: v.array(v.number()),
  revokedAt: v.nullable(instantSchema),
  createdAt: v.optional(instantSchema),
  /** The device that this one goes on from. */
  rotatedFrom: v.optional(v.nullable(deviceIdSchema)),
  /** The number of the last step that the phone says it has made; those above `highDeviceSeq` have not arrived. */
  madeDeviceSeq: v.optional(v.number()),
  /** Entries of which something is still only there; absent from older apps. */
  pendingEntries: v.optional(v.number()),
  /** How far its clock is ahead of the server's (behind: negative), or null when it has not said. */
  clockOffsetMs: v.optional(v.nullable(v.number())),
})
export type DeviceRow = v.InferOutput<typeof deviceRowSchema>

export const memberRowSchema = v.looseObject({
  ...memberSchema.entries,
  joinedAt: instantSchema,
  endedAt: v.nullable(instantSchema),
  entries: v.number(),
  devices: v.array(deviceRowSchema),
  /** Entries that came within the last hour, where that is more than people record. */
  flood: v.optional(v.number()),
  /** Files that they sent, whose words are erased and which the storage has not let go yet. */
  filesLeft: v.optional(v.number()),
  /** What they brought since then is set aside as a whole. */
  asideSince: v.optional(instantSchema),
})
export type MemberRow = v.InferOutput<typeof memberRowSchema>
/** `PATCH /members/{id}`: another role, or the end of the membership. What the member wrote stays. */
export const memberPatchSchema = v.union([v.strictObject({ role: roleSchema }), v.strictObject({ ended: v.literal(true) })])
export type MemberPatch = v.InferOutput<typeof memberPatchSchema>
export const membersResponseSchema = v.looseObject({ members: v.array(memberRowSchema) })

export const inviteRequestSchema = v.looseObject({
  role: roleSchema,
  uses: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
  days: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(90))),
  note: v.optional(v.pipe(v.string(), v.maxLength(120), plainText)),
})
export const inviteRowSchema = v.looseObject({
  id: v.string(),
  role: roleSchema,
  note: v.nullable(v.string()),
  usesLeft: v.number(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
})
export type InviteRow = v.InferOutput<typeof inviteRowSchema>
/** The only answer that ever holds the secret, inside `url`. */
export const inviteResponseSchema = v.looseObject({ invite: inviteRowSchema, url: v.string() })
export const invitesResponseSchema = v.looseObject({ invites: v.array(inviteRowSchema) })
