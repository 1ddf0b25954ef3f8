import { Dexie } from 'dexie'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ChangeId, EntryId, MemberId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import type { Device } from '#device/device.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { decideAtOnce } from '../support/decide-at-once.ts'
import { joinedPhone, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import { createLocks } from '../support/test-ground.ts'
import { createFakeServer } from '../support/fake-server.ts'

afterEach(() => vi.restoreAllMocks())

const aChallengeWithGaps = { topic: 'WSH', description: 'short' }

describe('saving', () => {
  it('[DS1] a saved draft is gone, and its entry is there with one change', async () => {
    const { device, ground } = await joinedPhone({ isOnline: true })
    ground.setOnline(false)
    const id = await savedChallenge(device)
    const [entry] = await until(device.entries, (entries) => entries.length === 1)
    expect([entry?.state.id, entry?.travel, entry?.pendingChanges, entry?.isMine]).toEqual([id, 'here', 1, true])
    expect(await device.readDraft(id)).toBeNull()
    expect(await rowsOf(ground.databaseName)).toMatchObject({ drafts: 0, entries: 1, changes: 1 })
  })

  it('[DS1] a save that fails half way leaves nothing but the draft', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    breakPuts('entries', 'DataError')
    const saved = await device.saveDraft(draft)
    vi.restoreAllMocks()
    expect(saved).toMatchObject({ ok: false, problem: { kind: 'storage-failed', name: 'DataError' } })
    expect(await rowsOf(ground.databaseName)).toMatchObject({ drafts: 1, entries: 0, changes: 0 })
    expect((await device.saveDraft(draft)).ok).toBe(true)
  })

  it('[DS2] the database asks for strict durability and answers from no cache', async () => {
    const options: unknown = Reflect.get(new DeviceDatabase('options'), '_options')
    expect(options).toMatchObject({ chromeTransactionDurability: 'strict', cache: 'disabled' })
    const asked = vi.spyOn(IDBDatabase.prototype, 'transaction')
    const { device } = await joinedPhone()
    asked.mockClear()
    await savedChallenge(device)
    const writing = asked.mock.calls.filter(([, mode]) => mode === 'readwrite')
    expect(writing.length).toBeGreaterThan(0)
    expect(writing.every(([, , about]) => about?.durability === 'strict')).toBe(true)
  })

  it('[DS4] an incomplete draft stays a draft, and the problem names its fields', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await device.createDraft('challenge')
    await device.writeDraft(draft.id, { fields: aChallengeWithGaps })
    const saved = await device.saveDraft(draft.id)
    const fields = saved.ok || saved.problem.kind !== 'incomplete' ? [] : saved.problem.fields
    expect(fields).toEqual(expect.arrayContaining(['observedOn', 'country', 'severity', 'description']))
    expect(await rowsOf(ground.databaseName)).toMatchObject({ drafts: 1, changes: 0 })
  })

  it('[DS4] what fails across fields is named by the field where it is mended', async () => {
    const { device } = await joinedPhone()
    const draft = await filledDraft(device)
    await device.writeDraft(draft, { fields: { placeName: undefined, adm1Name: undefined, lat: undefined, lon: undefined } })
    expect(await device.saveDraft(draft)).toEqual({ ok: false, problem: { kind: 'incomplete', fields: ['placeName'] } })
  })

  it('[DS4] an answer that would make the entry incomplete is not written', async () => {
    const { device } = await joinedPhone()
    const id = await savedChallenge(device)
    expect(await device.revise(id, { set: { severity: 9 }, unset: [], answers: [] })).toEqual({ ok: false, problem: { kind: 'incomplete', fields: ['severity'] } })
  })

  it('[DS5] half an emoji becomes a sign, a zero character goes, and what is unknown stays', async () => {
    const { device, server } = await joinedPhone()
    await savedChallenge(device, { description: `ten characters \uD83D here\u0000`, laterField: { deep: ['a\uDE00', 1] } })
    await device.flush()
    expect(server.stored()[0]?.change.body).toMatchObject({ content: { description: 'ten characters \uFFFD here', laterField: { deep: ['a\uFFFD', 1] } } })
  })

  it('[DS6] changes are numbered without a gap, in two tabs at once as well', async () => {
    const phone = await joinedPhone()
    const tab = await reopened(phone)
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) => savedChallenge(i % 2 === 0 ? phone.device : tab.device)))
    expect(new Set(ids).size).toBe(10)
    await phone.device.flush()
    await tab.device.flush()
    const numbers = phone.server.stored().map(({ change }) => change.deviceSeq)
    expect([...numbers].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  it('[DS7] when the storage is full the save says so and the draft is as it was', async () => {
    const { device } = await joinedPhone()
    const draft = await filledDraft(device)
    const before = await device.readDraft(draft)
    breakPuts('changes', 'QuotaExceededError')
    expect(await device.saveDraft(draft)).toEqual({ ok: false, problem: { kind: 'storage-full' } })
    expect(await device.writeDraft(draft, { step: 'place' })).toMatchObject({ ok: true })
    vi.restoreAllMocks()
    expect(await device.readDraft(draft)).toMatchObject({ content: before?.content, step: 'place' })
  })

  it('[DS7] the reason is found inside the aborted transaction', () => {
    expect(saveProblemOf({ name: 'AbortError', inner: { name: 'QuotaExceededError' } })).toEqual({ kind: 'storage-full' })
    expect(saveProblemOf({ name: 'BulkError', failures: [{ name: 'AbortError', inner: { name: 'QuotaExceededError' } }] })).toEqual({ kind: 'storage-full' })
    expect(saveProblemOf(new TypeError('x'))).toEqual({ kind: 'storage-failed', name: 'TypeError' })
  })

  it('[DS10] saving twice is one entry, and a late write does not bring the draft back', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    const [first, second] = await Promise.all([device.saveDraft(draft), device.saveDraft(draft)])
    expect([first, second]).toEqual([{ ok: true, value: draft }, { ok: true, value: draft }])
    expect(await device.writeDraft(draft, { step: 'late' })).toEqual({ ok: false, problem: { kind: 'storage-failed', name: 'no-draft' } })
    expect(await rowsOf(ground.databaseName)).toMatchObject({ drafts: 0, changes: 1, entries: 1 })
  })

  it('[DS12] the challenges that an action answers become links behind its record', async () => {
    const { device, server } = await joinedPhone()
    const challenge = await savedChallenge(device)
    const draft = await device.createDraft('action')
    await device.writeDraft(draft.id, { fields: { ...anAction() }, answers: [{ to: challenge, coverage: 'partly' }] })
    expect((await device.saveDraft(draft.id)).ok).toBe(true)
    await device.flush()
    const [, record, link] = server.stored().map(({ change }) => change)
    expect([record?.type, link?.type, link?.base, link?.entryId]).toEqual(['record', 'link', record?.id, draft.id])
    expect(link?.body).toMatchObject({ to: challenge, kind: 'answers' })
  })

  it('[DS13] a decision on an entry that only the server has is kept and sent', async () => {
    const server = createFakeServer({ role: 'coordinator' })
    const { device } = await joinedPhone({ server })
    const [entryId, base] = ['01890000-0000-7000-8000-000000000001' as EntryId, '01890000-0000-7000-8000-000000000002' as ChangeId]
    const decided = await decideAtOnce(device, { entryId, base, body: { revision: base, contentHash: 'a'.repeat(64) as never, verdict: 'approve', questions: [] } })
    expect(decided.ok).toBe(true)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, attention: null })
    expect(server.stored()[0]?.change).toMatchObject({ type: 'decide', entryId, base })
    expect(server.syncs()[0]).toMatchObject({ want: 'own' })
  })
})

describe('a draft that is closed', () => {
  it('[DS110] goes where nothing was said in it, and a second time it is no error', async () => {
    const { device } = await joinedPhone()
    const draft = await device.createDraft('challenge')
    await device.writeDraft(draft.id, { fields: { observedOn: '2026-03-01', lang: 'en', populationGroup: ['GEN'] }, step: 'who' })
    expect(await device.writeDraft(draft.id, { closes: true })).toEqual({ ok: true, value: null })
    expect(await device.readDraft(draft.id)).toBeNull()
    expect(await device.writeDraft(draft.id, { closes: true })).toEqual({ ok: true, value: null })
  })

  it.each([
    ['words', (device: Device, id: EntryId) => device.writeDraft(id, { fields: { description: 'Forty families drink from the river.' } })],
    ['a photo', (device: Device, id: EntryId) => device.addPhoto(id, onePixelPhoto())],
  ])('[DS110] stays with %s that another window wrote a moment before', async (_, write) => {
    const phone = await joinedPhone()
    const draft = await phone.device.createDraft('challenge')
    const other = await reopened(phone)
    await Promise.all([write(other.device, draft.id), phone.device.writeDraft(draft.id, { step: 'who' })])
    await phone.device.writeDraft(draft.id, { closes: true })
    const left = (await phone.device.readDraft(draft.id))?.content
    expect(left?.description ?? left?.photos).toBeDefined()
    other.device.close()
  })
})

describe('what a killed browser leaves', () => {
  it('[DS3] a draft is there again with every write that was answered', async () => {
    const phone = await joinedPhone()
    const draft = await phone.device.createDraft('challenge')
    await Promise.all(['one', 'two', 'three'].map((description) => phone.device.writeDraft(draft.id, { fields: { description }, step: description })))
    const { device } = await reopened(phone)
    const [again] = await until(device.drafts, (drafts) => drafts.length === 1)
    expect(again).toMatchObject({ id: draft.id, content: { kind: 'challenge', description: 'three' }, step: 'three' })
    await device.writeDraft(draft.id, { fields: { description: undefined } })
    expect((await device.readDraft(draft.id))?.content).toEqual({ kind: 'challenge' })
    await device.discardDraft(draft.id)
    expect(await device.readDraft(draft.id)).toBeNull()
  })

  it('[DS8] what was saved and not sent is in the outbox after the kill, and arrives', async () => {
    const phone = await joinedPhone()
    phone.ground.setOnline(false)
    const id = await savedChallenge(phone.device)
    const { device, server } = await reopened(phone)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingEntries: 0 })
    expect(server.stored().map(({ change }) => change.entryId)).toEqual([id])
    expect((await until(device.watchEntry(id), (entry) => entry?.travel === 'received'))?.state.ref).toBe('C-000001')
  })

  it('[DS9] missing entry rows and a counter that is behind are mended at the start', async () => {
    const phone = await joinedPhone()
    const id = await savedChallenge(phone.device)
    const raw = new DeviceDatabase(phone.ground.databaseName)
    await raw.entries.clear()
    await raw.meta.put({ sv: 1, key: 'deviceSeq', value: 0 })
    raw.shut()
    const { device, server } = await reopened(phone)
    expect((await until(device.entries, (entries) => entries.length === 1))[0]?.state.id).toBe(id)
    await savedChallenge(device)
    await device.flush()
    expect(server.stored().map(({ change }) => change.deviceSeq)).toEqual([1, 2])
  })

  it('[DS9] a new version of the app folds every entry once more', async () => {
    const phone = await joinedPhone()
    const id = await savedChallenge(phone.device)
    const raw = new DeviceDatabase(phone.ground.databaseName)
    await raw.entries.toCollection().modify((row) => {
      Object.assign(row.state, { author: 'nobody' as MemberId })
    })
    raw.shut()
    const { device } = await reopened(phone, { appVersion: '0.0.2', locks: createLocks() })
    expect((await until(device.watchEntry(id), (entry) => entry !== null))?.state.author).not.toBe('nobody')
  })

  it('[DS15] preferences are kept, and a patch leaves the others', async () => {
    const phone = await joinedPhone()
    await phone.device.setPreferences({ theme: 'sun', recentTopics: ['WSH'] })
    await phone.device.setPreferences({ language: 'ar' })
    const { device } = await reopened(phone)
    expect(await until(device.preferences, () => true)).toEqual({ language: 'ar', theme: 'sun', lastPlace: null, recentPlaces: [], lastOrg: null, recentTopics: ['WSH'], installDismissed: false, keepsMap: false, mobilePhotos: null, riskRestsUntil: null })
  })

  it('[DS14] a write on a connection that the system has ended goes through on a new one', async () => {
    let breaks = 0
    // eslint-disable-next-line typescript/unbound-method -- It is called with its own `this` below.
    const real = IDBDatabase.prototype.transaction
    // Before the database opens: the library binds it then.
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...about) {
      if (breaks > 0 && about[1] === 'readwrite') {
        breaks -= 1
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
      }
      return real.apply(this, about)
    })
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    breaks = 1
    expect(await device.saveDraft(draft)).toEqual({ ok: true, value: draft })
    expect([breaks, await rowsOf(ground.databaseName)]).toMatchObject([0, { drafts: 0, changes: 1 }])
  })
})

describe('files', () => {
  it('[DS11] a photo is kept in chunks and comes back byte for byte', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    const photo = onePixelPhoto()
    const added = await device.addPhoto(draft, photo)
    const sha256 = added.ok ? added.value : ''
    const file = await device.readFile(sha256 as never)
    expect(file?.type).toBe('image/webp')
    expect(Buffer.from(file?.bytes ?? new ArrayBuffer(0)).equals(Buffer.from(photo.bytes))).toBe(true)
    const raw = new DeviceDatabase(ground.databaseName)
    const chunks = await raw.fileChunks.toArray()
    raw.shut()
    expect(chunks.map(({ data }) => data.byteLength).sort((a, b) => a - b)).toEqual([3, 75_712, 262_144, 262_144])
    expect(chunks.every(({ data }) => Object.prototype.toString.call(data) === '[object ArrayBuffer]')).toBe(true)
  })

  it('[DS11] a photo that is taken out goes with its bytes, another one stays', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await filledDraft(device)
    const [first, second] = [await device.addPhoto(draft, onePixelPhoto(1)), await device.addPhoto(draft, onePixelPhoto(2))]
    if (!first.ok || !second.ok) throw new Error('not added')
    await device.removePhoto(draft, first.value)
    expect(await device.readFile(first.value)).toBeNull()
    expect(await rowsOf(ground.databaseName)).toMatchObject({ files: 2, fileChunks: 4 })
    expect((await device.readDraft(draft))?.content.photos).toMatchObject([{ sha256: second.value }])
    await device.discardDraft(draft)
    expect(await rowsOf(ground.databaseName)).toMatchObject({ files: 0, fileChunks: 0 })
  })
})

async function filledDraft(device: Device): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge() } })
  return draft.id
}

async function rowsOf(name: string): Promise<Record<string, number>> {
  const db = await new Dexie(name).open()
  const counts = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const))
  db.close()
  return Object.fromEntries(counts)
}

/** Every write into one table fails from here on. */
function breakPuts(table: string, name: string): void {
  for (const method of ['put', 'add'] as const) {
    const real = IDBObjectStore.prototype[method]
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...about) {
      if (this.name === table) throw new DOMException('no', name)
      return real.apply(this, about)
    })
  }
}
