import { afterEach, describe, expect, it, vi } from 'vitest'
import { createEntryId } from '#domain/new-ids.ts'
import { ok } from '#domain/result.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import { newChange } from '#device/store/making.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import { appendOwn, ownChangeTables } from '#device/store/own-change.ts'
import { createWaitingKeeper } from '#device/store/waiting-keeper.ts'
import { createStanding } from '#device/sync/standing.ts'
import { aChallenge } from '../support/contents.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPhone, newDatabaseName, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

const [entries, photos] = [120, 40]
afterEach(() => vi.restoreAllMocks())

describe('what waits is counted without being read', () => {
  it('[DS60] [DS144] a save while many wait reads the rows that it wrote, none of the others, and no file’s bytes', async () => {
    const { device } = await waitingPhone()
    const [read, counted] = [countRows(), [vi.spyOn(IDBObjectStore.prototype, 'count'), vi.spyOn(IDBIndex.prototype, 'count')]]
    await savedChallenge(device)
    await until(device.sync, ({ pendingEntries }) => pendingEntries === entries + 1)
    await until(device.entries, (all) => all.length === entries + 1)
    // Two counts, perhaps begun anew, and what the save itself looks up; nothing that grows with what waits.
    expect(read('changes')).toBeLessThan(20)
    expect(read('receipts')).toBeLessThan(20)
    expect([read('files'), read('fileChunks')]).toEqual([0, 0])
    for (const calls of counted) expect(calls.mock.contexts.map((source) => (source instanceof IDBIndex ? source.objectStore.name : source instanceof IDBObjectStore ? source.name : '')).filter((name) => ['changes', 'receipts', 'entries', 'files'].includes(name))).toEqual([])
    device.close()
  })

  it('[DS60] a file that arrived costs the reading of that file', async () => {
    const phone = await waitingPhone()
    phone.device.close()
    const [arrivedFiles, wait] = [deferredCount(), 10]
    const again = await reopened(phone, { upload: async () => arrivedFiles.next() })
    await arrivedFiles.reached(wait)
    await until(again.device.sync, ({ pendingBytes }) => pendingBytes === photos * 903 - (wait - 1) * 3)
    const read = countRows()
    arrivedFiles.open(wait)
    await arrivedFiles.reached(2 * wait)
    await until(again.device.sync, ({ pendingBytes }) => pendingBytes === photos * 903 - (2 * wait - 1) * 3)
    expect(read('fileChunks')).toBe(wait)
    // The row that is marked, and it again for each of two counts, where one may be begun anew; a list would be 80 rows a file and count.
    expect(read('files')).toBeLessThan(10 * wait)
    expect([read('changes'), read('receipts')]).toEqual([0, 0])
    arrivedFiles.open(Infinity)
    await again.device.flush()
    again.device.close()
  })

  it('[DS60] whatever is written, by this window or another, the count is what reading everything would give', async () => {
    const phone = await waitingPhone()
    const db = new DeviceDatabase(phone.ground.databaseName)
    let at = 0
    const keeper = createWaitingKeeper(db, { now: () => at })
    const isRight = async () => {
      const [kept, whole] = await db.read(pendingTables(db), async () => [await keeper.read(), await readPending(db)])
      expect(kept.changes.map(({ entryId, bytes }) => `${entryId} ${bytes}`).toSorted()).toEqual(whole.changes.map(({ entryId, bytes }) => `${entryId} ${bytes}`).toSorted())
      expect(kept.files.map(({ sha256 }) => sha256).toSorted()).toEqual(whole.files.map(({ sha256 }) => sha256).toSorted())
      return kept.changes.length
    }
    expect(await isRight()).toBe(entries)
    const id = await savedChallenge(phone.device)
    expect(await isRight()).toBe(entries + 1)
    const { changes: [first, second, third] } = await readPending(db)
    if (first === undefined || second === undefined || third === undefined) throw new Error('nothing waits')
    await db.receipts.put({ sv: 1, id: first.id, seq: 1, epoch: 'an epoch', status: 'stored' })
    expect(await isRight()).toBe(entries)
    await db.changes.put({ ...second, change: null })
    expect(await isRight()).toBe(entries - 1)
    await db.receipts.delete(first.id)
    expect(await isRight()).toBe(entries)
    await db.changes.delete(third.id)
    await db.files.where('entryId').equals('nobody').delete().catch(() => undefined)
    expect(await isRight()).toBe(entries - 1)
    // Past the library nobody tells; the numbers do, as soon as they are looked at again.
    at += 60_000
    const raw = db.backendDB().transaction('receipts', 'readwrite')
    raw.objectStore('receipts').put({ sv: 1, id: first.id, seq: 1, epoch: 'an epoch', status: 'stored' })
    await new Promise((resolve) => raw.addEventListener('complete', resolve))
    expect(await isRight()).toBe(entries - 2)
    await db.receipts.clear()
    expect(await isRight()).toBe(entries - 1)
    expect(id).toBeDefined()
    keeper.stop()
    db.shut()
    await expect(db.read(pendingTables(db), () => keeper.read())).rejects.toThrow()
    phone.device.close()
  })
})

it('[DS61] a query that could not be read is read again after the next write, and no more when nobody looks', async () => {
  const db = new DeviceDatabase(newDatabaseName())
  let [reads, isBroken] = [0, true]
  const names = watchQuery(async () => {
    reads += 1
    if (isBroken) throw new Error('the disk does not answer')
    return (await db.members.toArray()).map(({ name }) => name)
  })
  const end = names.subscribe(() => undefined)
  await eventually(() => expect(reads).toBeGreaterThanOrEqual(2))
  isBroken = false
  await db.members.put({ sv: 1, id: 'a' as never, name: 'Amal' })
  expect(await until(names, (all) => all.length === 1)).toEqual(['Amal'])
  const readable = reads
  isBroken = true
  await db.members.put({ sv: 1, id: 'b' as never, name: 'Bilal' })
  await eventually(() => expect(reads).toBeGreaterThanOrEqual(readable + 2))
  end()
  isBroken = false
  const last = reads
  await db.members.put({ sv: 1, id: 'c' as never, name: 'Chipo' })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([reads, names.get()]).toEqual([last, ['Amal']])
  db.shut()
})

it('[DS96] what is watched is read once at first, and once after each write: no reading loses its transaction', async () => {
  const phone = await waitingPhone()
  const db = new DeviceDatabase(phone.ground.databaseName)
  const keeper = createStanding(db, phone.ground.clock)
  keeper.wantAll()
  let reads = 0
  const standing = watchQuery(() => {
    reads += 1
    return keeper.read()
  })
  const end = standing.subscribe(() => undefined)
  await until(standing, ({ entries: all, state }) => all?.length === entries && state.pendingEntries === entries)
  expect(reads).toBe(1)
  await db.transaction('rw', [...ownChangeTables(db)], () => appendOwn(db, [newChange(phone.ground, { entryId: createEntryId(phone.ground.clock, phone.ground.chance), type: 'record', base: null, body: { content: aChallenge() } })]))
  await until(standing, ({ entries: all, state }) => all?.length === entries + 1 && state.pendingEntries === entries + 1)
  expect(reads).toBe(2)
  end()
  keeper.stop()
  db.shut()
  phone.device.close()
})

/** A phone that is offline with entries and photos in it, looked at until it knows how many. */
async function waitingPhone(): Promise<Phone> {
  const phone = await joinedPhone()
  phone.device.close()
  await fill(phone)
  const again = await reopened(phone, { isOnline: false })
  await until(again.device.sync, ({ pendingEntries, pendingFiles }) => pendingEntries === entries && pendingFiles === photos)
  await until(again.device.entries, (all) => all.length === entries)
  return again
}

async function fill({ ground }: Phone): Promise<void> {
  const db = new DeviceDatabase(ground.databaseName)
  const ids = Array.from({ length: entries }, () => createEntryId(ground.clock, ground.chance))
  await db.write([...ownChangeTables(db), db.files, db.fileChunks], async () => {
    await appendOwn(db, ids.map((entryId, at) => newChange(ground, { entryId, type: 'record', base: null, body: { content: aChallenge({ description: `Place ${at} has no water since Monday.` }) } })))
    for (const [role, bytes] of [['original', 900], ['thumb', 3]] as const) {
      const names = ids.slice(0, photos).map((entryId, at) => ({ entryId, sha256: `${role === 'thumb' ? 'a' : 'b'}${String(at).padStart(63, '0')}` as never }))
      await db.files.bulkPut(names.map((name) => ({ sv: 1, ...name, role, type: 'image/webp', bytes, chunks: 1, saved: true, sentEpoch: null, stored: false })))
      await db.fileChunks.bulkPut(names.map((name) => ({ sv: 1, ...name, n: 0, data: new ArrayBuffer(bytes) })))
    }
  })
  db.shut()
}

/** Uploads that end as many at a time as a test lets through. */
function deferredCount() {
  let [begun, allowed] = [0, 0]
  const looks: (() => void)[] = []
  const tell = (): void => looks.forEach((look) => look())
  const so = (isSo: () => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (isSo()) resolve()
    }
    looks.push(look)
    look()
  })
  return {
    next: async () => {
      begun += 1
      const own = begun
      tell()
      await so(() => own <= allowed)
      return ok(null)
    },
    reached: async (count: number) => {
      allowed = Math.max(allowed, count - 1)
      tell()
      await so(() => begun >= count)
    },
    open: (count: number) => {
      allowed = Math.max(allowed, count)
      tell()
    },
  }
}

/** Rows and keys that the phone has read of a table, from now on. */
function countRows(): (table: string) => number {
  const counts = new Map<string, number>()
  const note = (name: string, rows: unknown): void => void counts.set(name, (counts.get(name) ?? 0) + (Array.isArray(rows) ? rows.length : rows === undefined || rows === null ? 0 : 1))
  for (const method of ['get', 'getAll', 'getAllKeys', 'openCursor', 'openKeyCursor'] as const) {
    for (const Source of [IDBObjectStore, IDBIndex]) {
      const real: (...args: never[]) => IDBRequest = Source.prototype[method]
      vi.spyOn(Source.prototype, method).mockImplementation(function (this: IDBObjectStore | IDBIndex, ...args: readonly unknown[]): IDBRequest {
        const request: IDBRequest = Reflect.apply(real, this, args)
        // The first step of a cursor over keys finds the last key of a table: that is no row.
        let steps = method === 'openKeyCursor' ? 0 : 1
        request.addEventListener('success', () => {
          if (steps > 0) note('objectStore' in this ? this.objectStore.name : this.name, request.result)
          steps += 1
        })
        return request
      })
    }
  }
  return (table) => counts.get(table) ?? 0
}
