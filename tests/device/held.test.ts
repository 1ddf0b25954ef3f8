import { describe, expect, it } from 'vitest'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { alreadyHeld } from '#device/held-decisions.ts'
import type { DecisionInput } from '#device/held-decisions.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { writeMembership } from '#device/store/identity.ts'
import { readMeta } from '#device/store/meta.ts'
import type { OwnMembership } from '#device/store/meta.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, reopened, until } from '../support/phone.ts'

const id = (number: number) => `01890000-0000-7000-8000-0000000000${String(number).padStart(2, '0')}`
const aDecision = (number: number): DecisionInput => ({
  entryId: id(number) as EntryId, ref: `C-0000${String(number).padStart(2, '0')}`, base: id(number + 50) as ChangeId, asOf: { epoch: 'one', seq: 7 },
  body: { revision: id(number + 50) as ChangeId, contentHash: 'a'.repeat(64) as never, verdict: 'reject', reason: 'Twice.', questions: [] },
})
const desk = () => {
  const server = createFakeServer({ role: 'coordinator' })
  return joinedPhone({ server }).then((phone) => ({ ...phone, server }))
}
const kept = async (device: Awaited<ReturnType<typeof desk>>['device'], decisions: readonly DecisionInput[], forMs = 8_000) => {
  const held = await device.held.hold(decisions, forMs)
  if (!held.ok) throw new Error('not held')
  return held.value
}

describe('a decision that is held', () => {
  it('[CO51] is in no outbox until it is sent, and is the same change then', async () => {
    const { device, server } = await desk()
    const [change] = await kept(device, [aDecision(1)])
    expect(await device.flush()).toMatchObject({ pendingChanges: 0 })
    expect(server.stored()).toEqual([])
    expect(await until(device.held.list, (list) => list.length === 1)).toMatchObject([{ ...aDecision(1), id: change, rival: null }])
    expect(await device.held.send(change === undefined ? [] : [change])).toEqual({ ok: true, value: [change] })
    await device.flush()
    expect(server.stored().map(({ change: stored }) => stored.id)).toEqual([change])
    expect(await until(device.held.list, (list) => list.length === 0)).toEqual([])
  })

  it('[CO51] taken back it leaves neither a change nor a gap in the chain, and after it went out it cannot be taken back', async () => {
    const { device, server } = await desk()
    const [first, second] = await kept(device, [aDecision(1), aDecision(2)])
    if (first === undefined || second === undefined) throw new Error('not held')
    expect(await device.held.takeBack([first])).toEqual([first])
    await device.held.send([first, second])
    await device.flush()
    expect(server.stored().map(({ change }) => [change.id, change.deviceSeq])).toEqual([[second, 1]])
    expect(await device.held.takeBack([second])).toEqual([])
  })

  it('[CO220] one entry is held once, also when two windows decide at the same moment; the second is refused whole', async () => {
    const { device } = await desk()
    const [one, other] = await Promise.all([device.held.hold([aDecision(1), aDecision(2)], 8_000), device.held.hold([aDecision(2), aDecision(3)], 8_000)])
    expect([one.ok, other]).toEqual([true, { ok: false, problem: { kind: 'storage-failed', name: 'already-held' } }])
    expect(await until(device.held.list, (list) => list.length > 0)).toMatchObject([aDecision(1), aDecision(2)])
  })

  it('[CO220] one whose decision was taken back, or stopped, can be decided on again', async () => {
    const { device } = await desk()
    const [first, second] = await kept(device, [aDecision(1), aDecision(2)])
    if (first === undefined || second === undefined) throw new Error('not held')
    await device.held.takeBack([first])
    await device.held.stop(second, { name: 'Jean', verdict: 'approve' })
    expect(await kept(device, [aDecision(1), aDecision(2)])).toHaveLength(2)
  })

  it('[CO221] those that were made together are known as such, whenever they are due', async () => {
    const { device } = await desk()
    await kept(device, [aDecision(1), aDecision(2)])
    await kept(device, [aDecision(3)])
    const list = await until(device.held.list, (all) => all.length === 3)
    expect(list.map(({ batch }) => list.findIndex(({ id: own }) => own === batch))).toEqual([0, 0, 2])
  })

  it('[CO51] sent and taken back at the same moment it is one or the other', async () => {
    const { device, server } = await desk()
    const ids = await kept(device, [aDecision(1), aDecision(2), aDecision(3)])
    const [sent, back] = await Promise.all([device.held.send(ids), device.held.takeBack(ids), device.held.send(ids)])
    await device.flush()
    const stored = server.stored().map(({ change }) => change.id)
    expect([...stored, ...back].toSorted()).toEqual([...ids].toSorted())
    expect(sent.ok).toBe(true)
  })

  it('[CO51] a desk that is closed meanwhile has it: it goes out at the next start', async () => {
    const phone = await desk()
    const [change] = await kept(phone.device, [aDecision(1)], -1_000)
    const { device } = await reopened(phone)
    await until(device.held.list, (list) => list.length === 0)
    await device.flush()
    expect(phone.server.stored().map(({ change: stored }) => stored.id)).toEqual([change])
  })

  it('[CO600] one that went out is known until it was seen what became of it, also after a start; decided on again, it is the newer one', async () => {
    const phone = await desk()
    const [first, second] = await kept(phone.device, [aDecision(1), aDecision(2)], -1_000)
    await kept(phone.device, [aDecision(3)])
    const { device } = await reopened(phone)
    const writing = await device.openWriting()
    expect(await until(writing.sentDecisions, (list) => list.length > 0)).toMatchObject([{ id: first, entryId: id(1), ref: 'C-000001', verdict: 'reject' }, { id: second, entryId: id(2), ref: 'C-000002', verdict: 'reject' }])
    await device.flush()
    await writing.seen(second === undefined ? [] : [second])
    const [again] = await kept(device, [aDecision(1)])
    await device.held.send(again === undefined ? [] : [again])
    expect(await until(writing.sentDecisions, ([one]) => one?.id === again)).toMatchObject([{ id: again, entryId: id(1) }])
  })

  it('[CO806] an entry whose decision lies in the outbox takes no other one, at no start and in no window', async () => {
    const phone = await desk()
    phone.server.fault({ before: () => 'no-answer' })
    const [change] = await kept(phone.device, [aDecision(1)], -1_000)
    const { device } = await reopened(phone)
    const { sentDecisions } = await device.openWriting()
    expect(await until(sentDecisions, (list) => list.length > 0)).toMatchObject([{ id: change, isWaiting: true }])
    expect(await device.held.hold([aDecision(2), aDecision(1)], 8_000)).toMatchObject({ ok: false, problem: alreadyHeld })
    expect(await until(device.held.list, () => true)).toEqual([])
  })

  it('[CO51] one that was taken back before is not there after the next start, and one that was stopped waits for a person', async () => {
    const phone = await desk()
    const [first, second] = await kept(phone.device, [aDecision(1), aDecision(2)], -1_000)
    if (first === undefined || second === undefined) throw new Error('not held')
    await phone.device.held.takeBack([first])
    await phone.device.held.stop(second, { name: 'Jean', verdict: 'approve' })
    const { device } = await reopened(phone)
    await device.flush()
    expect(await device.held.send([second])).toEqual({ ok: true, value: [] })
    expect(phone.server.stored()).toEqual([])
    expect(await until(device.held.list, (list) => list.length === 1)).toMatchObject([{ id: second, rival: { name: 'Jean', verdict: 'approve' } }])
  })

  it('[DS41] keeps the storage in its campaign until it is sent or taken back; what was stopped goes with the campaign', async () => {
    const { device, ground } = await desk()
    const [change, stopped] = [...(await kept(device, [aDecision(1)])), ...(await kept(device, [aDecision(2)]))]
    if (change === undefined || stopped === undefined) throw new Error('not held')
    await device.held.stop(stopped, { by: 'Ruth', verdict: 'approve', at: '2026-03-02T08:00:00.000Z' } as never)
    const db = new DeviceDatabase(ground.databaseName)
    const own = (await readMeta(db, 'membership')) as OwnMembership
    const elsewhere = { ...own, membership: { ...own.membership, campaign: { ...own.membership.campaign, id: id(99) as never } } }
    expect(await writeMembership(db, elsewhere, 'another')).toEqual({ ok: false, problem: 'unsent-here' })
    expect(await readMeta(db, 'held')).toHaveLength(2)
    await device.held.takeBack([change])
    expect(await writeMembership(db, elsewhere, 'another')).toEqual({ ok: true, value: null })
    expect(await readMeta(db, 'held')).toBeUndefined()
    db.shut()
  })
})
