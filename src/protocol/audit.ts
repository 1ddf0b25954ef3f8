import * as v from 'valibot'
import { isCalendarDay } from '#domain/calendar-day.ts'
import { changeTypes, verdicts } from '#domain/change.ts'
import { entryIdSchema, instantSchema, memberIdSchema, refSchema } from '#domain/ids.ts'
import { roleSchema } from '#protocol/membership.ts'
import { quarantineReasons } from '#protocol/problem.ts'

/** Acts on a campaign, its people and its files: what is no change of an entry. */
export const campaignActs = [
  'campaign.changed', 'campaign.made', 'invite.made', 'invite.removed', 'member.joined', 'member.role', 'member.ended', 'member.erased', 'member.exported', 'member.setAside', 'member.released', 'device.added', 'device.lost', 'aside.settle', 'aside.reopen', 'pair.parted', 'pair.reopened', 'entry.assigned', 'entry.givenBack',
  'file.imported', 'file.exported', 'audit.exported', 'report.exported', 'report.partWritten', 'report.confidence', 'report.partRemoved', 'report.published', 'report.corrected',
] as const
export type CampaignAct = (typeof campaignActs)[number]

export const auditTypes: readonly string[] = [...changeTypes, ...campaignActs]

/** The longest page of the log. */
export const maxAuditLines = 200

const placeSchema = v.pipe(v.string(), v.regex(/^\d{1,15}\.\d{1,9}$/))
const dayOrMoment = v.pipe(v.union([v.pipe(v.string(), v.isoDate()), instantSchema]), v.check((text) => isCalendarDay(text) && !Number.isNaN(Date.parse(text))))

const narrowing = {
  type: v.optional(v.pipe(v.string(), v.check((type) => auditTypes.includes(type)))),
  member: v.optional(memberIdSchema),
  /** An entry's name as people write it. */
  ref: v.optional(v.pipe(v.string(), v.trim(), v.toUpperCase(), refSchema)),
  /** An entry by its id, for whoever has no name of it: an erased one shows none. */
  entry: v.optional(entryIdSchema),
  /** The moment from which on, as a day begins where somebody asks; or a day of UTC. */
  from: v.optional(dayOrMoment),
  /** The moment before which; or the last day of UTC, which is in it too. */
  to: v.optional(dayOrMoment),
}

/** The query of `GET /audit`; `before` is the opaque `next` of the page before. */
export const auditQuerySchema = v.looseObject({
  ...narrowing,
  before: v.optional(placeSchema),
  limit: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(1), v.maxValue(maxAuditLines))),
})
export type AuditQuery = v.InferOutput<typeof auditQuerySchema>

/** The query of `GET /audit/export`: the same lines as a file. */
export const auditExportQuerySchema = v.looseObject({ ...narrowing, format: v.picklist(['csv', 'jsonl']) })

/** One act: what was done when by whom, on which entry and revision. It never holds the words of an entry. */
export const auditLineSchema = v.looseObject({
  /** Its place in the log: for the key of a row. */
  place: placeSchema,
  receivedAt: instantSchema,
  /** By the clock of the phone that wrote it; null for what the server does at once, and for what was erased. */
  recordedAt: v.nullable(instantSchema),
  /** The type of a change (`translate`: a correction that is one) or the name of an act. */
  act: v.string(),
  by: v.nullable(v.looseObject({ id: memberIdSchema, name: v.string(), role: roleSchema })),
  device: v.nullable(v.string()),
  /** Who brought it, when that was somebody else. */
  carriedBy: v.nullable(v.string()),
  /** Brought by a table: `carriedBy` is who imported it. */
  isImport: v.boolean(),
  entryId: v.nullable(entryIdSchema),
  ref: v.nullable(refSchema),
  revision: v.nullable(v.number()),
  verdict: v.nullable(v.picklist(verdicts)),
  /** Fields of an entry, or settings of the campaign. */
  fields: v.array(v.string()),
  reason: v.nullable(v.string()),
  /** How one entry is linked to another. */
  linkKind: v.nullable(v.string()),
  /** To whom or what: a member, a device, an invite's note, the format of a file. */
  subject: v.nullable(v.string()),
  /** In which list the rows of a file have their numbers, as its person named it. */
  list: v.optional(v.string()),
  /** The role that was given or invited. */
  role: v.nullable(roleSchema),
  /** How many entries a file held or became. */
  count: v.nullable(v.number()),
  /** Why the server set it aside, unless it was released. */
  setAside: v.nullable(v.picklist(quarantineReasons)),
  erased: v.boolean(),
  /** Whether a seal of its device covers it; null for acts of the server, which have none. */
  proven: v.nullable(v.boolean()),
})
export type AuditLine = v.InferOutput<typeof auditLineSchema>

export const auditResponseSchema = v.looseObject({ lines: v.array(auditLineSchema), next: v.nullable(placeSchema) })
export type AuditResponse = v.InferOutput<typeof auditResponseSchema>
