import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { alarmsResponseSchema, quarantineResponseSchema } from '#protocol/aside.ts'
import type { QuarantineRow, SettleRequest } from '#protocol/aside.ts'
import { membersResponseSchema } from '#protocol/desk.ts'
import { receiveRun } from '#server/sync/receive-run.ts'
import { aChallenge } from '../../support/contents.ts'
import { forkedRun } from '../../support/forked-run.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'

describe('what the server set aside', () => {
  let server: TestServer
  let desk: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer()
    desk = await server.join('coordinator')
  })
  afterAll(() => server.close())

  const list = async () => v.parse(quarantineResponseSchema, await desk.get('/quarantine'))
  const alarms = async () => v.parse(alarmsResponseSchema, await desk.get('/alarms')).alarms
  const rowOf = async (id: string): Promise<QuarantineRow> => {
    const row = (await list()).quarantined.find((one) => one.id === id)
    if (row === undefined) throw new Error('nothing was set aside under this id')
    return row
  }
  const settle = (settlement: SettleRequest) => server.app.inject({ method: 'POST', url: '/api/v1/settlements', headers: desk.headers, payload: settlement })
  /** A record that a lost phone still had, which somebody brings afterwards. */
  const afterLoss = async () => {
    const phone = await server.join('volunteer', { name: 'Marie' })
    const record = phone.change('record', { content: aChallenge() })
    const { run } = await phone.requestFor([record])
    await server.context.store.members.revokeDevice(server.campaign.id, phone.deviceId, '2026-03-01T08:00:00Z' as never)
    return { phone, record, run }
  }
  const receive = async (phone: ScriptDevice, run: unknown) => {
    const device = await server.context.store.members.device(phone.deviceId)
    if (device === null) throw new Error('the phone is unknown')
    return receiveRun(server.context, { campaign: server.campaign, device, carriedBy: desk.joined.member.id }, run as never)
  }

  it('[SE46] a change stands there with its reason, who wrote and who brought it, and its words', async () => {
    const { phone, record, run } = await afterLoss()
    await receive(phone, run)
    expect(await rowOf(record.id)).toMatchObject({ reason: 'revoked-device', memberName: 'Marie', carrierName: 'Ruth', deviceLabel: 'script', type: 'record', ref: null, hindrance: null, left: null, text: null, change: { id: record.id } })
  })

  it('[SE46] what cannot be counted says why: unreadable, its entry not here, or to be said anew', async () => {
    const phone = await server.join('volunteer')
    const record = phone.change('record', { content: aChallenge() })
    await phone.push([record])
    const other = await server.join('volunteer')
    const revise = other.change('revise', { set: { placeName: 'Elsewhere' }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id })
    const orphan = other.change('comment', { text: 'On nothing', lang: 'en' })
    const erase = other.change('erase', { reason: 'no' }, { entryId: record.entryId, base: record.id })
    const odd = { ...other.change('comment', { text: 'x', lang: 'en' }, { entryId: record.entryId }), type: 'sing' } as never as typeof orphan
    await other.push([revise, orphan, erase, odd])
    expect(await rowOf(revise.id)).toMatchObject({ reason: 'forbidden', ref: 'C-000001', hindrance: null })
    expect(await rowOf(orphan.id)).toMatchObject({ reason: 'unknown-entry', hindrance: 'no-entry' })
    expect(await rowOf(erase.id)).toMatchObject({ reason: 'forbidden', hindrance: 'say-anew' })
    expect(await rowOf(odd.id)).toMatchObject({ reason: 'newer-version', hindrance: 'unreadable' })
  })

  it('[SE46] of an entry that is none it says which fields are missing and which do not fit; of what is no entry, nothing', async () => {
    const phone = await server.join('volunteer')
    const { country: _, ...rest } = aChallenge()
    const record = phone.change('record', { content: { ...rest, topic: 'NOPE', affectedMin: 9 } as never })
    const placeless = phone.change('record', { content: { ...aChallenge(), placeName: undefined, lat: undefined, lon: undefined, adm1Code: undefined, adm1Name: undefined } })
    const known = phone.change('record', { content: aChallenge() })
    const revise = phone.change('revise', { set: { severity: 12 }, unset: [], answers: [] }, { entryId: known.entryId, base: known.id })
    const odd = phone.change('record', { content: 'words alone' as never })
    const comment = phone.change('comment', { text: '', lang: 'en' }, { entryId: known.entryId, base: known.id })
    await phone.push([record, placeless, known, revise, odd, comment])
    const misfits = await Promise.all([record, placeless, revise, odd, comment].map(async ({ id }) => (await rowOf(id)).misfits))
    expect(misfits).toEqual([
      [{ field: 'country', is: 'missing' }, { field: 'topic', is: 'unfit' }], [{ field: 'placeName', is: 'missing' }], [{ field: 'severity', is: 'unfit' }], [{ field: 'kind', is: 'missing' }], [],
    ])
  })

  it('[SE46] bytes that are no change are shown as they came', async () => {
    const phone = await server.join('volunteer')
    const epoch = await server.context.store.epoch()
    await server.app.inject({ method: 'POST', url: '/api/v1/sync/quarantine', headers: phone.headers, payload: { epoch, campaignId: server.campaign.id, deviceId: phone.deviceId, id: null, bytes: Buffer.from('{"half":').toString('base64') } })
    const row = (await list()).quarantined.find(({ text }) => text === '{"half":')
    expect(row).toMatchObject({ reason: 'unparseable', change: null, hindrance: 'unreadable', type: null })
  })

  it('[SE47] a release with its reason makes it count, once, however often it is said', async () => {
    const { phone, record, run } = await afterLoss()
    await receive(phone, run)
    const release = desk.change('release', { change: record.id, reason: 'Written before it was lost.' }, { entryId: record.entryId })
    const answer = await desk.push([release])
    expect(answer.results[0]).toMatchObject({ status: 'stored' })
    const again = desk.change('release', { change: record.id, reason: 'Again.' }, { entryId: record.entryId })
    await desk.push([again])
    expect((await list()).quarantined.some(({ id }) => id === record.id)).toBe(false)
    const row = await server.context.store.entries.row(server.campaign.id, record.entryId)
    expect(row?.ref).toMatch(/^C-0+\d$/)
    const kept = (await server.context.store.changes.ofEntry(server.campaign.id, record.entryId)).find(({ id }) => id === release.id)
    expect(kept).toMatchObject({ memberId: desk.joined.member.id })
    expect(kept?.text).toContain('Written before it was lost.')
  })

  it('[SE48] left aside with a reason it waits for nobody, says who and why, and can be taken up again', async () => {
    const { phone, record, run } = await afterLoss()
    await receive(phone, run)
    const { subject } = await rowOf(record.id)
    const before = (await list()).open
    for (let times = 0; times < 3; times += 1) expect((await settle({ subject, act: 'settle', reason: 'Not hers. ' })).statusCode).toBe(204)
    expect((await rowOf(record.id)).left).toMatchObject({ by: 'Ruth', reason: 'Not hers.' })
    const { open, total, quarantined } = await list()
    expect([open, quarantined.length]).toEqual([before - 1, total])
    await settle({ subject, act: 'reopen', reason: '' })
    expect((await rowOf(record.id)).left).toBeNull()
  })

  it('[SE48] alarms of one phone are one row, and one more of them is not settled by the word before', async () => {
    const phone = await server.join('volunteer', { name: 'Amina' })
    const record = phone.change('record', { content: aChallenge() })
    await phone.push([record])
    // The phone is set back: other changes under the numbers that are taken.
    const sendOther = async (nth: number) => {
      // Another last digit, whatever hers is: under her own id it would be the same change come twice.
      const digit = ((parseInt(record.id.slice(-1), 16) + nth) % 16).toString(16)
      const other = { ...record, id: `${record.id.slice(0, -1)}${digit}` as typeof record.id }
      expect((await receive(phone, await forkedRun(phone, [other]))).results[0]?.status).toBe('forked')
    }
    await sendOther(1)
    const [first] = (await alarms()).filter(({ memberName }) => memberName === 'Amina')
    expect(first).toMatchObject({ kind: 'forked', count: 1, renewedAt: null, settled: null })
    await settle({ subject: first?.subject ?? '', act: 'settle', reason: '' })
    expect((await alarms()).find(({ memberName }) => memberName === 'Amina')?.settled).toMatchObject({ by: 'Ruth' })
    await sendOther(2)
    expect((await alarms()).find(({ memberName }) => memberName === 'Amina')).toMatchObject({ count: 2, settled: null })
  })

  it('[SE49] the desk sees how far a clock is off, how many entries wait, and the last number that was made', async () => {
    const phone = await server.join('volunteer', { name: 'Paul' })
    const request = await phone.requestFor([])
    const sentAt = new Date(Date.UTC(2026, 2, 1, 11)).toISOString() as never
    await phone.post({ ...request, sentAt, manifest: { highDeviceSeq: 4, pendingFiles: 0, pendingBytes: 0, pendingEntries: 2, pendingChanges: 4 } })
    const { members } = v.parse(membersResponseSchema, await desk.get('/members'))
    const device = members.find(({ name }) => name === 'Paul')?.devices[0]
    expect(device).toMatchObject({ madeDeviceSeq: 4, pendingEntries: 2, pendingChanges: 4, highDeviceSeq: 0 })
    expect(Math.round((device?.clockOffsetMs ?? 0) / 3_600_000)).toBe(3)
    await phone.post(request)
    const again = v.parse(membersResponseSchema, await desk.get('/members')).members.find(({ name }) => name === 'Paul')?.devices[0]
    expect(Math.round((again?.clockOffsetMs ?? 0) / 3_600_000)).toBe(3)
  })
})
