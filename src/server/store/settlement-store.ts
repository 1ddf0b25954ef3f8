import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { SettlementAct } from '#protocol/aside.ts'

/** What a coordinator said of something that was set aside or raised an alarm. Nothing is overwritten: the last one counts. */
export interface Settlement {
  readonly subject: string
  readonly at: Instant
  readonly memberId: MemberId
  readonly act: SettlementAct
  readonly reason: string
}

export interface SettlementStore {
  /** The same said again by the same person after a lost answer adds nothing. */
  readonly add: (campaign: CampaignId, settlement: Settlement) => Promise<void>
  /** The last word on each subject. */
  readonly latest: (campaign: CampaignId) => Promise<ReadonlyMap<string, Settlement>>
}
