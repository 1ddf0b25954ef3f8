import type { Kind } from '#domain/entry.ts'
import type { DisclosedEntry } from '#domain/disclosed-entry.ts'
import type { CampaignId, Ref } from '#domain/ids.ts'

/** What of approved entries may leave, ready to be written into files. */
export interface DisclosedStore {
  /** Of one kind, in the order of their references, behind one of them or from the first. */
  readonly disclosed: (campaign: CampaignId, page: { readonly kind: Kind; readonly after: Ref | null; readonly limit: number }) => Promise<readonly DisclosedEntry[]>
  /** How many things the action says were given that says most. */
  readonly mostOutputs: (campaign: CampaignId) => Promise<number>
}
