import { describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { EntryId, QuestionId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { openDevice } from '#device/open-device.ts'
import { fail, ok } from '#domain/result.ts'
import { answeredBy } from '#device/sync/answered-by.ts'
import { backoffMs } from '#device/sync/backoff.ts'
import { bytesToBase64, bytesToBase64Url, utf8Bytes } from '#device/base64.ts'
import { bundleSchema } from '#protocol/bundle.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { createFakeServer, problem, text } from '../support/fake-server.ts'
import { joinedPhone, newDatabaseName, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import { createLocks, testGround } from '../support/test-ground.ts'
import type { TestGround } from '../support/test-ground.ts'
import { bytesOf } from '../support/unsent.ts'

const portal = text('<!doctype html><title>Free WiFi</title>', 200, 'text/html')
const asked = '01890000-0000-7000-8000-00000000000a' as QuestionId

describe('pushing', () => {
  it('[SY1] a lost answer is asked for again, and the double is the receipt', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ after: (path, answer) => (path === '/sync' ? 'no-answer' : answer) })
    const id = await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, phase: 'waiting', problem: { kind: 'unreachable' } })
    server.fault(null)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, phase: 'idle', problem: null })
    expect(server.stored()).toHaveLength(1)
    expect(await until(device.watchEntry(id), (entry) => entry?.travel === 'received')).toMatchObject({ pendingChanges: 0, state: { seq: 1 } })
  })

  it('[SY2] what has a receipt is not sent again', async () => {
    const { device, server } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    await savedChallenge(device)
    await device.flush()
    await device.flush()
    expect(server.stored().map(({ change, quarantined }) => [change.deviceSeq, quarantined])).toEqual([[1, undefined], [2, undefined]])
    expect(server.syncs().flatMap(({ run }) => run?.changes ?? [])).toHaveLength(2)
  })

  it('[SY2] a long outbox goes in runs of at most 500, each sealed behind the one before', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    const draft = await device.createDraft('action')
    const answers = Array.from({ length: 501 }, (_, i) => ({ to: `01890000-0000-7000-8000-${String(i).padStart(12, '0')}` as EntryId, coverage: 'partly' }))
    await device.writeDraft(draft.id, { fields: { ...anAction() }, answers })
    await device.saveDraft(draft.id)
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0 })
    expect(server.stored().map(({ change, quarantined }) => [change.deviceSeq, quarantined])).toEqual(Array.from({ length: 502 }, (_, i) => [i + 1, undefined]))
    expect(server.syncs().flatMap(({ run }) => (run === undefined ? [] : [run.changes.length]))).toEqual([500, 2])
  })

  it('[SY3] an answer of another epoch brings no receipt', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ after: (path, answer) => (path === '/sync' ? text(JSON.stringify({ ...JSON.parse(answer.body), epoch: 'older' })) : answer) })
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, phase: 'waiting' })
    server.fault(null)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0 })
    expect(server.stored()).toHaveLength(1)
  })

  it('[SY4] the page of a captive portal is no receipt', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ before: () => portal })
    const id = await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, problem: { kind: 'unreachable', code: 'not-our-answer' } })
    expect((await until(device.watchEntry(id), (entry) => entry !== null))?.travel).toBe('here')
    server.fault({ before: (path) => (path === '/sync' ? text('{"epoch":"epoch-0"}') : undefined) })
    expect(await device.flush()).toMatchObject({ pendingChanges: 1 })
  })

  it('[SY15] the manifest counts what stays, not what goes', async () => {
    const { device, server, ground } = await joinedPhone({ upload: () => Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' })) })
    ground.setOnline(false)
    await savedWithPhoto(device)
    await savedChallenge(device)
    ground.setOnline(true)
    await device.flush()
    await device.flush()
    expect(server.syncs().at(-1)?.manifest).toEqual({ highDeviceSeq: 2, pendingChanges: 0, pendingFiles: 2, pendingEntries: 1, pendingBytes: 600_003 })
  })

  it('[SY18] a result for something that was not sent says nothing', async () => {
    const { device, server } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    server.fault({ after: (path, answer) => {
      if (path !== '/sync') return answer
      const body = JSON.parse(answer.body)
      return text(JSON.stringify({ ...body, results: body.results.map((result: object) => ({ ...result, id: server.stored()[0]?.change.id })) }))
    } })
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, problem: { code: 'no-receipts' } })
  })

  it.each(['forked', 'mismatch'])('[SY19] a change that is answered "%s" raises the alarm, stays here, and lets the next one pass', async (status) => {
    const { device, server } = await joinedPhone()
    server.fault({ after: (path, answer) => {
      if (path !== '/sync') return answer
      const body = JSON.parse(answer.body)
      return text(JSON.stringify({ ...body, results: body.results.map((result: object) => ({ ...result, status })), items: [] }))
    } })
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, attention: 'alarm' })
    server.fault(null)
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, attention: 'alarm' })
    expect(server.stored()).toHaveLength(2)
  })

  it('[SY16] what changes something carries the own header', async () => {
    const { device, server } = await joinedPhone()
    const headers: unknown[] = []
    server.fault({ before: (_, init) => {
      if (init.method !== 'GET') headers.push(init.headers['x-terrain'])
      return undefined
    } })
    server.endSessions()
    await savedChallenge(device)
    await device.flush()
    expect(headers.length).toBeGreaterThan(2)
    expect(new Set(headers)).toEqual(new Set([(await until(device.membership, (one) => one !== null))?.deviceId]))
  })
})

describe('poison', () => {
  it('[SY6] the one change that cannot be taken is handed over, and the others arrive', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    for (let i = 0; i < 9; i += 1) await savedChallenge(device, { description: i === 5 ? 'poison in the well' : 'nothing in the well' })
    server.fault({ before: (path, { body }) => (path === '/sync' && String(body).includes('poison') ? problem('malformed-request') : undefined) })
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, phase: 'idle' })
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual([1, 2, 3, 4, 5, 7, 8, 9])
    expect(server.stored().some(({ quarantined }) => quarantined !== undefined)).toBe(false)
    expect(server.quarantinedBytes.map((bytes) => JSON.parse(Buffer.from(bytes, 'base64').toString('utf8')).deviceSeq)).toEqual([6])
  })

  it('[SY6] [SY9] it is handed over also to a server that was restored meanwhile', async () => {
    const { device, server, ground } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    ground.setOnline(false)
    await savedChallenge(device, { description: 'poison in the well' })
    await savedChallenge(device)
    // Refused on the way: the server has no chance to say that it is another one now.
    server.fault({ before: (path, { body }) => (path === '/sync' && String(body).includes('poison') ? text('<h1>Too large</h1>', 413, 'text/html') : undefined) })
    server.restore(0)
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null, phase: 'idle' })
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual([1, 3])
    expect(server.quarantinedBytes).toHaveLength(1)
  })

  it.each([['in no way', 413, true, 'http-413'], ['for its words', 403, false, 'http-403'], ['by law', 451, false, 'http-451'], ['with a page of its own', 200, false, 'not-our-answer'], ['by its method', 405, false, 'http-405']] as const)('[SY672] what something before the server lets through %s waits alone, and goes when it does', async (_, status, isTried, code) => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    for (let i = 0; i < 9; i += 1) await savedChallenge(device, { description: i === 5 ? 'select water from well' : 'nothing in the well' })
    server.fault({ before: (path, { body }) => ((path === '/sync' && String(body).includes('select water')) || path === '/sync/quarantine' ? text('<h1>Refused</h1>', status, 'text/html') : undefined) })
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, phase: 'waiting', problem: { kind: 'unreachable', code } })
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual([1, 2, 3, 4, 5, 7, 8, 9])
    expect(server.requests.filter(({ path }) => path === '/sync/quarantine').length > 0).toBe(isTried)
    server.fault(null)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, phase: 'idle', problem: null })
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 6])
    expect(server.quarantinedBytes).toEqual([])
  })

  it.each([403, 200])('[SY672] where everything is forbidden (%i), what waits is not sent again by halves', async (status) => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    for (let i = 0; i < 9; i += 1) await savedChallenge(device)
    const before = server.requests.length
    server.fault({ before: (path) => (path === '/sync' ? text('<h1>Buy time</h1>', status, 'text/html') : undefined) })
    ground.setOnline(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 9, phase: 'waiting' })
    expect(server.requests.length - before).toBeLessThan(6)
  })

  it('[SY780] a line that lets only small requests through gets them, and all of it arrives once', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    for (let i = 0; i < 40; i += 1) await savedChallenge(device)
    server.fault({ before: (path, { body }) => (path === '/sync' && String(body).length > 12_000 ? late(ground) : undefined) })
    ground.setOnline(true)
    for (let tries = 0; tries < 6; tries += 1) await device.flush()
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1))
  })

  it('[SY780] and what comes from the server comes in small answers there, until the line bears more', async () => {
    const { device, server, ground } = await joinedPhone()
    const entryId = await savedChallenge(device)
    await device.flush()
    for (let i = 0; i < 60; i += 1) server.addChange({ entryId, type: 'comment', body: { text: `The well of house ${i}`, lang: 'en' } })
    server.fault({ after: (path, answer) => (path === '/sync' && answer.body.length > 12_000 ? late(ground) : answer) })
    for (let tries = 0; tries < 6; tries += 1) await device.flush()
    expect(await device.flush()).toMatchObject({ problem: null })
    expect(await until(device.watchEntry(entryId), (entry) => entry?.state.comments.length === 60)).toBeTruthy()
    server.fault(null)
    for (let tries = 0; tries < 25; tries += 1) await device.flush()
    expect(server.syncs().at(-1)?.limit).toBe(500)
  })

  it('[SY780] a server that is away, and a line on which nothing passes, make no request smaller', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    for (let i = 0; i < 40; i += 1) await savedChallenge(device)
    ground.setOnline(true)
    for (const silence of [() => 'no-answer' as const, () => late(ground)]) {
      server.fault({ before: silence })
      for (let tries = 0; tries < 5; tries += 1) await device.flush()
    }
    server.fault(null)
    const before = server.syncs().length
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect(server.syncs().slice(before).map(({ limit }) => limit)).toEqual([500])
  })

  it('[SY6] when a request without it fails as well, it is not the change', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ before: (path) => (path === '/sync' ? problem('invalid') : undefined) })
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, problem: { kind: 'refused', code: 'invalid' } })
    expect(server.quarantinedBytes).toEqual([])
  })
})

it('[VO780] who answered is told by the problem', () => {
  const codes = ['http-403', 'http-451', 'http-511', 'http-200', 'not-our-answer', 'http-429', 'upload-429', 'too-many-requests', 'http-502', 'http-408', 'upload-413', 'upload-422', 'no-answer', 'epoch-changed', 'bad-signature']
  expect(codes.map((code) => answeredBy({ code }).by ?? null)).toEqual(['between', 'between', 'between', 'between', 'between', 'busy', 'busy', 'busy', null, null, 'between', 'between', null, null, 'stranger'])
})

/** A request that ended after a while without an answer. */
function late({ time }: TestGround): 'no-answer' {
  time.advance(20_000)
  return 'no-answer'
}

describe('sessions and joining', () => {
  it('[SY5] an ended session is renewed by the key, unseen by the author', async () => {
    const { device, server } = await joinedPhone()
    server.endSessions()
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, attention: null })
    expect(server.requests.filter(({ path }) => path === '/session')).toHaveLength(1)
  })

  it('[SY5] a revoked device is asked to join again and keeps everything', async () => {
    const { device, server } = await joinedPhone()
    server.revoke()
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ pendingChanges: 1, attention: 'join-again' })
    await until(device.entries, (entries) => entries.length === 1)
    const tries = server.syncs().length
    await savedChallenge(device)
    await until(device.sync, ({ phase, pendingChanges }) => phase === 'waiting' && pendingChanges === 2)
    expect(server.syncs()).toHaveLength(tries)
  })

  it('[SY22] after joining again what has not arrived is chained anew with its ids', async () => {
    const { device, server } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    server.revoke()
    const [second, third] = [await savedChallenge(device), await savedChallenge(device)]
    await device.flush()
    expect((await device.join({ invite: 'j'.repeat(22), name: 'Amal', language: 'en' })).ok).toBe(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, attention: null })
    expect(server.stored().map(({ change, quarantined }) => [change.deviceSeq, quarantined])).toEqual([[1, undefined], [1, undefined], [2, undefined]])
    expect(server.stored().slice(1).map(({ change }) => change.entryId)).toEqual([second, third])
    expect(new Set(server.stored().map(({ deviceId }) => deviceId)).size).toBe(2)
  })

  it('[SY17] a join whose answer got lost is the same device when it is tried again', async () => {
    const server = createFakeServer()
    const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
    const request = { invite: 'i'.repeat(22), name: 'Amal', language: 'en' }
    server.fault({ after: () => 'no-answer' })
    expect(await device.join(request)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    expect(await until(device.membership, () => true)).toBeNull()
    server.fault(null)
    expect((await device.join(request)).ok).toBe(true)
    const ids = server.requests.filter(({ path }) => path === '/join').map(({ body }) => (body as { device: { id: string } }).device.id)
    expect(ids[1]).toBe(ids[0])
    expect(await until(device.membership, (own) => own !== null)).toMatchObject({ deviceId: ids[0], member: { name: 'Amal' }, abilities: ['record'] })
  })
})

describe('an invite that is as good as before', () => {
  const request = { invite: 'i'.repeat(22), name: 'Amal', language: 'en' }
  async function told(code: 'too-many-requests' | 'malformed-request') {
    const server = createFakeServer()
    const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
    server.fault({ before: () => problem(code) })
    return { server, device, campaigns: await device.openCampaigns() }
  }

  it('[SY93] whoever is told to wait, because many join at once by one line, is not told that the invite was refused', async () => {
    const { server, device, campaigns } = await told('too-many-requests')
    expect(await device.join(request)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    expect(await campaigns.look(request.invite)).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    server.fault(null)
    expect((await device.join(request)).ok).toBe(true)
  })

  it('[SY95] when a join says that it is done, every watch knows who has joined', async () => {
    const server = createFakeServer()
    const ground = testGround({ databaseName: newDatabaseName(), fetch: server.fetch })
    const device = await openDevice(ground)
    expect(await until(device.membership, (known) => known !== undefined)).toBeNull()
    const joined = await device.join(request)
    expect(device.membership.get()).toEqual(joined.ok ? joined.value : 'nobody')
    device.close()
  })

  it('[SY93] what is no invite at all, because it was cut short, is none that is good', async () => {
    const { device, campaigns } = await told('malformed-request')
    expect(await device.join({ ...request, invite: 'i' })).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'invite-invalid' } })
    expect(await campaigns.look('i')).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'invite-invalid' } })
    // Of one that has the form of an invite something else was not understood: another link would not help.
    const whole = 'i'.repeat(22)
    expect(await device.join({ ...request, invite: whole })).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'malformed-request' } })
    expect(await campaigns.look(whole)).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'malformed-request' } })
  })
})

describe('pulling', () => {
  it('[SY8] a question comes, stands there without a connection, and its answer travels', async () => {
    const { device, server, ground } = await joinedPhone()
    const id = await savedChallenge(device)
    await device.flush()
    const revision = server.stored()[0]?.change.id
    server.addChange({ entryId: id, type: 'decide', body: { revision, contentHash: 'a'.repeat(64), verdict: 'askBack', questions: [{ id: asked, field: 'severity', text: 'How bad is it?' }] } })
    await device.syncNow()
    ground.setOnline(false)
    const entry = await until(device.watchEntry(id), (one) => one?.state.review === 'hasIssues')
    expect(entry?.state.questions).toMatchObject([{ id: asked, field: 'severity', text: 'How bad is it?', answeredBy: null, askedBy: server.coordinator }])
    expect((await until(device.memberNames, (names) => names.size > 1)).get(server.coordinator)).toBe('Ines')
    expect((await device.revise(id, { set: { severity: 4 }, unset: [], answers: [asked] })).ok).toBe(true)
    expect(await until(device.watchEntry(id), (one) => one?.state.review === 'edited')).toMatchObject({ travel: 'here', state: { content: { severity: 4 } } })
    ground.setOnline(true)
    await device.flush()
    expect(server.stored().at(-1)?.change).toMatchObject({ type: 'revise', body: { set: { severity: 4 }, answers: [asked] }, base: server.stored()[1]?.change.id })
  })

  it('[SY9] after a restore of the server what it lost is sent again under the same ids', async () => {
    const { device, server } = await joinedPhone()
    const ids: EntryId[] = []
    for (let i = 0; i < 4; i += 1) ids.push(await savedChallenge(device))
    await device.flush()
    const before = server.stored().map(({ change }) => change.id)
    server.restore(2)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect(server.stored().map(({ change, quarantined }) => [change.id, quarantined])).toEqual(before.map((id) => [id, undefined]))
    expect(server.syncs().filter(({ epoch }) => epoch === 'epoch-1')[0]).toMatchObject({ after: 0, run: { changes: [{ deviceSeq: 3 }, { deviceSeq: 4 }] } })
  })

  it('[SY32] what others made public in a history that is lost is not shown as public any more', async () => {
    const { device, server } = await joinedPhone()
    const digest = (n: number) => ({ entryId: `01890000-0000-7000-8000-00000000020${n}` as EntryId, ref: `C-00000${n}` as never, topic: 'WSH', country: 'HTI', adm1: null, observedOn: '2026-02-01', text: 'No water' })
    server.addItem((seq) => ({ seq, digest: digest(1) }))
    await device.flush()
    server.addItem((seq) => ({ seq, digest: digest(2) }))
    await device.flush()
    expect((await until(device.digests, (digests) => digests.length === 2)).map(({ ref }) => ref)).toEqual(['C-000001', 'C-000002'])
    server.restore(1)
    await device.flush()
    expect((await until(device.digests, (digests) => digests.length === 1)).map(({ ref }) => ref)).toEqual(['C-000001'])
  })

  it('[SY32] what the same person wrote on another phone is sent again from here, and what others wrote waits for them', async () => {
    const { device, server, ground } = await joinedPhone()
    const entry = await savedChallenge(device)
    await device.flush()
    const { member } = (await until(device.membership, (known) => known !== null)) ?? {}
    const change = (end: string, text: string) => ({ v: 1 as const, id: `01890000-0000-7000-8000-0000000003${end}` as never, entryId: entry, deviceSeq: 7, type: 'comment', base: null, body: { text, lang: 'en' }, salt: 'A'.repeat(22), recordedAt: '2026-03-01T10:00:00Z' as never, appVersion: 'other' })
    const place = { deviceId: '01890000-0000-7000-8000-0000000000d9' as never, receivedAt: '2026-03-01T10:00:00Z' as never }
    server.addItem((seq) => ({ seq, ...place, memberId: member?.id ?? ('' as never), change: change('01', 'From my other phone') }))
    server.addItem((seq) => ({ seq, ...place, memberId: server.coordinator, change: change('02', 'From the desk') }))
    await device.flush()
    expect((await until(device.watchEntry(entry), (known) => known?.state.comments.length === 2))?.state.comments.map(({ text }) => text)).toEqual(['From my other phone', 'From the desk'])
    server.restore(1)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, problem: null })
    expect(server.stored().map(({ change: stored }) => [stored.type, stored.deviceSeq])).toEqual([['record', 1], ['comment', 2]])
    expect(JSON.stringify(server.stored())).toContain('From my other phone')
    expect((await until(device.watchEntry(entry), (known) => known?.state.comments.length === 1))?.state.comments.map(({ text }) => text)).toEqual(['From my other phone'])
    expect(ground.uploads).toEqual([])
  })

  it('[SY9] a photo that had gone and had no receipt yet is sent again to a restored server', async () => {
    const { device, server, ground } = await joinedPhone()
    const { sha256 } = await savedWithPhoto(device)
    await device.flush()
    expect(ground.uploads).toHaveLength(2)
    server.restore(0)
    expect(await device.flush()).toMatchObject({ pendingFiles: 0, pendingChanges: 0 })
    expect(ground.uploads.filter((file) => file.sha256 === sha256)).toHaveLength(2)
  })

  it('[SY9] a file that the server may have lost is sent again', async () => {
    const { device, server, ground } = await joinedPhone()
    const { entry, sha256 } = await savedWithPhoto(device)
    await device.flush()
    server.addChange({ entryId: entry, type: 'fileStored', body: { sha256, entryId: entry } })
    await device.flush()
    expect(ground.uploads).toHaveLength(2)
    server.restore(1)
    expect(await device.flush()).toMatchObject({ pendingFiles: 0 })
    expect(ground.uploads.map((file) => file.sha256)).toContain(sha256)
    expect(ground.uploads).toHaveLength(4)
  })

  it('[SY10] in another scope the log is read from the beginning and merged', async () => {
    const { device, server } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    server.setScope('scope-2')
    await device.flush()
    expect(server.syncs().slice(-2).map(({ after }) => after)).toEqual([1, 0])
    expect(await until(device.entries, (entries) => entries.length === 1)).toMatchObject([{ travel: 'received' }])
  })

  it('[SY10] a scope that is another one with each answer is waited out like any failure, and what was saved is received', async () => {
    const { device, server } = await joinedPhone()
    let answers = 0
    server.fault({ after: (path, answer) => {
      if (path !== '/sync') return answer
      answers += 1
      // So that without a bound the walk ends all the same, and the test with it.
      return answers > 50 ? 'no-answer' : text(JSON.stringify({ ...JSON.parse(answer.body), scope: `scope-${answers}` }))
    } })
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ phase: 'waiting', pendingChanges: 0, problem: { kind: 'unreachable', code: 'scope-changed' } })
    expect(answers).toBeLessThan(10)
    server.fault(null)
    expect(await device.flush()).toMatchObject({ phase: 'idle', problem: null })
  })

  it('[SY23] pages are read until there is no more', async () => {
    const { device, server } = await joinedPhone()
    server.setPage(2)
    for (let i = 0; i < 7; i += 1) {
      server.addItem((seq) => ({ seq, digest: { entryId: `01890000-0000-7000-8000-00000000010${i}` as EntryId, ref: `C-00000${i + 1}` as never, topic: 'WSH', country: 'HTI', adm1: null, observedOn: '2026-02-01', text: 'No water' } }))
    }
    server.addItem((seq) => ({ seq, gone: '01890000-0000-7000-8000-000000000100' as EntryId }))
    await device.flush()
    expect((await until(device.digests, (digests) => digests.length === 6)).map(({ ref }) => ref)).toEqual(['C-000002', 'C-000003', 'C-000004', 'C-000005', 'C-000006', 'C-000007'])
  })

  it('[SY20] an erased entry is gone with its files, does not come back, and the chain goes on', async () => {
    const { device, server, ground } = await joinedPhone()
    const { entry, sha256 } = await savedWithPhoto(device)
    await device.flush()
    const id = server.stored()[0]?.change.id ?? ('' as never)
    server.addItem((seq) => ({ seq, erased: { id, entryId: entry, changeHash: 'a'.repeat(64) as never, erasedAt: '2026-03-01T10:00:00Z' as never } }))
    await device.flush()
    expect(await until(device.entries, (entries) => entries.length === 0)).toEqual([])
    expect(await device.readFile(sha256)).toBeNull()
    await savedChallenge(device)
    server.setScope('again from zero')
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0 })
    expect(server.stored().at(-1)?.quarantined).toBeUndefined()
    expect(await until(device.entries, (entries) => entries.length === 1)).toHaveLength(1)
    const raw = new DeviceDatabase(ground.databaseName)
    expect((await raw.changes.get(id))?.change).toBeNull()
    raw.shut()
  })
})

describe('an erase by somebody else', () => {
  it('[SY20] takes the words that this phone has had for long, of others too, and leaves what was never sent', async () => {
    const { device, server, ground } = await joinedPhone()
    const { entry, sha256 } = await savedWithPhoto(device)
    await device.flush()
    const place = { deviceId: '01890000-0000-7000-8000-0000000000d1' as never, memberId: '01890000-0000-7000-8000-0000000000a1' as never, receivedAt: '2026-03-01T10:00:00Z' as never }
    const change = (id: string, type: string, body: unknown) => ({ v: 1 as const, id: `01890000-0000-7000-8000-0000000000${id}` as never, entryId: entry, deviceSeq: 1, type, base: null, body, salt: 'A'.repeat(22), recordedAt: '2026-03-01T10:00:00Z' as never, appVersion: 'desk' })
    server.addItem((seq) => ({ seq, ...place, change: change('c1', 'comment', { text: 'Thank you', lang: 'en' }) }))
    await device.flush()
    ground.setOnline(false)
    await device.comment(entry, 'Never sent', 'en')
    server.addItem((seq) => ({ seq, ...place, change: change('c2', 'erase', { reason: 'asked for' }) }))
    // What waits here is refused on the way, so that only the answer comes.
    server.fault({ after: (path, answer) => (path === '/sync' ? text(JSON.stringify({ ...JSON.parse(answer.body), results: [] })) : answer) })
    ground.setOnline(true)
    await device.flush()
    const raw = new DeviceDatabase(ground.databaseName)
    const rows = await raw.changes.where('entryId').equals(entry).toArray()
    expect(rows.map(({ change: kept }) => kept?.type ?? 'gone').toSorted()).toEqual(['comment', 'erase', 'gone', 'gone'])
    expect(JSON.stringify(rows)).not.toContain('Thank you')
    expect(await device.readFile(sha256)).toBeNull()
    raw.shut()
  })
})

describe('when to try', () => {
  it('[SY7] without a network nothing is tried, and when it is back everything goes', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    const before = server.requests.length
    await savedChallenge(device)
    expect(await device.flush()).toMatchObject({ phase: 'waiting', online: false, pendingChanges: 1, nextTryAt: null, problem: { kind: 'offline' } })
    ground.time.advance(3_600_000)
    expect(server.requests.length).toBe(before)
    ground.setOnline(true)
    expect(await until(device.sync, ({ pendingChanges, phase }) => pendingChanges === 0 && phase === 'idle')).toMatchObject({ online: true, problem: null })
  })

  it('[SY796] a network of which nobody says that it is back is seen within a quarter of a minute, and nothing is sent for it before', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    await savedChallenge(device)
    await device.flush()
    const before = server.requests.length
    ground.time.advance(15_000)
    ground.time.advance(15_000)
    ground.setOnline(true, false)
    expect([server.requests.length, ground.time.waiting()]).toEqual([before, 1])
    ground.time.advance(15_000)
    expect(await until(device.sync, ({ pendingChanges, phase }) => pendingChanges === 0 && phase === 'idle')).toMatchObject({ online: true, problem: null })
  })

  it('[SY7] a network that says twice that it is back is used once', async () => {
    const { device, server, ground } = await joinedPhone()
    ground.setOnline(false)
    await savedChallenge(device)
    await device.flush()
    const before = server.requests.length
    ground.setOnline(true)
    ground.setOnline(true)
    await until(device.sync, ({ pendingChanges, phase }) => pendingChanges === 0 && phase === 'idle')
    expect(server.requests.slice(before).map(({ path }) => path).filter((path) => path === '/sync')).toEqual(['/sync'])
  })

  it('[SY11] a failure is tried again by itself after a while', async () => {
    const { device, server, ground } = await joinedPhone()
    server.fault({ before: () => 'no-answer' })
    await savedChallenge(device)
    const state = await device.flush()
    expect(state.phase).toBe('waiting')
    expect(state.nextTryAt).not.toBeNull()
    server.fault(null)
    ground.time.advance(2_100)
    expect(await until(device.sync, ({ pendingChanges, phase }) => pendingChanges === 0 && phase === 'idle')).toMatchObject({ problem: null, nextTryAt: null })
  })

  it('[SY11] waiting grows from two seconds to ten minutes, never all at once', () => {
    const low = { bytes: (count: number) => new Uint8Array(count) }
    const high = { bytes: (count: number) => new Uint8Array(count).fill(255) }
    expect([1, 2, 3].map((failures) => backoffMs(failures, low))).toEqual([1_000, 2_000, 4_000])
    expect([1, 2, 30, 3000].map((failures) => Math.round(backoffMs(failures, high) / 1000))).toEqual([2, 4, 600, 600])
  })

  it('[SY11] the server may ask for more time', async () => {
    const { device, server, ground } = await joinedPhone()
    server.fault({ before: () => text(JSON.stringify({ type: '/', title: 'x', status: 429, code: 'too-many-requests', retryAfterS: 90 }), 429) })
    await savedChallenge(device)
    const { nextTryAt, problem: told } = await device.flush()
    expect(told).toEqual({ kind: 'refused', code: 'too-many-requests', retryAfterMs: 90_000, by: 'busy' })
    expect(Date.parse(nextTryAt ?? '') - ground.time.now()).toBeGreaterThan(85_000)
  })

  it.each([3_000_000, 1e12, 1e300])('[SY11] a server that wants %d seconds is asked again after a day, neither at once nor never', async (retryAfterS) => {
    const { device, server, ground } = await joinedPhone()
    server.fault({ before: () => text(JSON.stringify({ type: '/', title: 'x', status: 429, code: 'too-many-requests', retryAfterS }), 429) })
    await savedChallenge(device)
    const { nextTryAt, phase } = await device.flush()
    expect(phase).toBe('waiting')
    expect(Math.abs(Date.parse(nextTryAt ?? '') - ground.time.now() - 86_400_000)).toBeLessThan(1000)
    server.fault(null)
    ground.time.advance(86_400_000)
    expect(await until(device.sync, ({ pendingChanges, phase: now }) => pendingChanges === 0 && now === 'idle')).toMatchObject({ problem: null })
  })

  it('[SY12] of two tabs one sends, and the other looks again soon', async () => {
    const locks = createLocks()
    const first = await joinedPhone({ locks })
    const second = await reopened(first, { locks })
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const holding = locks.withLock(`${first.ground.databaseName}-sync`, () => held)
    const before = first.server.syncs().length
    await savedChallenge(second.device)
    expect(await second.device.flush()).toMatchObject({ phase: 'waiting', pendingChanges: 1, problem: null })
    expect(first.server.syncs()).toHaveLength(before)
    release()
    await holding
    second.ground.time.advance(2_100)
    expect(await until(second.device.sync, ({ pendingChanges }) => pendingChanges === 0)).toMatchObject({ pendingChanges: 0 })
    expect(await until(first.device.entries, ([entry]) => entry?.travel === 'received')).toHaveLength(1)
  })
})

describe('files', () => {
  it('[SY13] thumbnails go first, after the changes, and nothing twice; the bytes stay', async () => {
    const { device, server, ground } = await joinedPhone()
    const { entry, sha256 } = await savedWithPhoto(device)
    expect(await device.flush()).toMatchObject({ pendingFiles: 0, pendingBytes: 0 })
    await device.flush()
    expect(ground.uploads.map(({ bytes, entryId }) => [bytes.byteLength, entryId])).toEqual([[3, entry], [600_000, entry]])
    expect(server.stored()).toHaveLength(1)
    expect((await device.readFile(sha256))?.bytes.byteLength).toBe(600_000)
  })

  it('[SY13] a draft’s photo stays here until the entry is saved', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await device.createDraft('challenge')
    await device.addPhoto(draft.id, onePixelPhoto())
    expect(await device.flush()).toMatchObject({ pendingFiles: 0 })
    expect(ground.uploads).toEqual([])
  })

  it('[SY13] a refused file does not stop the others, a lost connection does', async () => {
    const tried: string[] = []
    const { device } = await joinedPhone({ upload: (file) => {
      tried.push(file.sha256)
      return Promise.resolve(tried.length === 1 ? fail({ kind: 'refused', code: 'upload-422' }) : ok(null))
    } })
    await savedWithPhoto(device)
    expect(await device.flush()).toMatchObject({ problem: { code: 'upload-422' } })
    expect(new Set(tried).size).toBe(2)
    expect(await device.flush()).toMatchObject({ problem: null, pendingFiles: 0 })
    expect(tried).toHaveLength(3)
  })

  it('[SY5] an upload renews an ended session as well', async () => {
    let tries = 0
    const { device, server } = await joinedPhone({ upload: () => Promise.resolve((tries += 1) === 1 ? fail({ kind: 'refused', code: 'no-session' }) : ok(null)) })
    await savedWithPhoto(device)
    expect(await device.flush()).toMatchObject({ pendingFiles: 0, problem: null })
    expect([tries, server.requests.filter(({ path }) => path === '/session').length]).toEqual([3, 1])
  })
})

describe('what can be carried and asked', () => {
  it('[SY14] everything unsent is a file that reads as a bundle, and its runs prove themselves', async () => {
    const { device, server, ground } = await joinedPhone()
    await savedChallenge(device)
    await device.flush()
    ground.setOnline(false)
    await savedWithPhoto(device)
    const file = await device.exportUnsent()
    expect(file.isSealed).toBe(false)
    const bundle = v.parse(bundleSchema, JSON.parse(String(await bytesOf(file))))
    expect([file.entries, file.photos, bundle.runs.length, bundle.files.length]).toEqual([1, 1, 1, 2])
    expect(bundle.files.map(({ data }) => Buffer.from(data, 'base64').length).sort((a, b) => a - b)).toEqual([3, 600_000])
    ground.setOnline(true)
    await device.flush()
    expect(server.syncs().findLast(({ run }) => run !== undefined)?.run).toMatchObject({ prevHash: bundle.runs[0]?.prevHash, seal: { hash: bundle.runs[0]?.seal.hash } })
    expect(JSON.parse(String(await bytesOf(await device.exportUnsent())))).toMatchObject({ runs: [], files: [] })
  })

  it('[SY14] bytes become the text that everybody else reads', () => {
    for (const sample of ['', 'a', 'ab', 'abc', 'é ü', 'مدرسة', '😀 z']) {
      expect(bytesToBase64(utf8Bytes(sample))).toBe(Buffer.from(sample).toString('base64'))
      expect(bytesToBase64Url(utf8Bytes(sample))).toBe(Buffer.from(sample).toString('base64url'))
    }
  })

  it('[SY21] the desk gets a parsed answer or a problem, and repeats the key for several values', async () => {
    const { device, server } = await joinedPhone()
    const entries = { entries: [], total: 0, next: null, facets: {} }
    server.fault({ before: (path) => (path.startsWith('/entries') ? text(JSON.stringify(entries)) : path.startsWith('/export') ? portal : undefined) })
    expect(await device.api.entries({ kind: ['challenge', 'action'], q: 'a & b', facets: ['topic', 'kind'], limit: 5 })).toEqual({ ok: true, value: entries })
    expect(server.requests.at(-1)?.path).toBe('/entries?kind=challenge&kind=action&q=a%20%26%20b&limit=5&facets=topic%2Ckind')
    expect(await device.api.exportFile({ format: 'csv', kind: 'action' })).toMatchObject({ ok: false, problem: { kind: 'unreachable' } })
    server.fault({ before: (path) => (path.startsWith('/export') ? text('\uFEFFRef\r\n', 200, 'text/csv; charset=utf-8') : undefined) })
    const file = await device.api.exportFile({ format: '5w', lang: 'ar' })
    expect([file.ok && Buffer.from(file.value).toString('utf8'), server.requests.at(-1)?.path]).toEqual(['\uFEFFRef\r\n', '/export?format=5w&lang=ar'])
    server.fault({ before: (path) => (path.startsWith('/export') ? problem('forbidden') : undefined) })
    expect(await device.api.exportFile({ format: '5w-xlsx' })).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'forbidden' } })
    server.fault({})
    expect(await device.api.members()).toMatchObject({ ok: false, problem: { kind: 'refused', code: 'not-found' } })
    const own = device.membership.get()?.deviceId
    expect(device.api.fileUrl('ab', 320)).toBe(`/api/v1/files/ab?device=${own}&width=320`)
    expect(device.api.reportUrl({ from: '2026-01-01', to: '2026-02-01', language: 'fr' })).toBe(`/api/v1/reports/working?from=2026-01-01&to=2026-02-01&language=fr&format=html&device=${own}`)
  })
})

async function savedWithPhoto(device: Parameters<typeof savedChallenge>[0]) {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), consentPhoto: true } })
  const added = await device.addPhoto(draft.id, onePixelPhoto())
  const saved = await device.saveDraft(draft.id)
  if (!added.ok || !saved.ok) throw new Error('not saved')
  return { entry: saved.value, sha256: added.value }
}
