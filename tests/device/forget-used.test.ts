import { expect, it } from 'vitest'
import type { Preferences } from '#device/device.ts'
import type { EntryId } from '#domain/ids.ts'
import { appendAsServer } from '#server/sync/server-device.ts'
import { savedChallenge, until } from '../support/phone.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'

const [hill, mill, town] = [{ country: 'HTI', adm1Name: 'Ouest', placeName: 'Marker Hill' }, { country: 'HTI', adm1Name: 'Marker Region', placeName: 'Marker Mill' }, { country: 'HTI', adm1Name: 'Ouest', placeName: 'Croix-des-Bouquets' }]
const used = { lastPlace: hill, recentPlaces: [hill, mill, town], lastOrg: { orgName: 'Marker Women', orgType: '504' }, recentTopics: ['HEA', 'EDU'], theme: 'dark' } as const

/** Two entries at two places, and what the phone remembers of them; one more was saved before and is gone. */
async function remembering(): Promise<{ readonly server: Awaited<ReturnType<typeof startTestServer>>; readonly phone: RealPhone; readonly erased: EntryId }> {
  const server = await startTestServer()
  const phone = await realPhone(server)
  const erased = await savedChallenge(phone.device, { ...hill, topic: 'HEA' })
  await savedChallenge(phone.device, { ...town, topic: 'EDU' })
  await phone.device.setPreferences(used)
  await phone.device.flush()
  return { server, phone, erased }
}

const kept = { lastPlace: { country: 'HTI' }, recentPlaces: [town], lastOrg: null, recentTopics: ['EDU'], theme: 'dark' }
const isForgotten = ({ recentPlaces }: Preferences) => recentPlaces.length < used.recentPlaces.length

it('[DS750] place, organisation and topic that no own entry names any more are not offered again once it is erased here', async () => {
  const { server, phone, erased } = await remembering()
  const entry = await until(phone.device.watchEntry(erased), (one) => one !== null)
  await phone.device.erase(erased, entry?.state.head ?? null, '')
  expect(await until(phone.device.preferences, isForgotten)).toMatchObject(kept)
  phone.device.close()
  await server.close()
})

it('[DS750] nor once it was erased elsewhere; a place that another entry names stays, and so does how somebody reads', async () => {
  const { server, phone, erased } = await remembering()
  const state = await server.context.store.entries.state(server.campaign.id, erased)
  await appendAsServer(server.context, server.campaign, [{ entryId: erased, type: 'erase', base: state?.head ?? null, body: { reason: 'asked for' } }])
  await phone.device.flush()
  expect(await until(phone.device.preferences, isForgotten)).toMatchObject(kept)
  phone.device.close()
  await server.close()
})
