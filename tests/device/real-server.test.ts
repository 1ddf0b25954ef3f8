import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeFrom } from '#domain/change.ts'
import type { ChangeBody } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryId } from '#domain/ids.ts'
import { createQuestionId } from '#domain/new-ids.ts'
import type { Device } from '#device/device.ts'
import type { FetchInit, FetchResponse } from '#device/device-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { hashContent } from '#protocol/chain.ts'
import { createInvite } from '#server/auth/invites.ts'
import { newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import { bytesOf, chosen } from '../support/unsent.ts'
import { decideAtOnce } from '../support/decide-at-once.ts'
import { testGround } from '../support/test-ground.ts'
import type { TestGround } from '../support/test-ground.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe('the device on the real server', () => {
  it('[SY8] a question asked at the desk is answered on the phone, and the answer is approved', async () => {
    const volunteer = await member('volunteer')
    const desk = await member('coordinator')
    volunteer.ground.setOnline(false)
    const id = await savedChallenge(volunteer.device, { laterField: 'kept' })
    volunteer.ground.setOnline(true)
    expect(await volunteer.device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect((await until(volunteer.device.watchEntry(id), (entry) => entry?.travel === 'received'))?.state.ref).toMatch(/^C-\d{6}$/)

    const question = createQuestionId(desk.ground.clock, desk.ground.chance)
    await decide(desk, id, { verdict: 'askBack', questions: [{ id: question, field: 'severity', text: 'Who told you?' }] })
    await volunteer.device.syncNow()
    const asked = await until(volunteer.device.watchEntry(id), (entry) => entry?.state.review === 'hasIssues')
    expect(asked?.state.questions).toMatchObject([{ id: question, text: 'Who told you?' }])
    expect([...(await until(volunteer.device.memberNames, (names) => names.size > 0)).values()]).toContain('Ruth')

    expect((await volunteer.device.revise(id, { set: { severity: 4 }, unset: [], answers: [question] })).ok).toBe(true)
    expect(await volunteer.device.flush()).toMatchObject({ pendingChanges: 0 })
    await decide(desk, id, { verdict: 'approve', questions: [] })
    await volunteer.device.syncNow()
    expect((await until(volunteer.device.watchEntry(id), (entry) => entry?.state.review === 'approved'))?.state.content).toMatchObject({ severity: 4, laterField: 'kept' })
  })

  it('[CO500] whose role was taken away while the desk was open learns it by the first answer, and nothing that they decided goes out before they may decide again', async () => {
    const [volunteer, desk, boss] = [await member('volunteer'), await member('coordinator'), await member('coordinator')]
    const id = await savedChallenge(volunteer.device)
    await volunteer.device.flush()
    const revision = (await until(volunteer.device.watchEntry(id), (entry) => entry?.travel === 'received'))?.state.revision
    if (revision === undefined) throw new Error('nothing was received')
    const held = await desk.device.held.hold([{ entryId: id, ref: 'C-000001', base: revision, asOf: null, body: { revision, contentHash: 'a'.repeat(64) as never, verdict: 'approve', questions: [] } }], 8_000)
    if (!held.ok) throw new Error('not held')
    const who = (await until(desk.device.membership, (known) => known !== null))?.member.id ?? ''
    expect(await boss.device.api.changeMember(who as never, { role: 'volunteer' })).toEqual({ ok: true, value: null })
    expect(await desk.device.api.fresh(null, null, null)).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'forbidden' } })
    expect(await desk.device.held.send(held.value)).toEqual({ ok: true, value: [] })
    expect((await until(desk.device.membership, (known) => known?.member.role === 'volunteer'))?.abilities).toEqual(['record'])
    expect(await until(desk.device.held.list, (list) => list.length > 0)).toMatchObject([{ ref: 'C-000001' }])
    expect(await boss.device.api.changeMember(who as never, { role: 'coordinator' })).toEqual({ ok: true, value: null })
    desk.device.close()
    const again = await openDevice(desk.ground)
    await again.syncNow()
    await until(again.membership, (known) => known?.member.role === 'coordinator')
    expect(await again.held.send(held.value)).toEqual({ ok: true, value: held.value })
    again.close()
  })

  it('[SY80] what was sent does not come back, and stands here as on the server all the same', async () => {
    const { device, answers } = await member('volunteer')
    const id = await savedChallenge(device, { description: 'The well has run dry.' })
    expect(await device.flush()).toMatchObject({ pendingChanges: 0 })
    expect(answers.filter((text) => text.includes('"results"')).join('')).not.toContain('The well has run dry.')
    const here = (await until(device.watchEntry(id), (entry) => entry?.travel === 'received'))?.state
    const there = await server.context.store.entries.state(server.campaign.id, id)
    expect([here?.ref, here?.receivedAt, here?.head, here?.trail]).toEqual([there?.ref, there?.receivedAt, there?.head, there?.trail])
    device.close()
  })

  it('[SY5] a session that the server has forgotten is renewed by the key', async () => {
    const { device, forgetCookie } = await member('volunteer')
    forgetCookie()
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, attention: null, problem: null })
  })

  it('[SY1] a lost answer leaves one entry and a receipt', async () => {
    const { device, loseAnswers } = await member('volunteer')
    loseAnswers(true)
    const id = await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1 })
    loseAnswers(false)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0 })
    expect(await server.context.store.changes.ofEntry(server.campaign.id, id)).toHaveLength(1)
  })

  it('[SY14] the desk takes the file with everything unsent, once', async () => {
    const { device, ground } = await member('volunteer')
    const desk = await member('coordinator')
    ground.setOnline(false)
    const ids = [await savedChallenge(device), await savedChallenge(device)]
    const file = await device.exportUnsent()
    expect([file.isSealed, file.entries]).toEqual([true, 2])
    expect(await desk.device.api.importSealed(chosen(await bytesOf(file)), () => undefined)).toMatchObject({ ok: true, value: { accepted: 2, refused: [] } })
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    for (const id of ids) expect(await server.context.store.changes.ofEntry(server.campaign.id, id)).toHaveLength(1)
  })
})

interface Person {
  readonly device: Device
  readonly ground: TestGround
  /** What the server answered, as it came. */
  readonly answers: readonly string[]
  readonly forgetCookie: () => void
  readonly loseAnswers: (lose: boolean) => void
}

async function member(role: 'volunteer' | 'coordinator'): Promise<Person> {
  const { url } = await createInvite(server.context, { campaignId: server.campaign.id, role, uses: 1, days: 1, note: null, createdBy: null })
  let [cookie, isLossy] = ['', false]
  const answers: string[] = []
  const fetch = async (path: string, { method, headers, body }: FetchInit): Promise<FetchResponse> => {
    const response = await server.app.inject({ method: method as 'GET', url: path, headers: { ...headers, ...(cookie === '' ? {} : { cookie }) }, ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : Buffer.from(body) }) })
    const set = response.headers['set-cookie']
    if (set !== undefined) cookie = String(set).split(';')[0] ?? ''
    answers.push(response.body)
    if (isLossy) throw new TypeError('Failed to fetch')
    return { status: response.statusCode, headers: { get: (name) => (response.headers[name] === undefined ? null : String(response.headers[name])) }, text: () => Promise.resolve(response.body) }
  }
  const ground = testGround({ databaseName: newDatabaseName(), fetch, seed: url })
  const device = await openDevice(ground)
  const joined = await device.join({ invite: url.split('#')[1] ?? '', name: role === 'volunteer' ? 'Awa' : 'Ruth', language: 'en' })
  expect(joined).toMatchObject({ ok: true, value: { member: { role } } })
  return {
    device, ground, answers,
    forgetCookie: () => {
      cookie = ''
    },
    loseAnswers: (lose) => {
      isLossy = lose
    },
  }
}

/** What the desk does: reads the entry from the server, folds it, and decides on what it read. */
async function decide({ device, ground }: Person, id: EntryId, verdict: Pick<ChangeBody<'decide'>, 'verdict' | 'questions'>): Promise<void> {
  const read = await device.api.entry(id)
  if (!read.ok) throw new Error(read.problem.code)
  const state = foldEntry(read.value.changes.flatMap(({ change, ...known }) => {
    const valid = changeFrom(change)
    return valid === null ? [] : [{ ...known, change: valid, quarantined: known.quarantined !== undefined }]
  }))
  if (state === null) throw new Error('the entry has no record')
  const contentHash = await hashContent(state, ground.crypto.digestText)
  expect((await decideAtOnce(device, { entryId: id, base: state.head, body: { revision: state.revision, contentHash, ...verdict } })).ok).toBe(true)
  expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
}
