import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EntryId, Instant } from '#domain/ids.ts'
import type { Begun, Device, Draft } from '#device/device.ts'
import { keepBrought, takeBack } from '#device/store/brought.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createInvite } from '#server/auth/invites.ts'
import { newDatabaseName, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import { plantQuota } from '../support/planted-quota.ts'
import { copyDatabase, phoneOn, realPhone } from '../support/real-phone.ts'
import type { RealPhone } from '../support/real-phone.ts'
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

/** Every field that a draft can have: one more does not compile until it is here, and then arrives or fails. Photos on their way stay, as those that came do. */
const whole: Required<Omit<Draft, 'photosComing'>> = {
  id: '019ca869-5004-7bd9-8037-7f11614bd0f1' as EntryId, kind: 'action', content: { kind: 'action', title: 'Masks', lat: 18.5, lon: -72.3 }, step: 'answers',
  answers: [{ to: '019ca869-5004-7bd9-8037-7f11614bd0f2' as EntryId, coverage: 'partly' }], updateOf: '019ca869-5004-7bd9-8037-7f11614bd0f3' as EntryId,
  placePrecision: 'exact', focus: 'title', startedAt: '2026-02-27T08:00:00.000Z' as Instant, updatedAt: '2026-02-28T08:00:00.000Z' as Instant,
}
const begun: Required<Begun> = {
  entryId: '019ca869-5004-7bd9-8037-7f11614bd0f4' as EntryId, fields: { placeName: 'Kajulu', adm1Name: undefined }, comment: 'Two', commentLang: 'fr', reasons: { withdraw: 'They asked for it.', erase: 'It names them.' }, focus: 'placeName', updatedAt: '2026-02-28T09:00:00.000Z' as Instant,
}

/** A phone with one draft and one change that was begun, each with all that it can have. */
async function fullPhone(): Promise<RealPhone> {
  const phone = await realPhone(server)
  const db = new DeviceDatabase(phone.ground.databaseName)
  await db.drafts.put({ sv: 1, ...whole })
  await db.begun.put({ sv: 1, ...begun, fields: { placeName: 'Kajulu', adm1Name: null } })
  db.shut()
  await until(phone.device.drafts, (all) => all.length === 1)
  return phone
}

async function rowsIn({ ground: { databaseName } }: RealPhone) {
  const db = new DeviceDatabase(databaseName)
  const rows = { drafts: await db.drafts.toArray(), begun: await db.begun.toArray() }
  db.shut()
  return rows
}

it('[DS90] a draft and what was begun arrive with every field that they have; only the draft gets another name', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const app = await phoneOn(server, newDatabaseName())
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
  const [draft] = await until(app.device.drafts, (all) => all.length === 1)
  const { id, ...others } = whole
  for (const field of Object.keys(others) as (keyof typeof others)[]) expect([field, draft?.[field]]).toEqual([field, whole[field]])
  expect(draft?.id).not.toBe(id)
  const [arrived] = await until(app.device.begun, (all) => all.length === 1)
  for (const field of Object.keys(begun) as (keyof Begun)[]) expect([field, arrived?.[field]]).toEqual([field, begun[field]])
  for (const { device } of [tab, app]) device.close()
})

it('[DS90] a code of an older version, which has less, arrives as before', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const { invite } = JSON.parse(text.slice(text.indexOf('{'))) as { readonly invite: string }
  const older = { v: 1, invite, name: 'Awa', drafts: [{ kind: 'action', step: 'type', fields: { title: 'Newer' } }, { kind: 'challenge', step: 'words', fields: { description: 'Older' } }], begun: [{ entryId: begun.entryId, fields: { placeName: 'Kajulu' }, comment: '' }] }
  const app = await phoneOn(server, newDatabaseName())
  expect(await app.device.joinByCode(`Terrain ${JSON.stringify(older)}`, 'en')).toMatchObject({ ok: true })
  const drafts = await until(app.device.drafts, (all) => all.length === 2)
  expect(drafts.map(({ kind, step, answers, content }) => [kind, step, answers, content.title ?? content.description])).toEqual([['action', 'type', [], 'Newer'], ['challenge', 'words', [], 'Older']])
  expect(await until(app.device.begun, (all) => all.length === 1)).toMatchObject([{ fields: { placeName: 'Kajulu' }, comment: '', focus: null }])
  for (const { device } of [tab, app]) device.close()
})

describe.each(['request', 'abort', 'commit'] as const)('a storage that is full, said by the %s', (shape) => {
  it('[DS91] what a code brings is kept before the code is used: where that fails nothing has changed, and the code is still good', async () => {
    const tab = await fullPhone()
    const { text } = await codeOf(tab.device)
    const quota = plantQuota(shape)
    const app = await phoneOn(server, newDatabaseName())
    const asked: string[] = []
    app.wire.before = (path) => void asked.push(path)
    quota.leave(-1)
    expect(await app.device.joinByCode(text, 'en')).toEqual({ ok: false, problem: { kind: 'refused', code: 'storage-full' } })
    expect([asked, await rowsIn(app), app.device.membership.get() ?? null]).toEqual([[], { drafts: [], begun: [] }, null])

    quota.leave(1_000_000)
    expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
    const { drafts, begun: rows } = await rowsIn(app)
    expect([drafts.length, rows.length]).toEqual([1, 1])
    for (const { device } of [tab, app]) device.close()
  })

  it('[DS91] so it is where the code brings no words, and name and key find no room', async () => {
    const tab = await realPhone(server)
    const { text } = await codeOf(tab.device)
    const quota = plantQuota(shape)
    const app = await phoneOn(server, newDatabaseName())
    quota.leave(-1)
    expect(await app.device.joinByCode(text, 'en')).toEqual({ ok: false, problem: { kind: 'refused', code: 'storage-full' } })
    quota.leave(1_000_000)
    expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
    for (const { device } of [tab, app]) device.close()
  })
})

it('[DS91] where the join fails nothing of it stays; pasted again after a lost answer it is there once', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const app = await phoneOn(server, newDatabaseName())
  app.wire.after = (path) => {
    if (path.endsWith('/join')) throw new TypeError('the line is gone')
  }
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
  expect(await rowsIn(app)).toEqual({ drafts: [], begun: [] })
  app.wire.after = () => undefined
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
  const { drafts, begun: rows } = await rowsIn(app)
  expect([drafts.length, rows.length]).toEqual([1, 1])
  for (const { device } of [tab, app]) device.close()
})

it('[DS91] a browser killed between the two has the words once when the code is pasted again', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const killed = await phoneOn(server, newDatabaseName())
  // The copy is what the disk holds while the request is on its way.
  let copy = ''
  const copied = Promise.withResolvers<undefined>()
  killed.wire.before = (path) => {
    if (path.endsWith('/join')) void copyDatabase(killed.ground.databaseName).then((name) => (copy = name)).finally(() => copied.resolve(undefined))
    throw new TypeError('the browser is gone')
  }
  await killed.device.joinByCode(text, 'en')
  await copied.promise
  const again = await phoneOn(server, copy)
  expect(await again.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
  const { drafts, begun: rows } = await rowsIn(again)
  expect([drafts.length, rows.length]).toEqual([1, 1])
  for (const { device } of [tab, killed, again]) device.close()
})

it('[DS91] what was being written here on the same entry stays, and what the code has besides is added', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const app = await phoneOn(server, newDatabaseName())
  await app.device.writeBegun(begun.entryId, { fields: { adm1Name: 'Kisumu' }, comment: 'Three' })
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: true })
  expect(await until(app.device.begun, ([one]) => one?.fields['placeName'] === 'Kajulu')).toMatchObject([{ fields: { placeName: 'Kajulu', adm1Name: 'Kisumu' }, comment: 'Three' }])
  for (const { device } of [tab, app]) device.close()
})

it('[DS91] the same code pasted once more takes nothing away of what it brought, nor the photo that was taken since', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const app = await phoneOn(server, newDatabaseName())
  expect((await app.device.joinByCode(text, 'en')).ok).toBe(true)
  const [arrived] = await until(app.device.drafts, (all) => all.length === 1)
  if (arrived === undefined) throw new Error('no draft arrived')
  expect((await app.device.addPhoto(arrived.id, onePixelPhoto())).ok).toBe(true)
  const before = await rowsIn(app)
  expect(before.drafts[0]?.content.photos).toHaveLength(1)
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: false })
  expect(await rowsIn(app)).toEqual(before)
  for (const { device } of [tab, app]) device.close()
})

it('[DS91] where the join fails what was being written here on the same entry is as it was', async () => {
  const tab = await fullPhone()
  const { text } = await codeOf(tab.device)
  const app = await phoneOn(server, newDatabaseName())
  await app.device.writeBegun(begun.entryId, { fields: { adm1Name: 'Kisumu' }, comment: '' })
  const before = await rowsIn(app)
  app.wire.before = () => {
    throw new TypeError('offline')
  }
  expect(await app.device.joinByCode(text, 'en')).toMatchObject({ ok: false })
  expect(await rowsIn(app)).toEqual(before)
  for (const { device } of [tab, app]) device.close()
})

it('[DS91] what is taken back after a join that failed is only what nobody has gone on with', async () => {
  const { device, ground } = await realPhone(server)
  const db = new DeviceDatabase(ground.databaseName)
  const other = '019ca869-5004-7bd9-8037-7f11614bd0f5' as EntryId
  const kept = await keepBrought(db, { drafts: [{ sv: 1, ...whole }, { sv: 1, ...whole, id: other }], begun: [{ sv: 1, ...begun }] })
  if (!kept.ok) throw new Error(kept.problem.kind)
  // While the request is on its way another window finds a draft and takes a photo.
  expect((await device.addPhoto(whole.id, onePixelPhoto())).ok).toBe(true)
  await takeBack(db, kept.value)
  expect([(await db.drafts.toArray()).map(({ id }) => id), await db.begun.toArray()]).toEqual([[whole.id], []])
  db.shut()
  device.close()
})

it('[DS91] it is there too where the storage made room for another campaign', async () => {
  const other = (await server.context.store.campaigns.list()).find(({ id }) => id !== server.campaign.id)?.id ?? ''
  const { url } = await createInvite(server.context, { campaignId: other as never, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
  const app = await phoneOn(server, newDatabaseName())
  expect(await app.device.join({ invite: url.split('#')[1] ?? '', name: 'Awa', language: 'en' })).toMatchObject({ ok: true })
  await app.device.flush()
  const tab = await fullPhone()
  expect(await app.device.joinByCode((await codeOf(tab.device)).text, 'en')).toMatchObject({ ok: true, value: { campaign: { id: server.campaign.id } } })
  const { drafts, begun: rows } = await rowsIn(app)
  expect([drafts.map(({ step }) => step), rows.map(({ comment }) => comment)]).toEqual([['answers'], ['Two']])
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

it('[DS140] another phone of its author shows what the server has set aside, too', async () => {
  const tab = await realPhone(server)
  const id = await savedChallenge(tab.device)
  await tab.device.flush()
  const { id: author } = (tab.device.membership.get() ?? fail()).member
  await server.context.store.persons.setAside(server.campaign.id, author, { since: '2020-01-01T00:00:00Z' as Instant, by: { memberId: author, deviceId: null, at: new Date(0).toISOString() as Instant }, reason: 'too many at once' })
  const app = await phoneOn(server, newDatabaseName())
  expect(await app.device.joinByCode((await codeOf(tab.device)).text, 'en')).toMatchObject({ ok: true })
  await app.device.flush()
  const [entry] = await until(app.device.entries, (entries) => entries.length === 1)
  expect([entry?.state.id, entry?.isMine, entry?.travel, entry?.isAside]).toEqual([id, true, 'received', true])
  // Once a coordinator lets it count nothing more is said of it.
  const desk = await server.join('coordinator')
  await desk.push([desk.change('release', { change: entry?.state.revision ?? fail(), reason: 'It was a workshop.' }, { entryId: id })])
  await app.device.flush()
  expect((await until(app.device.entries, ([first]) => first?.isAside === undefined))[0]?.travel).toBe('received')
  for (const { device } of [tab, app]) device.close()
})

function fail(): never {
  throw new Error('no membership')
}
