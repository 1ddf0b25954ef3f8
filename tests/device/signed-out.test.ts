import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Instant, Sha256 } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createInvite } from '#server/auth/invites.ts'
import { eraseCampaign } from '#server/files/erased-files.ts'
import { openContext } from '#server/open-context.ts'
import type { ScriptDevice } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { savedChallenge, until } from '../support/phone.ts'
import { realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
let desk: ScriptDevice
const at = '2026-03-01T09:00:00.000Z' as Instant
const nobody = { memberId: null, deviceId: null, at }

beforeAll(async () => {
  server = await startTestServer()
  desk = await server.join('coordinator', { name: 'Ruth' })
})
afterAll(() => server.close())

/** What everybody may read, and a phone that has read it and asked about an entry of its own; the last word is not sent. */
async function phoneThatHasRead(told: string): Promise<RealPhone> {
  const author = await server.join('volunteer', { name: 'Nadia' })
  const open = author.change('record', { content: aChallenge({ description: told }) })
  await author.push([open])
  await decided(open.entryId, open.id, 'approve')
  const phone = await realPhone(server)
  const id = await savedChallenge(phone.device, { description: 'My own words' })
  await phone.device.flush()
  const own = await until(phone.device.watchEntry(id), (entry) => entry?.travel === 'received')
  await decided(id, own?.state.revision ?? '', 'askBack')
  await phone.device.flush()
  expect(await lies(phone, told)).toEqual([told, 'Ruth', 'My own words', 'How many children?'])
  await savedChallenge(phone.device, { description: 'Never sent' })
  return phone
}

async function decided(entryId: string, revision: string, verdict: 'approve' | 'askBack'): Promise<void> {
  const { contentHash } = (await desk.get(`/entries/${entryId}`)) as { readonly contentHash: Sha256 }
  const questions = verdict === 'approve' ? [] : [{ id: '80000000-0000-7000-8000-000000000001', field: 'description', text: 'How many children?' }]
  await desk.push([desk.change('decide', { revision: revision as never, contentHash, verdict, questions: questions as never }, { entryId: entryId as never, base: revision as never })])
}

/** Which of these words lie in the phone's store. */
async function lies({ ground }: RealPhone, told: string): Promise<readonly string[]> {
  const db = new DeviceDatabase(ground.databaseName)
  const text = JSON.stringify(await Promise.all([db.changes, db.entries, db.digests, db.members].map((table) => table.toArray())))
  db.shut()
  return [told, 'Nadia', 'Ruth', 'My own words', 'How many children?', 'Never sent'].filter((words) => text.includes(words))
}

const member = async ({ device }: RealPhone) => (await until(device.membership, (known) => known !== null)) ?? Promise.reject(new Error('nobody'))

describe('a phone that is signed out', () => {
  it.each([
    ['is lost', async (phone: RealPhone) => server.context.store.members.revokeDevice(server.campaign.id, (await member(phone)).deviceId, at)],
    ['is of somebody whose membership has ended', async (phone: RealPhone) => void (await server.context.store.members.change(server.campaign.id, (await member(phone)).member.id, { endedAt: at }, nobody))],
  ])('[SY750] and %s keeps what its person wrote and was asked, and nothing of others', async (how, end) => {
    const told = `Told to all, ${how}`
    const phone = await phoneThatHasRead(told)
    await end(phone)
    expect(await phone.device.flush()).toMatchObject({ attention: 'join-again', pendingChanges: 1 })
    expect(await lies(phone, told)).toEqual(['My own words', 'How many children?', 'Never sent'])
    // Asked once more it is the same.
    expect(await phone.device.flush()).toMatchObject({ attention: 'join-again', pendingChanges: 1 })
    const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    expect(await phone.device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })).toMatchObject({ ok: true })
    expect(await phone.device.flush()).toMatchObject({ problem: null, pendingChanges: 0 })
    expect(await lies(phone, told)).toEqual([told, 'My own words', 'How many children?', 'Never sent'])
    phone.device.close()
  })
})

describe('a phone of a campaign that was erased', () => {
  it('[SY751] is told that it is no longer part of it, and keeps nothing of others', async () => {
    const told = 'Told to all before the campaign was erased'
    const phone = await phoneThatHasRead(told)
    // As a command beside the server does it.
    const { config, log, clock, chance } = server.context
    const beside = await openContext(config, { log, clock, chance, appDir: null })
    await eraseCampaign(beside, server.campaign.id)
    await beside.store.close()
    expect(await phone.device.flush()).toMatchObject({ attention: 'join-again' })
    expect(await lies(phone, told)).toEqual(['My own words', 'How many children?', 'Never sent'])
    phone.device.close()
  })
})
