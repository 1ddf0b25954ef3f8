import { expect, it } from 'vitest'
import { campaignOf, rememberedSettings } from '#server/store/sql/campaign-row.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'

it.each(stores)('[ST133] on $name the settings of a campaign are read anew as soon as they say something else, whoever changed them', async ({ open }) => {
  const opened = await open()
  const { campaign } = await CampaignOnStore.create(opened.store)
  const nameNow = async () => (await opened.store.campaigns.get(campaign.id))?.name
  const before = await nameNow()
  await opened.damage(`update campaigns set settings = replace(settings, '"${before ?? ''}"', '"Another name"')`)
  expect([before, await nameNow()]).toEqual(['Solidarity Network', 'Another name'])
  await opened.remove()
})

it('[ST133] as long as they say the same they are read once, and not as those of another campaign', () => {
  const publicKey = { kty: 'EC', crv: 'P-256', x: 'a'.repeat(43), y: 'b'.repeat(43) }
  const settings = (id: string, name: string) => JSON.stringify({ id: `0190a0b0-0000-7000-8000-00000000000${id}`, name, publicKey, countries: ['HTI'], languages: ['en'], startsOn: null, urgentHelp: null })
  const row = (id: string, name: string) => ({ campaign_id: id, settings: settings(id, name), server_device_id: 'd', server_member_id: 'm', private_key: 'k', encryption_private_key: null, default_sensitivity: 'high', second_reading: 0, names_gone: 0, created_at: 'x' }) as never
  const read = rememberedSettings()
  const first = campaignOf(row('a', 'One'), read)
  expect(campaignOf(row('a', 'One'), read).countries).toBe(first.countries)
  expect([campaignOf(row('b', 'Two'), read).name, campaignOf(row('a', 'Three'), read).name, campaignOf(row('a', 'One'), read).name]).toEqual(['Two', 'Three', 'One'])
})
