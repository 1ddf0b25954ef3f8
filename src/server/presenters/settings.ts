import type { CampaignResponse } from '#protocol/campaign.ts'
import { presentCampaign } from '#server/presenters/membership.ts'
import type { KeptSettingsAct } from '#server/store/campaign-store.ts'
import type { StoredCampaign, StoredMember } from '#server/store/store.ts'

/** A campaign's settings as its coordinators see them, with who changed what when. */
export function presentSettings(campaign: StoredCampaign, { history, members }: { readonly history: readonly KeptSettingsAct[]; readonly members: readonly StoredMember[] }): CampaignResponse {
  const names = new Map(members.map(({ id, name }) => [id, name] as const))
  return {
    campaign: presentCampaign(campaign),
    defaultSensitivity: campaign.defaultSensitivity,
    secondReading: campaign.secondReading ?? 0,
    history: history.map(({ revision, at, memberId, changes }) => ({ revision, at, by: names.get(memberId) ?? '', changes: changes.map((change) => ({ ...change })) })),
  }
}
