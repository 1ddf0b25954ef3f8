import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaName, areasOf } from '#domain/areas.ts'
import type { Device } from '#device/device.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { changeEpoch } from '#device/store/epoch.ts'
import { createInvite } from '#server/auth/invites.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { newDatabaseName, until } from '../support/phone.ts'
import { phoneOn, realPhone } from '../support/real-phone.ts'
import { testGround } from '../support/test-ground.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

async function coordinator(): Promise<Device> {
  const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role: 'coordinator', uses: 1, days: 1, note: null, createdBy: null })
  const { device } = await phoneOn(server, newDatabaseName())
  const joined = await device.join({ invite: url.split('#')[1] ?? '', name: 'Ruth', language: 'en' })
  if (!joined.ok) throw new Error(joined.problem.code)
  await device.flush()
  return device
}

const areas = [{ code: 'HT01', name: 'Ouest', names: { ar: 'الغرب' }, country: 'HTI' }]

describe('settings on their way to a phone', () => {
  it('[DS80] they come with the next sync, are there without a connection, and areas travel once', async () => {
    const desk = await coordinator()
    const phone = await realPhone(server)
    const asked: string[] = []
    phone.wire.before = (path) => void asked.push(path)
    const read = await desk.api.campaign()
    if (!read.ok) throw new Error(read.problem.code)
    const changed = await desk.api.changeCampaign({ revision: read.value.campaign.revision ?? 0, set: { areas, urgentHelp: 'Call 114' } })
    expect(changed.ok).toBe(true)
    await until(desk.membership, (own) => own?.campaign.urgentHelp === 'Call 114')

    await phone.device.syncNow()
    phone.ground.setOnline(false)
    const campaign = (await until(phone.device.membership, (own) => own?.campaign.revision === 1))?.campaign ?? {}
    expect(areasOf(campaign).map((area) => areaName(area, 'ar'))).toEqual(['الغرب'])
    expect(campaign).toMatchObject({ urgentHelp: 'Call 114', revision: 1 })
    phone.ground.setOnline(true)
    await phone.device.syncNow()
    expect(asked.filter((path) => path.includes('/me'))).toHaveLength(1)

    phone.device.close()
    const again = await phoneOn(server, phone.ground.databaseName, { wire: phone.wire, jar: { cookies: new CookieJar() } })
    await again.device.flush()
    expect(asked.filter((path) => path.endsWith('/me?revision=1')).length).toBeGreaterThan(0)
    expect(areasOf((await until(again.device.membership, (own) => own !== null && own !== undefined))?.campaign ?? {})).toHaveLength(1)
  })

  it('[SY781] a join brings the areas once, and whatever brings them is waited for as long as a slow line needs', async () => {
    const own = createFakeServer()
    const asked: (readonly [path: string, timeoutMs: number])[] = []
    const ground = testGround({ databaseName: newDatabaseName(), fetch: (url, init) => {
      asked.push([url.replace('/api/v1', ''), init.timeoutMs])
      // A server whose coordinator has changed the settings three times.
      return own.fetch(url.replace('?revision=3', ''), init).then((answer) => ({ ...answer, text: async () => (await answer.text()).replace('"urgentHelp":null', '"urgentHelp":null,"revision":3') }))
    } })
    const device = await openDevice(ground)
    expect(await device.join({ invite: 's'.repeat(22), name: 'Awa', language: 'en' })).toMatchObject({ ok: true })
    expect(asked.slice(0, 2)).toEqual([['/join', 120_000], ['/me?revision=3', 30_000]])
    await device.flush()
    // The sync of this server names no such revision: they are asked for, and may come whole.
    expect(asked).toContainEqual(['/me?revision=3', 120_000])
    device.close()
  })

  it('[DS81] after the server was restored they are asked for whole: its numbers may have been given again', async () => {
    const phone = await realPhone(server)
    const { revision = 0 } = phone.device.membership.get()?.campaign ?? {}
    expect(revision).toBeGreaterThan(0)
    const db = new DeviceDatabase(phone.ground.databaseName)
    await changeEpoch(db, { epoch: 'of another history', restoredSeq: 0 })
    db.shut()
    const asked: string[] = []
    phone.wire.before = (path) => void asked.push(path)
    await phone.device.syncNow()
    expect(asked).toContain('/me')
    await until(phone.device.membership, (own) => own?.campaign.revision === revision)
  })

  it('[DS80] an answer about the settings that gets lost is asked for again by the next sync', async () => {
    const desk = await coordinator()
    const phone = await realPhone(server)
    const revision = (await desk.api.campaign().then((read) => (read.ok ? read.value.campaign.revision : null))) ?? 0
    await desk.api.changeCampaign({ revision, set: { name: 'Another name' } })
    phone.wire.before = (path) => {
      if (path.includes('/me')) throw new TypeError('no route')
    }
    await phone.device.syncNow()
    expect(phone.device.membership.get()?.campaign.name).not.toBe('Another name')
    phone.wire.before = () => undefined
    await phone.device.syncNow()
    await until(phone.device.membership, (own) => own?.campaign.name === 'Another name')
    expect(phone.device.membership.get()?.campaign.revision).toBe(revision + 1)
  })
})
