import { expect, it } from 'vitest'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { ChangeId, EntryId, MemberId } from '#domain/ids.ts'
import { aChallenge } from '../support/contents.ts'
import { reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'

const { closeLater, join: joinOne } = phonesOfTests()
const join = async (): Promise<Phone & { readonly memberId: MemberId }> => {
  const phone = await joinOne()
  const membership = await until(phone.device.membership, (known) => known !== null)
  return { ...phone, memberId: membership?.member.id ?? ('' as never) }
}

const otherPhone = { deviceId: '01890000-0000-7000-8000-0000000000d9' as never, receivedAt: '2026-03-01T10:00:00Z' as never }
const id = (end: string) => `01890000-0000-7000-8000-0000000003${end}`

/** What the same person wrote on another phone, as the server tells it. */
function fromOtherPhone({ server, memberId }: Awaited<ReturnType<typeof join>>, change: Pick<ChangeEnvelope, 'entryId' | 'type' | 'base' | 'body'>, end: string): ChangeId {
  const whole = { v: 1 as const, id: id(end) as ChangeId, deviceSeq: 7, salt: 'A'.repeat(22), recordedAt: '2026-03-01T09:00:00Z' as never, appVersion: 'x', ...change }
  server.addItem((seq) => ({ seq, ...otherPhone, memberId, change: whole }))
  return whole.id
}
const revise = ({ device }: Phone, entry: EntryId, severity: number) => device.revise(entry, { set: { severity }, unset: [], answers: [] })
const sent = ({ server }: Phone) => server.stored().map(({ change }) => [change.type, (change.body as { readonly set?: { readonly severity?: number } }).set?.severity ?? null])

it('[SY75] after a restore what the same person wrote on two phones goes in the order that it had, so that no older words come to lie over newer ones', async () => {
  const phone = await join()
  const { device, server } = phone
  const entry = await savedChallenge(device)
  await device.flush()
  fromOtherPhone(phone, { entryId: entry, type: 'revise', base: server.stored()[0]?.change.id ?? null, body: { set: { severity: 4 }, unset: [], answers: [] } }, '01')
  await device.flush()
  expect(await until(device.watchEntry(entry), (one) => one?.state.content.kind === 'challenge' && one.state.content.severity === 4)).not.toBeNull()
  await revise(phone, entry, 5)
  await device.flush()
  server.restore(1)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(sent(phone)).toEqual([['record', null], ['revise', 4], ['revise', 5]])
  expect(await until(device.watchEntry(entry), (one) => one?.travel !== 'here' && one?.state.seq === 3)).toMatchObject({ state: { content: { severity: 5 }, conflicts: [] } })
  // In the chain that was begun: nothing of it was given away.
  expect(new Set(server.syncs().map(({ deviceId }) => deviceId)).size).toBe(1)
})

it('[SY75] the entry goes before what was written on it, and both stand so on the phone while they wait, also after a kill', async () => {
  const phone = await join()
  const { device, server, ground } = phone
  const entry = id('90') as EntryId
  fromOtherPhone(phone, { entryId: entry, type: 'record', base: null, body: { content: { ...aChallenge(), severity: 3 } } }, '11')
  await device.flush()
  fromOtherPhone(phone, { entryId: entry, type: 'revise', base: id('11') as ChangeId, body: { set: { severity: 4 }, unset: [], answers: [] } }, '12')
  await device.flush()
  await revise(phone, entry, 5)
  await device.flush()
  server.restore(0)
  server.fault({ after: (path, answer) => (path === '/sync' && answer.status === 200 ? 'no-answer' : answer), before: (path) => (path === '/sync' && server.syncs().some(({ epoch }) => epoch === 'epoch-1') ? 'no-answer' : undefined) })
  await device.flush()
  await revise(phone, entry, 2)
  expect(await until(device.watchEntry(entry), (one) => one?.pendingChanges === 4)).toMatchObject({ state: { content: { severity: 2 }, conflicts: [] } })
  device.close()
  server.fault({})
  const again = await reopened({ device, server, ground })
  closeLater(again)
  expect(await again.device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(sent(phone)).toEqual([['record', null], ['revise', 4], ['revise', 5], ['revise', 2]])
})

it('[SY77] a phone that joins again after a restore sends again what that server has lost, under its new name', async () => {
  const phone = await join()
  const { device, server } = phone
  const [kept, lost] = [await savedChallenge(device), await savedChallenge(device)]
  await revise(phone, lost, 5)
  await device.flush()
  server.restore(1)
  server.revoke()
  expect(await device.flush()).toMatchObject({ attention: 'join-again' })
  expect(await device.join({ invite: 'j'.repeat(22), name: 'Amal', language: 'en' })).toMatchObject({ ok: true })
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null, attention: null })
  expect(server.stored().map(({ change: { type, entryId } }) => [type, entryId])).toEqual([['record', kept], ['record', lost], ['revise', lost]])
  expect(await until(device.watchEntry(lost), (one) => one?.travel === 'received')).toMatchObject({ state: { content: { severity: 5 } } })
})
