import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { Place } from '#server/store/audit-store.ts'

/** The entries that changes after a place in the log belong to, each with the last of them. Without a row it does not count: `aside` where it still may. */
export interface FreshEntries {
  readonly epoch: string
  /** How far was looked: the head of the log, unless there is more. */
  readonly seq: number
  readonly more: boolean
  readonly touched: readonly { readonly id: EntryId; readonly seq: number; readonly row: EntryRow | null; readonly aside?: true }[]
}

export interface FreshStore {
  /** Reads at most `limit` changes by the key of the log; of a quiet campaign the head alone. `after` null: the head alone. */
  readonly since: (campaign: CampaignId, after: number | null, limit: number) => Promise<FreshEntries>
  /** What was set aside with whoever wrote it by acts after a place among the acts, and is aside still. `after` null: the place of the last such act alone. */
  readonly asideSince: (campaign: CampaignId, after: Place | null) => Promise<{ readonly place: Place; readonly entries: readonly EntryId[] }>
}
