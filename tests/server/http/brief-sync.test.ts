import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sameOf, sameText } from '#protocol/same.ts'
import type { KnownState } from '#protocol/same.ts'
import type { SyncResponse } from '#protocol/sync.ts'
import type { SentSyncRequest } from '#protocol/sync-request.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
let awa: ScriptDevice
/** What Awa's phone has been told last. */
let told: SyncResponse
beforeEach(async () => {
  server = await startTestServer()
  awa = await server.join('volunteer')
  told = await awa.push([awa.change('record', { content: aChallenge() })])
})
afterEach(() => server.close())

const authorization = (device: ScriptDevice) => device.headers['authorization'] ?? ''

async function ask(request: SentSyncRequest, about: { readonly named?: string; readonly by?: ScriptDevice } = {}) {
  const { statusCode, body, json } = await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: { authorization: authorization(about.by ?? awa), 'x-terrain': about.named ?? awa.deviceId }, payload: request })
  return { status: statusCode, body, json: json<Record<string, unknown>>() }
}

function same(about: Partial<KnownState> = {}): string {
  const { epoch, scope, safeSeq, campaignRevision = 0, device: { highDeviceSeq, hash } } = told
  return sameOf(sha256Of(sameText({ epoch, scope, safeSeq, campaignRevision, highDeviceSeq, hash, ...about })))
}

const asked = (about: Partial<SentSyncRequest> = {}): SentSyncRequest => ({ epoch: told.epoch, after: told.next, counter: 1, ...about })
const manifestOf = async () => (await server.context.store.members.device(awa.deviceId))?.manifest

describe('a request that says in few letters what its device knows', () => {
  it('[SE352] is answered by the same letters where nothing is new', async () => {
    expect(await ask(asked({ same: same() }))).toMatchObject({ status: 200, body: JSON.stringify({ same: same() }) })
  })

  it('[SE352] gets what is new beside them, and its results', async () => {
    const ruth = await server.join('coordinator')
    const { entryId, id: base } = (told.items[0] as unknown as { change: { entryId: never; id: never } }).change
    await ruth.push([ruth.change('comment', { text: 'When was that?', lang: 'en' }, { entryId, base })])
    const items = await ask(asked({ same: same() }))
    expect([Object.keys(items.json), items.json['next']]).toEqual([['same', 'items', 'next'], 2])
    const { run } = await awa.requestFor([awa.change('comment', { text: 'On Monday.', lang: 'en' }, { entryId, base })])
    const pushed = await ask({ epoch: told.epoch, after: 2, same: same({ highDeviceSeq: 2, hash: run?.seal.hash ?? null }), without: 'pushed', ...(run && { run }) })
    expect(pushed.json).toEqual({ same: expect.any(String), results: [{ id: expect.any(String), status: 'stored', seq: 3 }], next: 3, receivedAt: expect.any(String) })
    const whole = await ask(asked({ after: 0, limit: 1, same: same({ highDeviceSeq: 2, hash: run?.seal.hash ?? null }) }))
    expect(whole.json).toMatchObject({ more: true, next: 1, items: [{ seq: 1 }] })
  })

  it('[SE352] is answered in full where anything is not as it says, and where it says nothing', async () => {
    const others = [undefined, '0'.repeat(12), same({ scope: 'another' }), same({ safeSeq: 1 }), same({ campaignRevision: 1 }), same({ highDeviceSeq: 2 }), same({ hash: null }), same({ epoch: 'another' })]
    for (const letters of others) {
      const { json } = await ask(asked(letters === undefined ? {} : { same: letters }))
      expect(json).toMatchObject({ epoch: told.epoch, scope: told.scope, safeSeq: 0, campaignRevision: 0, device: told.device, next: 1 })
      expect(json).not.toHaveProperty('same')
    }
    // A place of its chain is missing: the device must be told of it each time.
    awa.change('record', { content: aChallenge() })
    const { run } = await awa.requestFor([awa.change('record', { content: aChallenge() })])
    await ask({ ...asked(), ...(run && { run }) })
    const { json } = await ask(asked({ after: 9, counter: 3, same: same({ highDeviceSeq: 3, hash: run?.seal.hash ?? null }) }))
    expect(json['device']).toMatchObject({ missing: expect.arrayContaining([expect.any(Number)]) })
  })

  it('[SE507] is told what stands where it has read to, in a few letters, if it asks and does not know, and that something else stands there', async () => {
    const { json } = await ask(asked({ same: same(), mark: '' }))
    expect(json).toEqual({ same: same(), mark: expect.stringMatching(/^[0-9a-f]{8}$/) })
    const mark = String(json['mark'])
    expect((await ask(asked({ same: same(), mark }))).json).toEqual({ same: same() })
    const ruth = await server.join('coordinator')
    const { entryId, id: base } = (told.items[0] as unknown as { change: { entryId: never; id: never } }).change
    await ruth.push([ruth.change('comment', { text: 'When was that?', lang: 'en' }, { entryId, base })])
    const later = (await ask(asked({ same: same(), mark }))).json
    expect(later).toMatchObject({ next: 2, items: [{ seq: 2 }], mark: expect.stringMatching(/^[0-9a-f]{8}$/) })
    expect(later['mark']).not.toBe(mark)
    // Beyond the end, and from the beginning, there is nothing to compare.
    expect((await ask(asked({ after: 0, mark: '', same: same() }))).json).toMatchObject({ next: 2, mark: later['mark'] })
    expect((await ask(asked({ after: 9, mark: 'ffffffff', same: same() }))).json).not.toHaveProperty('setBack')
    const other = (await ask(asked({ same: same(), mark: 'ffffffff' }))).json
    expect(other).toMatchObject({ epoch: told.epoch, setBack: true })
    expect(other).not.toHaveProperty('mark')
    expect((await ask(asked())).json).not.toHaveProperty('mark')
  })

  it('[SE352] is told of another epoch as ever', async () => {
    expect(await ask(asked({ epoch: 'another', same: same() }))).toMatchObject({ status: 409, json: { code: 'epoch-changed', epoch: told.epoch } })
  })
})

describe('a request that leaves out what both sides know', () => {
  it('[SE353] is of the device that its header names, and of nobody where it names none or another one', async () => {
    expect((await ask(asked())).status).toBe(200)
    expect(await ask(asked(), { named: '1' })).toMatchObject({ status: 400, json: { code: 'malformed-request' } })
    const other = await server.join('volunteer')
    expect(await ask(asked(), { named: other.deviceId })).toMatchObject({ status: 401, json: { code: 'no-session' } })
    expect(await ask(asked({ deviceId: other.deviceId }))).toMatchObject({ status: 401, json: { code: 'no-session' } })
  })

  it('[SE353] and says nothing of what waits has nothing that waits, up to its seal or its counter', async () => {
    const nothing = { pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, pendingEntries: 0 }
    await ask(asked({ manifest: { highDeviceSeq: 1, pendingChanges: 0, pendingFiles: 2, pendingBytes: 844, pendingEntries: 1 } }))
    expect(await manifestOf()).toMatchObject({ pendingFiles: 2 })
    const { counter: _, ...nothingSaid } = asked()
    await ask(nothingSaid)
    expect(await manifestOf()).toMatchObject({ pendingFiles: 2 })
    await ask(asked())
    expect(await manifestOf()).toEqual({ highDeviceSeq: 1, ...nothing })
    const { run } = await awa.requestFor([awa.change('record', { content: aChallenge() })])
    await ask({ ...nothingSaid, ...(run && { run }) })
    expect(await manifestOf()).toEqual({ highDeviceSeq: 2, ...nothing })
  })
})
