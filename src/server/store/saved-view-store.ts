import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { SavedView } from '#protocol/saved-view.ts'

/** The part of a store that keeps the views which coordinators have saved, each for its own coordinator. */
export interface SavedViewStore {
  /** In the order in which they were first saved. */
  readonly list: (campaign: CampaignId, member: MemberId) => Promise<readonly SavedView[]>
  /** The same id again changes name and search. False, and nothing is kept, when there are as many as there may be, or the id is another one's. */
  readonly save: (campaign: CampaignId, member: MemberId, view: Pick<SavedView, 'id' | 'name' | 'search'> & { readonly at: Instant }) => Promise<boolean>
  readonly remove: (campaign: CampaignId, member: MemberId, id: string) => Promise<void>
}
