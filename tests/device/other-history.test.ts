import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { openDevice } from '#device/open-device.ts'
import { ScriptDevice, systemDeps } from '../../demo/script-device.ts'
import { aChallenge } from '../support/contents.ts'
import { CookieJar } from '../support/cookie-jar.ts'
import { newDatabaseName, savedChallenge, until } from '../support/phone.ts'
import { ServerProcess } from '../support/server-process.ts'
import { testGround } from '../support/test-ground.ts'

interface SyncSent {
  readonly after: number
  readonly mark?: string
  readonly run?: { readonly changes: readonly { readonly entryId: EntryId }[] }
}

let dataDir: string
let server: ServerProcess
let ruth: ScriptDevice
/** What the phone has sent, one request after the other. */
const sent: SyncSent[] = []
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'terrain-other-history-'))
  server = await ServerProcess.create(dataDir)
  await server.start()
  ruth = await scriptOf(server.invite)
})
afterEach(async () => {
  await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

it('[SY501] [SE507] what others wrote in the minutes that a server has lost goes, and what stands in their places comes', async () => {
  const awa = await phone()
  const ines = await scriptOf(await invite('coordinator'))
  const [entry, before] = [await savedChallenge(awa), await savedChallenge(awa)]
  await awa.flush()
  await comment(ines, before, 'Thank you.')
  await awa.flush()
  await shelve()
  const lost = await savedChallenge(awa, { description: 'Written in the lost minutes.' })
  for (const text of ['Lost, 1', 'Lost, 2', 'Lost, 3']) await comment(ruth, entry, text)
  await awa.flush()
  expect(await commentsOn(awa, entry, 3)).toEqual(['Lost, 1', 'Lost, 2', 'Lost, 3'])
  await putBack()
  for (const text of ['When was that?', 'And who says so?']) await comment(ines, entry, text)
  for (let n = 0; n < 6; n += 1) await ines.push([ines.change('record', { content: aChallenge() })])
  sent.splice(0)
  expect(await awa.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(await commentsOn(awa, entry, 2)).toEqual(['When was that?', 'And who says so?'])
  expect(await commentsOn(awa, before, 1)).toEqual(['Thank you.'])
  // What the server has lost is sent again, and nothing that it has.
  expect(sent.flatMap(({ run }) => run?.changes ?? []).map(({ entryId }) => entryId)).toEqual([lost])
  expect((await until(awa.watchEntry(lost), (one) => one?.travel === 'received'))?.state.content).toMatchObject({ description: 'Written in the lost minutes.' })
  expect(server.output).toContain('a phone has read another log')
  // From here on they are of one mind again.
  sent.splice(0)
  await awa.syncNow()
  expect(sent.map(({ after, mark, run }) => [after, mark?.length, run])).toEqual([[12, 8, undefined]])
  awa.close()
})

it('[SY501] it is noticed where a change has come to its old place again, and where the phone brings something with that very request', async () => {
  const awa = await phone()
  const [ines, other] = [await scriptOf(await invite('coordinator')), await scriptOf(await invite('coordinator'))]
  const entry = await savedChallenge(awa)
  await awa.flush()
  await shelve()
  await comment(ruth, entry, 'Lost')
  const again = ines.change('record', { content: aChallenge() })
  const request = await ines.requestFor([again])
  await ines.post(request)
  await awa.syncNow()
  await putBack()
  await comment(other, entry, 'When was that?')
  await ines.post(request)
  const next = await savedChallenge(awa)
  expect(await awa.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  expect(await commentsOn(awa, entry, 1)).toEqual(['When was that?'])
  expect((await until(awa.watchEntry(next), (one) => one?.travel === 'received'))?.travel).toBe('received')
  awa.close()
})

it('[SY501] a coordinator’s device, to which the server does not show what it wrote on entries of others, sends that again, and it is there once', async () => {
  const desk = await phone('coordinator')
  const [awa, ines] = [await scriptOf(await invite('volunteer')), await scriptOf(await invite('coordinator'))]
  const record = awa.change('record', { content: aChallenge() })
  await awa.push([record])
  for (const text of ['Kept, 1', 'Kept, 2']) await desk.commentAs(record.entryId, record.id, text, 'en')
  await desk.flush()
  await shelve()
  await desk.commentAs(record.entryId, record.id, 'Lost and sent again', 'en')
  await desk.flush()
  await putBack()
  for (const text of ['Since, 1', 'Since, 2', 'Since, 3']) await comment(ines, record.entryId, text)
  expect(await desk.flush()).toMatchObject({ pendingChanges: 0, problem: null })
  const { changes } = (await ines.get(`/entries/${record.entryId}`)) as { readonly changes: readonly { readonly change: { readonly body: { readonly text?: string } } }[] }
  expect(changes.flatMap(({ change }) => change.body.text ?? [])).toEqual(['Kept, 1', 'Kept, 2', 'Since, 1', 'Since, 2', 'Since, 3', 'Lost and sent again'])
  expect(desk.notice.get()).toBeNull()
  desk.close()
})

async function scriptOf(link: string): Promise<ScriptDevice> {
  return ScriptDevice.join(systemDeps(server.url), link, { name: 'Ruth', language: 'en' })
}

async function invite(role: 'volunteer' | 'coordinator'): Promise<string> {
  const body = { role, uses: 1, days: 1, note: 'here' }
  const { text } = await systemDeps(server.url).send('/api/v1/invites', { method: 'POST', headers: { ...ruth.headers, ...(await ruth.proof('POST', '/invites', body)) }, body: JSON.stringify(body) })
  return (JSON.parse(text) as { readonly url: string }).url
}

async function comment(by: ScriptDevice, entryId: EntryId, text: string): Promise<void> {
  await by.push([by.change('comment', { text, lang: 'en' }, { entryId })])
}

/** The state to go back to, as a copy of the machine's disk would hold it. */
async function shelve(): Promise<void> {
  await server.kill('SIGTERM')
  await copyFile(join(dataDir, 'terrain.db'), join(dataDir, 'older.db'))
  await server.start()
}

async function putBack(): Promise<void> {
  await server.kill('SIGTERM')
  for (const end of ['-wal', '-shm']) await rm(join(dataDir, `terrain.db${end}`), { force: true })
  await copyFile(join(dataDir, 'older.db'), join(dataDir, 'terrain.db'))
  await server.start()
}

async function phone(role: 'volunteer' | 'coordinator' = 'volunteer') {
  const databaseName = newDatabaseName()
  const cookies = new CookieJar()
  const fetchOver: DeviceGround['fetch'] = async (url, { method, headers, body }) => {
    if (url.endsWith('/sync')) sent.push(JSON.parse(String(body)) as SyncSent)
    const response = await fetch(`${server.url}${url}`, { method, headers: { ...headers, ...cookies.header }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }) })
    cookies.keep(response.headers.getSetCookie())
    return response
  }
  const device = await openDevice(testGround({ databaseName, fetch: fetchOver, seed: databaseName }))
  const joined = await device.join({ invite: (await invite(role)).split('#')[1] ?? '', name: 'Awa', language: 'en' })
  expect(joined.ok).toBe(true)
  await device.flush()
  return device
}

/** Once there are so many. */
async function commentsOn(device: Awaited<ReturnType<typeof phone>>, entry: EntryId, count: number): Promise<readonly string[]> {
  const row = await until(device.watchEntry(entry), (one) => one?.state.comments.length === count)
  return (row?.state.comments ?? []).map(({ text }) => text)
}
