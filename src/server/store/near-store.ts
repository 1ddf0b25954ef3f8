import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { CandidateWindow } from '#domain/matching/windows.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { PersonBy } from '#server/store/audit-store.ts'

/** As what two entries were compared. */
export type PairKind = 'same' | 'answers'

/** The part of a store that finds what an entry may have to do with others. */
export interface NearStore {
  /**
   * The entries of a window, withdrawn and rejected ones left out: of the first topics, the same region and the nearest days first. `isCut`: there are more than
   * `limit`. One walk over the lists in memory, however many entries there are.
   */
  readonly within: (campaign: CampaignId, window: NearWindow, limit: number) => Promise<{ readonly ids: readonly EntryId[]; readonly isCut: boolean }>
  /** Their folds, by id; what is gone is not among them. */
  readonly states: (campaign: CampaignId, ids: readonly EntryId[]) => Promise<ReadonlyMap<EntryId, EntryState>>
  readonly rows: (campaign: CampaignId, ids: readonly EntryId[]) => Promise<readonly EntryRow[]>
  /** Who links to this entry; what exactly they say stands in their own state. */
  readonly linkedFrom: (campaign: CampaignId, id: EntryId) => Promise<readonly EntryId[]>
  /** With whom somebody has said that this entry has nothing to do. */
  readonly apartFrom: (campaign: CampaignId, id: EntryId) => Promise<ReadonlyMap<PairKind, ReadonlySet<EntryId>>>
  /** Parts them, or takes that back; each is an act of the log. What is so already is done by nobody. */
  readonly setApart: (campaign: CampaignId, pair: Pair & { readonly apart: boolean; readonly by: PersonBy }) => Promise<void>
}

export interface NearWindow extends CandidateWindow {
  /** The entry itself, which is not near itself, and where and when it is. */
  readonly of: { readonly id: EntryId; readonly adm1: string | null; readonly observedOn: string }
  /** Whether entries of other topics follow. */
  readonly anyTopic: boolean
}

/** In either order the same pair. */
export interface Pair {
  readonly entries: readonly [EntryId, EntryId]
  readonly as: PairKind
}
