import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CampaignsHere } from '#device/campaigns-here.ts'
import type { Device } from '#device/device.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { databaseOf } from '#device/store/databases.ts'
import { createInvite } from '#server/auth/invites.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import { phoneOn, quietWire } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
import { bytesOf, chosen } from '../support/unsent.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
let otherId: string
beforeAll(async () => {
  server = await startTestServer()
  otherId = (await server.context.store.campaigns.list()).find(({ id }) => id !== server.campaign.id)?.id ?? ''
})
afterAll(() => server.close())

const secretFor = async (campaign: string, role: 'volunteer' | 'coordinator') => {
  const { url } = await createInvite(server.context, { campaignId: campaign as never, role, uses: 1, days: 1, note: null, createdBy: null })
  return url.split('#')[1] ?? ''
}

/** A browser: one jar for all of its windows. */
async function browserIn(role: 'volunteer' | 'coordinator') {
  const [jar, first] = [{ cookies: new CookieJar() }, newDatabaseName()]
  const wire = quietWire()
  const window = (database: string): Promise<RealPhone> => phoneOn(server, database, { jar, wire })
  const phone = await window(first)
  const joined = await phone.device.join({ invite: await secretFor(server.campaign.id, role), name: 'Ruth', language: 'en', organisation: 'Solidarity Network' })
  if (!joined.ok) throw new Error(joined.problem.code)
  await phone.device.flush()
  return { jar, first, window, phone, wire, campaigns: await phone.device.openCampaigns() }
}

async function joinedBeside(campaigns: CampaignsHere, secret: string): Promise<string> {
  const look = await campaigns.look(secret)
  if (!look.ok) throw new Error(look.problem.code)
  const joined = await campaigns.join(look.value.campaign.id, { invite: secret, name: 'R.', language: 'fr' })
  if (!joined.ok) throw new Error(joined.problem.code)
  return joined.value
}

const entriesIn = async (campaign: string) => (await server.context.store.changes.scan(campaign as never, 0, 500)).filter(({ type }) => type === 'record').map(({ entryId }) => entryId)
const wordsIn = async (device: Device) => (await until(device.entries, () => true)).map(({ state }) => state.id)

describe('several campaigns in one browser', () => {
  it('[DS100] each membership has a database of its own; the first keeps its name and all that stands in it', async () => {
    const { phone, first, campaigns, window } = await browserIn('coordinator')
    const mine = await savedChallenge(phone.device)
    await phone.device.flush()
    const database = await joinedBeside(campaigns, await secretFor(otherId, 'volunteer'))
    expect(database).toBe(`${first}-${otherId}`)
    expect(databaseOf(database, server.campaign.id)).toBe(`${first}-${server.campaign.id}`)
    const other = await window(database)
    expect(await until(other.device.membership, (own) => own !== null)).toMatchObject({ campaign: { id: otherId }, member: { role: 'volunteer', name: 'R.' }, abilities: ['record'] })
    expect(await until(phone.device.membership, (own) => own !== null)).toMatchObject({ campaign: { id: server.campaign.id }, member: { role: 'coordinator', name: 'Ruth' } })
    expect([await wordsIn(phone.device), await wordsIn(other.device)]).toEqual([[mine], []])
  })

  it('[DS100] what is recorded in one campaign goes there and nowhere else, with both open and with sessions that end', async () => {
    const { phone, campaigns, window, jar } = await browserIn('coordinator')
    const other = await window(await joinedBeside(campaigns, await secretFor(otherId, 'coordinator')))
    const before = { here: await entriesIn(server.campaign.id), there: await entriesIn(otherId) }
    const saved: { here: string[]; there: string[] } = { here: [], there: [] }
    for (let round = 0; round < 3; round += 1) {
      saved.here.push(await savedChallenge(phone.device))
      saved.there.push(await savedChallenge(other.device))
      if (round === 1) jar.cookies.forget()
      await Promise.all([phone.device.flush(), other.device.flush()])
    }
    expect(new Set((await entriesIn(server.campaign.id)).filter((id) => !before.here.includes(id)))).toEqual(new Set(saved.here))
    expect(new Set((await entriesIn(otherId)).filter((id) => !before.there.includes(id)))).toEqual(new Set(saved.there))
    const idsAt = async (device: Device) => {
      const answer = await device.api.entries({})
      return answer.ok ? answer.value.entries.map(({ id }) => id) : []
    }
    const [here, there] = [await idsAt(phone.device), await idsAt(other.device)]
    expect(here).toEqual(expect.arrayContaining(saved.here))
    expect(there).toEqual(expect.arrayContaining(saved.there))
    expect(here.filter((id) => there.includes(id))).toEqual([])
  })

  it('[DS101] the list is what the databases say: role, name, what waits, and which one is open', async () => {
    const { phone, campaigns, window, first } = await browserIn('coordinator')
    const database = await joinedBeside(campaigns, await secretFor(otherId, 'volunteer'))
    const other = await window(database)
    other.ground.setOnline(false)
    await savedChallenge(other.device)
    await other.device.createDraft('action')
    other.device.close()
    const rows = await campaigns.list()
    expect(rows.map(({ campaign, member, isOpen, pendingEntries, drafts }) => [campaign.name, member.role, member.name, isOpen, pendingEntries, drafts])).toEqual([
      ['Another campaign', 'volunteer', 'R.', false, 1, 1], ['Solidarity Network', 'coordinator', 'Ruth', true, 0, 0],
    ])
    // From the other side it is the same, and a database of nobody's membership is not in it.
    const stray = new DeviceDatabase(`${first}-0190a0b0-0000-7000-8000-00000000dead`)
    await stray.open()
    stray.shut()
    const again = await window(database)
    const seen = await (await again.device.openCampaigns()).list()
    expect(seen.map(({ campaign, isOpen }) => [campaign.name, isOpen])).toEqual([['Another campaign', true], ['Solidarity Network', false]])
    expect(phone.ground.databaseName).toBe(first)
  })

  it('[DS102] what waits in a campaign that is not open is sent all the same, and only there', async () => {
    const { campaigns, window } = await browserIn('coordinator')
    const other = await window(await joinedBeside(campaigns, await secretFor(otherId, 'volunteer')))
    other.ground.setOnline(false)
    const id = await savedChallenge(other.device)
    other.device.close()
    expect(await campaigns.sendWaiting()).toBe(false)
    expect((await campaigns.list()).map(({ pendingEntries }) => pendingEntries)).toEqual([0, 0])
    expect(await entriesIn(otherId)).toContain(id)
    expect(await entriesIn(server.campaign.id)).not.toContain(id)
  })

  it('[DS102] what cannot be sent now is said to wait', async () => {
    const { campaigns, window, wire } = await browserIn('coordinator')
    const other = await window(await joinedBeside(campaigns, await secretFor(otherId, 'volunteer')))
    other.ground.setOnline(false)
    await savedChallenge(other.device)
    other.device.close()
    wire.before = (path) => {
      if (path === '/sync') throw new TypeError('Failed to fetch')
    }
    expect(await campaigns.sendWaiting()).toBe(true)
    wire.before = () => undefined
    expect(await campaigns.sendWaiting()).toBe(false)
  })

  it('[DS980] a file for another campaign of this browser is taken along there, and goes from the window that is open', async () => {
    const { phone, campaigns } = await browserIn('coordinator')
    const author = await phoneOn(server, newDatabaseName())
    await author.device.join({ invite: await secretFor(otherId, 'volunteer'), name: 'Awa', language: 'en' })
    await author.device.flush()
    author.ground.setOnline(false)
    const id = await savedChallenge(author.device)
    const file = chosen(await bytesOf(await author.device.exportUnsent()))
    expect([await phone.device.carry(file), await campaigns.carry(file)]).toEqual(['other-campaign', null])

    await joinedBeside(campaigns, await secretFor(otherId, 'volunteer'))
    phone.wire.before = (path) => {
      if (path.startsWith('/import') || path.startsWith('/files')) throw new TypeError('Failed to fetch')
    }
    expect(await campaigns.carry(file)).toMatchObject({ campaign: { id: otherId }, outcome: 'taken' })
    expect(await campaigns.carry(file)).toMatchObject({ outcome: 'known' })
    expect([await campaigns.sendWaiting(), (await campaigns.list()).map(({ isWaiting }) => isWaiting)]).toEqual([true, [true, false]])
    phone.wire.before = () => undefined
    expect([await campaigns.sendWaiting(), (await campaigns.list()).map(({ isWaiting }) => isWaiting)]).toEqual([false, [false, false]])
    expect(await entriesIn(otherId)).toContain(id)
    author.device.close()
  })

  it('[DS103] an invite of a campaign that is here already makes no second membership, and its owner is told which one it is', async () => {
    const { campaigns, first } = await browserIn('coordinator')
    const secret = await secretFor(server.campaign.id, 'volunteer')
    expect(await campaigns.look(secret)).toMatchObject({ ok: true, value: { campaign: { id: server.campaign.id, name: 'Solidarity Network' }, role: 'volunteer', here: { database: first, isOpen: true } } })
    expect(await campaigns.join(server.campaign.id, { invite: secret, name: 'R.', language: 'fr' })).toEqual({ ok: false, problem: { kind: 'refused', code: 'already-joined' } })
    expect(await campaigns.look('x'.repeat(22))).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'invite-invalid' } })
  })

  it('[DS103] a join whose answer was lost, by a window that was then killed, is the same join when the link is opened again', async () => {
    const { campaigns, window, wire, first, phone } = await browserIn('volunteer')
    const secret = await secretFor(otherId, 'volunteer')
    const people = async () => (await server.context.store.members.list(otherId as never)).length
    const before = await people()
    wire.after = (path) => {
      if (path === '/join') throw new TypeError('Failed to fetch')
    }
    expect(await campaigns.join(otherId as never, { invite: secret, name: 'R.', language: 'fr' })).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    expect((await campaigns.list()).length).toBe(1)
    wire.after = () => undefined
    phone.device.close()
    const reopened = await (await window(first)).device.openCampaigns()
    expect(await joinedBeside(reopened, secret)).toBe(`${first}-${otherId}`)
    expect([await people() - before, (await reopened.list()).length]).toEqual([1, 2])
  })

  it('[SY670] of two windows in which two links are followed at once one joins, and the other is told without a use of its link; what was begun stays', async () => {
    const phone = await phoneOn(server, newDatabaseName())
    // The locks of a browser are one for all of its windows.
    const window = await openDevice(phone.ground)
    const turns = setInterval(() => phone.ground.time.advance(300), 2)
    const [one, other] = [await secretFor(server.campaign.id, 'volunteer'), await secretFor(otherId, 'volunteer')]
    const first = phone.device.join({ invite: one, name: 'Awa', language: 'en' }).then(async (joined) => ({ joined, draft: await phone.device.createDraft('challenge') }))
    const second = window.join({ invite: other, name: 'Awa', language: 'en' })
    const { joined, draft } = await first
    expect(joined).toMatchObject({ ok: true, value: { campaign: { id: server.campaign.id } } })
    expect(await second).toEqual({ ok: false, problem: { kind: 'refused', code: 'already-joined' } })
    clearInterval(turns)
    expect(await until(window.membership, (own) => own !== null)).toMatchObject({ campaign: { id: server.campaign.id } })
    expect(await phone.device.readDraft(draft.id)).not.toBeNull()
    const beside = await joinedBeside(await window.openCampaigns(), other)
    expect(beside).toBe(databaseOf(phone.ground.databaseName, otherId as never))
  })

  it('[SY671] a link is as good as before where the answer to a join by another one got lost', async () => {
    const phone = await phoneOn(server, newDatabaseName())
    phone.wire.after = (path) => {
      if (path === '/join') throw new TypeError('Failed to fetch')
    }
    expect(await phone.device.join({ invite: await secretFor(server.campaign.id, 'volunteer'), name: 'Awa', language: 'en' })).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    phone.wire.after = () => undefined
    expect(await phone.device.join({ invite: await secretFor(otherId, 'volunteer'), name: 'Awa', language: 'en' })).toMatchObject({ ok: true, value: { campaign: { id: otherId } } })
  })

  it('[DS610] where another campaign has the place that is named by the one to join, it keeps it with all that was begun there', async () => {
    const [jar, wire, first] = [{ cookies: new CookieJar() }, quietWire(), newDatabaseName()]
    // As in a browser that threw its databases away, and remembered which of them it had open.
    const phone = await phoneOn(server, `${first}-${otherId}`, { jar, wire })
    await phone.device.join({ invite: await secretFor(server.campaign.id, 'volunteer'), name: 'Ruth', language: 'en' })
    const draft = await phone.device.createDraft('challenge')
    await phone.device.writeDraft(draft.id, { fields: { description: 'Not finished yet' } })
    await phone.device.flush()

    const secret = await secretFor(otherId, 'volunteer')
    const database = await joinedBeside(await phone.device.openCampaigns(), secret)
    expect(database).not.toBe(`${first}-${otherId}`)
    expect(await until(phone.device.membership, (own) => own !== null)).toMatchObject({ campaign: { id: server.campaign.id } })
    expect((await phone.device.readDraft(draft.id))?.content.description).toBe('Not finished yet')
    const other = await phoneOn(server, database, { jar, wire })
    expect(await until(other.device.membership, (own) => own !== null)).toMatchObject({ campaign: { id: otherId }, member: { name: 'R.' } })
    const places = (await (await other.device.openCampaigns()).list()).map((one) => [one.campaign.id, one.database] as const)
    expect(Object.fromEntries(places)).toEqual({ [server.campaign.id]: `${first}-${otherId}`, [otherId]: database })
  })

  it('[DS104] a coordinator makes a campaign and is its coordinator under the same name; a lost answer makes nothing twice', async () => {
    const { campaigns, window, wire } = await browserIn('coordinator')
    const begun = campaigns.begin()
    wire.after = (path) => {
      if (path === '/campaigns') throw new TypeError('Failed to fetch')
    }
    expect(await campaigns.found(begun, 'Rains')).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    wire.after = () => undefined
    const made = await campaigns.found(begun, 'Rains')
    const other = await window(made.ok ? made.value : '')
    expect(await until(other.device.membership, (own) => own !== null)).toMatchObject({ campaign: { id: begun.id, name: 'Rains', countries: ['HTI'], languages: ['en', 'fr', 'ar'] }, member: { role: 'coordinator', name: 'Ruth', organisation: 'Solidarity Network' } })
    expect((await server.context.store.members.list(begun.id)).length).toBe(2)
    const volunteer = await browserIn('volunteer')
    expect(await volunteer.campaigns.found(volunteer.campaigns.begin(), 'Mine')).toMatchObject({ ok: false, problem: { code: 'forbidden' } })
  })

  it('[DS100] of the preferences goes along how somebody reads, not what they wrote about', async () => {
    const { phone, campaigns, window } = await browserIn('volunteer')
    await phone.device.setPreferences({ theme: 'sun', mobilePhotos: 'small', recentTopics: ['WSH'], lastPlace: { country: 'HTI' }, lastOrg: { orgName: 'Mama Taa', orgType: 'x' } })
    const other = await window(await joinedBeside(campaigns, await secretFor(otherId, 'volunteer')))
    expect(await until(other.device.preferences, () => true)).toMatchObject({ language: 'fr', theme: 'sun', mobilePhotos: 'small', recentTopics: [], lastPlace: null, lastOrg: null })
  })

  it('[SY55] each request says as which device it is made, also the one that joins; whoever cannot be read asks nothing', async () => {
    const { phone } = await browserIn('coordinator')
    const said: (string | undefined)[] = []
    const ground = { ...phone.ground, fetch: (url: string, init: Parameters<typeof phone.ground.fetch>[1]) => {
      said.push(init.headers['x-terrain'])
      return phone.ground.fetch(url, init)
    } }
    const device = await openDevice(ground)
    await savedChallenge(device)
    await device.flush()
    await device.api.members()
    const own = (await until(device.membership, (one) => one !== null))?.deviceId
    expect(new Set(said)).toEqual(new Set([own]))
    const joining = await openDevice({ ...ground, databaseName: newDatabaseName() })
    await joining.join({ invite: await secretFor(otherId, 'volunteer'), name: 'A.', language: 'en' })
    await joining.flush()
    const joined = (await until(joining.membership, (one) => one !== null))?.deviceId
    expect(new Set(said)).toEqual(new Set([own, joined]))
    const asked = said.length
    joining.close()
    expect(await joining.api.members()).toMatchObject({ ok: false, problem: { code: 'no-answer' } })
    expect(said.length).toBe(asked)
  })
})
