import * as v from 'valibot'
import { campaignIdSchema } from '#domain/ids.ts'
import type { Role } from '#protocol/membership.ts'
import type { CampaignId, DeviceId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { BackupRow, Ended, Erased, Right } from '#server/store/backup-store.ts'

const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const reachSchema = v.object({
  id: campaignIdSchema, seq: count, challengeRef: count, actionRef: count,
  /** Former epochs of this history, and up to where it is the same as theirs. */
  formerEpochs: v.record(v.string(), count),
})
export type BackupReach = v.InferOutput<typeof reachSchema>

/** What a backup says of itself. `format` is raised when a reader of today could not read the dump any more. */
export const manifestSchema = v.object({
  format: v.literal(1), madeAt: v.string(), epoch: v.string(), schema: v.array(v.string()),
  /** Of the lines, before they are packed: `zcat dump.ndjson.gz | sha256sum` must say the same. */
  sha256: v.string(), rows: v.record(v.string(), count), campaigns: v.array(reachSchema),
})
export type Manifest = v.InferOutput<typeof manifestSchema>

/** Gathers what a manifest says while the rows go by. */
export class Gathering {
  epoch = ''
  readonly rows: Record<string, number> = {}
  readonly #reaches = new Map<string, BackupReach>()
  readonly #erased = new Map<string, Erased>()
  readonly #ended: Ended[] = []
  readonly #rights: Right[] = []

  take({ table, row }: BackupRow): void {
    this.rows[table] = (this.rows[table] ?? 0) + 1
    const id = row['campaign_id'] as CampaignId
    if (table === 'meta' && row['key'] === 'epoch') this.epoch = String(row['value'])
    if (table === 'counters') this.#reaches.set(id, { id, seq: Number(row['seq']), challengeRef: Number(row['challenge_ref']), actionRef: Number(row['action_ref']), formerEpochs: {} })
    // The columns are of these types in every store.
    if (table === 'changes' && row['erased_at'] !== null) this.#erased.set(`${id} ${String(row['entry_id'])}`, { campaignId: id, entryId: row['entry_id'] as EntryId, at: row['erased_at'] as Instant })
    if (table === 'acts' && row['act'] === 'member.erased') this.#erased.set(`${id} member ${String(row['subject'])}`, { campaignId: id, memberId: row['subject'] as MemberId, at: row['at'] as Instant })
    if (table === 'members' && row['ended_at'] !== null) this.#ended.push({ campaignId: id, memberId: row['id'] as MemberId, at: row['ended_at'] as Instant })
    if (table === 'devices' && row['revoked_at'] !== null) this.#ended.push({ campaignId: id, deviceId: row['id'] as DeviceId, at: row['revoked_at'] as Instant })
    this.#takeRight(id, { table, row })
    const reach = this.#reaches.get(id)
    if (table === 'restores' && reach !== undefined) reach.formerEpochs[String(row['epoch'])] = Number(row['restored_seq'])
  }

  /** An invite that is gone left the act of its removal alone. */
  #takeRight(campaignId: CampaignId, { table, row }: BackupRow): void {
    const at = row['at'] as Instant
    if (table === 'invites') this.#rights.push({ campaignId, inviteId: String(row['id']), usesLeft: Number(row['uses_left']), at: row['created_at'] as Instant })
    if (table === 'acts' && row['act'] === 'invite.removed') this.#rights.push({ campaignId, inviteId: String(row['subject']), usesLeft: 0, at })
    if (table === 'acts' && row['act'] === 'member.role') this.#rights.push({ campaignId, memberId: row['subject'] as MemberId, role: (JSON.parse(String(row['detail'])) as { readonly role: Role }).role, at })
  }

  get rights(): readonly Right[] {
    return this.#rights
  }

  get erased(): readonly Erased[] {
    return [...this.#erased.values()]
  }

  get ended(): readonly Ended[] {
    return this.#ended
  }

  get campaigns(): BackupReach[] {
    return [...this.#reaches.values()]
  }
}
