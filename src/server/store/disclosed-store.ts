import type { Kind } from '#domain/entry.ts'
import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import type { LinkEnd } from '#domain/disclosed-links.ts'
import type { CampaignId, EntryId, Ref } from '#domain/ids.ts'

/** What of approved entries may leave, ready to be written into files. */
export interface DisclosedStore {
  /** Of one kind, in the order of their references, behind one of them or from the first. */
  readonly disclosed: (campaign: CampaignId, page: { readonly kind: Kind; readonly after: Ref | null; readonly limit: number }) => Promise<readonly DisclosedEntry[]>
  /** A page of one kind in the order of their references, and which of them say what they have to do with others. */
  readonly linking: (campaign: CampaignId, page: { readonly kind: Kind; readonly after: Ref | null; readonly limit: number }) => Promise<{ readonly page: ReadonlyMap<EntryId, LinkEnd>; readonly tied: readonly EntryId[] }>
  /** Of these entries the ones that files hold. */
  readonly ends: (campaign: CampaignId, entries: readonly EntryId[]) => Promise<ReadonlyMap<EntryId, LinkEnd>>
  /** How many things the action says were given that says most. */
  readonly mostOutputs: (campaign: CampaignId) => Promise<number>
}
