import { locales } from '../../src/i18n/locale.ts'
import type { ServerContext } from '../../src/server/context.ts'
import { createCampaign } from '../../src/server/first-campaign.ts'
import type { StoredCampaign } from '../../src/server/store/store.ts'
import { SealedPhone } from '../load/sealed-phone.ts'

export interface CampaignOfPhones {
  readonly campaign: StoredCampaign
  readonly phones: readonly SealedPhone[]
  readonly coordinator: SealedPhone
}

/** A campaign as it begins: so many volunteers with a phone each, and a coordinator. */
export async function campaignOfPhones(context: ServerContext, count: number): Promise<CampaignOfPhones> {
  const campaign = await createCampaign(context, { name: 'Terrain', countries: [], languages: [...locales] })
  const phones: SealedPhone[] = []
  for (let n = 0; n < count; n += 1) phones.push(await SealedPhone.join(context, campaign, { name: `Awa ${n}` }))
  return { campaign, phones, coordinator: await SealedPhone.join(context, campaign, { role: 'coordinator', name: 'Ruth' }) }
}
