import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { changeText, linkText } from '#protocol/chain.ts'
import type { Run } from '#protocol/sync-request.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { quarantineBytes } from '#server/sync/quarantine-bytes.ts'
import { prepareRun } from '#server/sync/prepare-run.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { aChallenge } from '../../support/contents.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import type { SealingDevice } from '../../support/campaign-on-store.ts'
import { stores } from '../../support/contracts/stores.ts'
import type { OpenedStore } from '../../support/contracts/stores.ts'

let opened: OpenedStore
let campaign: CampaignOnStore
let campaigns = 0
let author: SealingDevice
let coordinator: SealingDevice

/** A campaign of its own for each test, in one database. */
const startCampaign = async (): Promise<void> => {
  campaign = await CampaignOnStore.create(opened.store, `campaign ${(campaigns += 1)}`)
  author = await campaign.join('volunteer')
  coordinator = await campaign.join('coordinator')
}

const all = () => opened.store.changes.scan(campaign.campaign.id, 0, 10_000)
const faults = async () => (await verifyCampaign(opened.store, campaign.campaign.id)).faults

describe.each(stores)('receiving runs, on $name', ({ open }) => {
  beforeAll(async () => void (opened = await open()))
  afterAll(() => opened.remove())
  beforeEach(startCampaign)

  it('[SE1] the same run pushed 100 times leaves each change once', async () => {
    const run = author.seal([author.record(), author.record(), author.record()])
    const answers = []
    for (let time = 0; time < 100; time += 1) answers.push(await author.send(run))
    expect(await all()).toHaveLength(3)
    expect(new Set(answers.map(({ results }) => JSON.stringify(results.map(({ seq, ref }) => [seq, ref])))).size).toBe(1)
    expect(answers.slice(1).every(({ results }) => results.every(({ status }) => status === 'duplicate'))).toBe(true)
    expect(await faults()).toEqual([])
  })

  it('[SE2] one invalid change is quarantined, and the others of its run are stored', async () => {
    const invalid = { ...author.record(), body: { content: { ...aChallenge(), severity: 9 } } }
    const [before, after] = [author.record(), author.record()]
    const run = author.seal([{ ...before, deviceSeq: 1 }, { ...invalid, deviceSeq: 2 }, { ...after, deviceSeq: 3 }])
    const { results } = await author.send(run)
    expect(results.map(({ status, problem, seq, ref }) => [status, problem, seq, ref])).toEqual([
      ['stored', undefined, 1, 'C-000001'], ['quarantined', 'invalid', 2, undefined], ['stored', undefined, 3, 'C-000002'],
    ])
    expect(await faults()).toEqual([])
  })

  const alterations: readonly (readonly [string, (run: Run) => Run])[] = [
    ['a changed word', (run) => ({ ...run, changes: run.changes.map((change, index) => (index === 0 ? { ...(change as ChangeEnvelope), recordedAt: '2020-01-01T00:00:00Z' } : change)) })],
    ['a change left out', (run) => ({ ...run, changes: run.changes.slice(1) })],
    ['two changes swapped', (run) => ({ ...run, changes: run.changes.toReversed() })],
    ['another prevHash', (run) => ({ ...run, prevHash: 'a'.repeat(64) as Sha256 })],
    ['another signature', (run) => ({ ...run, seal: { ...run.seal, sig: 'A'.repeat(86) } })],
    ['another place', (run) => ({ ...run, seal: { ...run.seal, deviceSeq: run.seal.deviceSeq + 1 } })],
    ['a change that is no object', (run) => ({ ...run, changes: [...run.changes.slice(0, -1), 'text'] })],
    ['a lone surrogate', (run) => ({ ...run, changes: [...run.changes.slice(0, -1), { ...(run.changes.at(-1) as ChangeEnvelope), appVersion: '\uD800' }] })],
  ]
  it.each(alterations)('[SE3] a run with %s is quarantined as a whole, and the true run is stored afterwards', async (_what, alter) => {
    const run = author.seal([author.record(), author.record(), author.record()])
    const { results } = await author.send(alter(run))
    expect(new Set(results.map(({ status, problem }) => `${status} ${problem ?? ''}`))).toEqual(new Set(['quarantined bad-seal']))
    expect((await author.send(run)).results.map(({ status }) => status)).toEqual(['stored', 'stored', 'stored'])
    expect(await faults()).toEqual([])
  })

  it('[SE3] a run sealed by another device is quarantined', async () => {
    const other = await campaign.join('volunteer')
    const { results } = await other.send(author.seal([author.record()]))
    expect(results).toMatchObject([{ status: 'quarantined', problem: 'bad-seal' }])
  })

  it('[SE4] only the author revises, and only into an entry that is still valid', async () => {
    const other = await campaign.join('volunteer')
    const record = author.record()
    await author.push(record)
    const about = { entryId: record.entryId, base: record.id }
    const revise = (set: Record<string, unknown>, unset: string[] = []) => ({ set, unset, answers: [] })
    expect((await other.push(other.change('revise', revise({ severity: 5 }), about))).results).toMatchObject([{ status: 'quarantined', problem: 'forbidden' }])
    const { results } = await author.push(
      author.change('revise', revise({ severity: 4 }), about),
      author.change('revise', revise({}, ['topic']), about),
      author.change('revise', revise({ quote: 'We want to learn.' }), about),
    )
    expect(results.map(({ status, problem }) => [status, problem])).toEqual([['stored', undefined], ['quarantined', 'invalid'], ['quarantined', 'invalid']])
  })

  it('[SE4] a verdict is a coordinator’s, names a revision, and carries the hash of what was read', async () => {
    const record = author.record()
    await author.push(record)
    const good = await coordinator.decide(record.entryId, { verdict: 'approve' })
    const body = good.body as { contentHash: string }
    const { results } = await coordinator.push(
      { ...good, body: { ...body, contentHash: 'a'.repeat(64) } },
      coordinator.change('decide', { ...(good.body as object), revision: good.id } as never, { entryId: record.entryId }),
      coordinator.change('decide', good.body as never, { entryId: record.entryId }),
    )
    expect(results.map(({ problem }) => problem)).toEqual(['content-differs', 'invalid', undefined])
    expect((await author.push(author.change('decide', good.body as never, { entryId: record.entryId }))).results).toMatchObject([{ problem: 'forbidden' }])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ state: 'approved' })
  })

  it('[SE4] a second record cannot take an entry, and only the server says that it holds a file', async () => {
    const other = await campaign.join('coordinator')
    const record = author.record()
    await author.push(record)
    const { results } = await other.push(
      { ...other.record(), entryId: record.entryId },
      other.change('fileStored', { sha256: 'a'.repeat(64) as Sha256, entryId: record.entryId }, { entryId: record.entryId }),
      other.change('link', { to: record.entryId, kind: 'sameAs' }, { entryId: record.entryId }),
      other.change('correct', { set: { sensitivity: 'none' }, unset: [] }, { entryId: record.entryId }),
    )
    expect(results.map(({ problem }) => problem)).toEqual(['invalid', 'forbidden', 'invalid', 'invalid'])
  })

  it('[SE5] a run of a revoked device is proven, kept, and counts for nothing', async () => {
    await opened.store.members.revokeDevice(campaign.campaign.id, author.person.device.id, '2026-03-01T08:00:00.000Z' as never)
    const device = await opened.store.members.device(author.person.device.id)
    const run = author.seal([author.record()])
    Object.assign(author, { person: { ...author.person, device } })
    expect((await author.send(run)).results).toMatchObject([{ status: 'quarantined', problem: 'revoked-device', seq: 1 }])
    expect((await all())[0]).toMatchObject({ proven: true })
  })

  it('[SE6] what is newer than the server is kept as it is and told apart from what is wrong', async () => {
    const [newType, newVersion, tooLarge] = [author.record(), author.record(), author.record()]
    const { results } = await author.push(
      { ...newType, type: 'grade', body: { anything: [1, 2] } } as never,
      { ...newVersion, v: 2 } as never,
      { ...tooLarge, body: { content: { ...aChallenge(), later: 'x'.repeat(70_000) } } } as never,
      author.record({ ...aChallenge(), later: { kept: true } } as never),
    )
    expect(results.map(({ status, problem }) => problem ?? status)).toEqual(['newer-version', 'newer-version', 'too-large', 'stored'])
    expect(JSON.parse((await all())[3]?.text ?? '')).toMatchObject({ body: { content: { later: { kept: true } } } })
    expect(await faults()).toEqual([])
  })

  it('[SE6] what is nested thousands deep is quarantined and breaks nothing', () => {
    let deep: unknown = []
    for (let depth = 0; depth < 50_000; depth += 1) deep = [deep]
    const run = author.seal([author.record()])
    const { device } = author.person
    const { changes } = prepareRun({ campaignId: campaign.campaign.id, deviceId: device.id, publicKey: device.publicKey, isRevoked: false }, { ...run, changes: [{ body: deep }] })
    expect(changes).toMatchObject([{ refused: 'bad-seal', link: null }])
  })

  it('[SE15] opaque bytes are kept once, with a seq, and read as nothing', async () => {
    const id = author.record().id
    const request = { epoch: await opened.store.epoch(), campaignId: campaign.campaign.id, deviceId: author.person.device.id, id, bytes: Buffer.from([0xff, 0xfe, 0x00]).toString('base64') }
    const first = await quarantineBytes(author.context, author.actor, request)
    expect(first.results).toEqual([{ id, status: 'quarantined', seq: 1, problem: 'unparseable' }])
    expect((await quarantineBytes(author.context, author.actor, request)).results).toEqual(first.results)
    expect((await all()).map(({ text }) => text)).toEqual(['base64://4A'])
    expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 0, differing: [] })
  })

  it('[SE15] what has the form of a change after all can be read and released, and its place does not look like one that never came', async () => {
    const [first, handed, last] = [author.record(), author.record(), author.record()]
    await author.push(first)
    const run = author.seal([handed, last])
    const context = { epoch: await opened.store.epoch(), campaignId: campaign.campaign.id, deviceId: author.person.device.id }
    const handOver = (id: ChangeEnvelope['id']) => quarantineBytes(author.context, author.actor, { ...context, id, bytes: Buffer.from(JSON.stringify(handed)).toString('base64') })
    await author.send({ ...run, prevHash: sha256Of(linkText({ campaignId: campaign.campaign.id, deviceId: author.person.device.id }, { deviceSeq: 2, changeHash: sha256Of(changeText(handed)), prevHash: run.prevHash })), changes: [last] })
    const missing = async () => [(await opened.store.changes.chain(campaign.campaign.id, author.person.device.id)).missing, (await opened.store.members.devices(campaign.campaign.id)).find(({ id }) => id === author.person.device.id)?.missing]
    expect(await missing()).toEqual([[2], [2]])
    // Under another name it says nothing of itself.
    await handOver(first.id)
    expect(await missing()).toEqual([[2], [2]])
    expect(await handOver(handed.id)).toMatchObject({ results: [{ status: 'quarantined', problem: 'unparseable' }] })
    expect(await missing()).toEqual([[], []])
    expect(await opened.store.entries.row(campaign.campaign.id, handed.entryId)).toBeNull()
    const released = await coordinator.push(coordinator.change('release', { change: handed.id }, { entryId: handed.entryId }))
    expect(released.results).toMatchObject([{ status: 'stored' }])
    expect(await opened.store.entries.row(campaign.campaign.id, handed.entryId)).toMatchObject({ ref: 'C-000003', author: { name: 'Awa' } })
    expect(await faults()).toEqual([])
  })

  // Seed 8687: a copied browser took a new name with work that its twin had handed in, and something on the way refused one change of it.
  it('[SE15] nor does the place of one that is handed over and was known already, from the device before it took a new name', async () => {
    const known = author.record()
    await author.push(known)
    const renamed = await campaign.join('volunteer')
    const handed = { ...known, deviceSeq: renamed.record().deviceSeq }
    const last = renamed.record()
    const run = renamed.seal([handed, last])
    const place = { campaignId: campaign.campaign.id, deviceId: renamed.person.device.id }
    const missing = async () => [(await opened.store.changes.chain(place.campaignId, place.deviceId)).missing, (await opened.store.members.devices(place.campaignId)).find(({ id }) => id === place.deviceId)?.missing]
    await renamed.send({ ...run, prevHash: sha256Of(linkText(place, { deviceSeq: handed.deviceSeq, changeHash: sha256Of(changeText(handed)), prevHash: run.prevHash })), changes: [last] })
    expect(await missing()).toEqual([[1], [1]])
    const handOver = async () => quarantineBytes(renamed.context, renamed.actor, { epoch: await opened.store.epoch(), ...place, id: handed.id, bytes: Buffer.from(JSON.stringify(handed)).toString('base64') })
    for (const once of [await handOver(), await handOver()]) expect(once.results).toMatchObject([{ status: 'duplicate', seq: 1 }])
    expect(await missing()).toEqual([[], []])
    expect((await all()).map(({ id }) => id)).toEqual([known.id, last.id])
    expect(await faults()).toEqual([])
  })

  // Seed 18661: a record that something on the way refused was released, and came with its chain after all.
  it('[SE15] what was released and comes with its chain after all is the same again, and fills its place', async () => {
    const record = author.record()
    const run = author.seal([record])
    await quarantineBytes(author.context, author.actor, { epoch: await opened.store.epoch(), campaignId: campaign.campaign.id, deviceId: author.person.device.id, id: record.id, bytes: Buffer.from(JSON.stringify(record)).toString('base64') })
    await coordinator.push(coordinator.change('release', { change: record.id }, { entryId: record.entryId }))
    for (const again of [await author.send(run), await author.send(run)]) expect(again.results).toMatchObject([{ id: record.id, status: 'duplicate', seq: 1, ref: 'C-000001' }])
    expect((await author.push(author.change('revise', { set: { severity: 5 }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id }))).results).toMatchObject([{ status: 'stored' }])
    expect(await opened.store.changes.chain(campaign.campaign.id, author.person.device.id)).toMatchObject({ highDeviceSeq: 2, missing: [] })
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ ref: 'C-000001', severity: 5 })
    expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 1, differing: [] })
    expect(await faults()).toEqual([])
  })

  it('[ST8] a true change that comes when another one of its name was released counts for nothing, and rebuilding agrees', async () => {
    const record = author.record()
    const forged = { ...record, body: { content: aChallenge({ description: 'Other words, by somebody.' }) } }
    await quarantineBytes(author.context, author.actor, { epoch: await opened.store.epoch(), campaignId: campaign.campaign.id, deviceId: author.person.device.id, id: record.id, bytes: Buffer.from(JSON.stringify(forged)).toString('base64') })
    await coordinator.push(coordinator.change('release', { change: record.id }, { entryId: record.entryId }))
    expect((await author.push(record)).results).toMatchObject([{ status: 'quarantined' }])
    expect((await opened.store.entries.row(campaign.campaign.id, record.entryId))?.text).toContain('Other words')
    expect(await opened.store.entries.rebuild(campaign.campaign.id)).toEqual({ entries: 1, differing: [] })
  })

  it('[SE16] changes that an entry and its revision share a run are judged one after the other', async () => {
    const record = author.record()
    const { results } = await author.push(record, author.change('revise', { set: { severity: 5 }, unset: [], answers: [] }, { entryId: record.entryId, base: record.id }), author.change('withdraw', {}, { entryId: record.entryId }), author.change('withdraw', {}, { entryId: 'ffffffff-ffff-7fff-8fff-ffffffffffff' as EntryId }))
    expect(results.map(({ status, problem }) => problem ?? status)).toEqual(['stored', 'stored', 'stored', 'unknown-entry'])
    expect(await opened.store.entries.row(campaign.campaign.id, record.entryId)).toMatchObject({ severity: 5, state: 'withdrawn' })
  })
})
