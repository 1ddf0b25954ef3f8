import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Device } from '#device/device.ts'
import { newDatabaseName, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import { phoneOn, realPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => void (server = await startTestServer()))
afterAll(() => server.close())

async function codeOf(device: Device) {
  const code = await device.askToMove()
  if (!code.ok) throw new Error(code.problem.code)
  return code.value
}

it('[DS58] a code brings the member, the entries and the begun words into another browser, as another device', async () => {
  const tab = await realPhone(server)
  const id = await savedChallenge(tab.device)
  await tab.device.flush()
  const older = await tab.device.createDraft('challenge')
  await tab.device.writeDraft(older.id, { fields: { topic: 'WSH', description: 'نقطة المياه بعيدة “والناس” ينتظرون.' }, step: 'words' })
  const draft = await tab.device.createDraft('action')
  await tab.device.writeDraft(draft.id, { fields: { title: 'Masks', consentPhoto: true }, step: 'status' })
  await tab.device.addPhoto(draft.id, onePixelPhoto())
  await tab.device.writeBegun(id, { fields: { placeName: 'Kajulu', adm1Name: undefined }, comment: 'Two' })

  const code = await codeOf(tab.device)
  expect([code.drafts, code.photosLeft, Date.parse(code.expiresAt) > 0]).toEqual([3, 1, true])
  const app = await phoneOn(server, newDatabaseName())
  const joined = await app.device.joinByCode(`  “${code.text}”\n`, 'ar')
  expect(joined).toMatchObject({ ok: true, value: { member: { id: tab.device.membership.get()?.member.id, name: 'Awa' } } })
  expect(joined.ok && joined.value.deviceId).not.toBe(tab.device.membership.get()?.deviceId)
  // Each is made and then written: what a screen watches may show it between the two.
  const drafts = await until(app.device.drafts, (all) => all.length === 2 && all.every(({ step }) => step !== ''))
  expect(drafts.map(({ kind, step, content }) => [kind, step, content])).toEqual([
    ['action', 'status', { kind: 'action', title: 'Masks' }], ['challenge', 'words', { kind: 'challenge', topic: 'WSH', description: 'نقطة المياه بعيدة “والناس” ينتظرون.' }],
  ])
  expect((await until(app.device.begun, (all) => all.length === 1))[0]).toMatchObject({ entryId: id, fields: { placeName: 'Kajulu', adm1Name: undefined }, comment: 'Two' })
  await app.device.flush()
  const [entry] = await until(app.device.entries, (entries) => entries.length === 1)
  expect([entry?.state.id, entry?.isMine, entry?.travel]).toEqual([id, true, 'received'])

  // Both go on, each with its own chain, and see each other's words.
  expect((await app.device.comment(id, 'From the app.', 'en')).ok).toBe(true)
  expect(await app.device.flush()).toMatchObject({ pendingChanges: 0, problem: null, attention: null })
  await tab.device.flush()
  expect((await until(tab.device.watchEntry(id), (one) => one?.state.comments.length === 1))?.state.comments[0]?.text).toBe('From the app.')
  for (const { device } of [tab, app]) device.close()
})

it('[DS58] a code is good once, and what is no code is refused before anything is asked', async () => {
  const tab = await realPhone(server)
  const { text } = await codeOf(tab.device)
  const [first, second] = [await phoneOn(server, newDatabaseName()), await phoneOn(server, newDatabaseName())]
  expect((await first.device.joinByCode(text, 'en')).ok).toBe(true)
  expect(await second.device.joinByCode(text, 'en')).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'invite-invalid' } })
  for (const wrong of ['', 'hello', 'Terrain {}', text.slice(0, -9), text.replace('"v":1', '"v":2')]) {
    expect(await second.device.joinByCode(wrong, 'en')).toEqual({ ok: false, problem: { kind: 'refused', code: 'not-a-code' } })
  }
  expect(second.device.membership.get() ?? null).toBeNull()
  expect(await until(second.device.drafts, () => true)).toEqual([])
  for (const { device } of [tab, first, second]) device.close()
})
