import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'

/** The entries that changes after a place in the log belong to, each with the last of them. */
export interface FreshEntries {
  readonly epoch: string
  /** How far was looked: the head of the log, unless there is more. */
  readonly seq: number
  readonly more: boolean
  readonly touched: readonly { readonly id: EntryId; readonly seq: number; readonly row: EntryRow | null }[]
}

export interface FreshStore {
  /** Reads at most `limit` changes by the key of the log; of a quiet campaign the head alone. `after` null: the head alone. */
  readonly since: (campaign: CampaignId, after: number | null, limit: number) => Promise<FreshEntries>
}
