import { expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { lookAt, readFirstLook } from '#device/store/first-look.ts'
import { createOwnEntries, readOwnEntries } from '#device/store/local-entries.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import type { ChangeRow, EntryRow } from '#device/store/rows.ts'
import { createTravelling, withTravel } from '#device/store/travelling.ts'
import { aChallenge } from '../support/contents.ts'
import { idlingStart, joinedPhone, savedChallenge, until } from '../support/phone.ts'
import { seededChance } from '../support/seeded.ts'

const writes = process.env['TERRAIN_TEST'] === 'deep' ? 1000 : 300

it(`[DS32] [DS144] [DS145] after each of ${writes} writes of any kind the list of own entries is what making it anew would give, and so are what is said of its travel and what a first screen shows of it`, async () => {
  const seed = Number(process.env['TERRAIN_SEED'] ?? 20_261_128)
  const pick = picker(seed)
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const saved = await savedChallenge(phone.device)
  phone.device.close()
  const db = new DeviceDatabase(phone.ground.databaseName)
  await writeMeta(db, 'pull', { seq: 0, epoch: 'one', safeSeq: 0 } as never)
  const [pattern, change] = [await db.entries.get(saved), await db.changes.where('entryId').equals(saved).first()]
  if (pattern === undefined || change === undefined) throw new Error('nothing was saved')
  const [own, travelling] = [createOwnEntries(db, phone.ground.clock), createTravelling()]
  let sending: ReadonlySet<EntryId> = new Set()
  for (let at = 0; at < writes; at += 1) {
    const ids = (await db.entries.toCollection().primaryKeys()).toSorted()
    const one = ids[pick(ids.length)] ?? saved
    const written = await act(db, { pattern, change, pick }, one)
    const [all, look, byIndex] = await db.read([db.entries, db.begun, ...pendingTables(db)], async () => {
      const read = await own.read(readPending(db))
      return [read, await lookAt(db, read), await readFirstLook(db, readPending(db))] as const
    })
    const [kept, whole] = [all.list, await readOwnEntries(db, phone.ground.clock)]
    const after = `write ${at} (${written}) of TERRAIN_SEED=${seed}`
    expect({ after, list: kept }).toEqual({ after, list: whole })
    expect({ after, look: byIndex }).toEqual({ after, look })
    if (pick(4) === 0) sending = new Set(whole.filter(() => pick(5) === 0).map(({ state }) => state.id))
    expect({ after, list: travelling(kept, sending) }).toEqual({ after, list: whole.map((entry) => withTravel(entry, sending)) })
  }
  own.stop()
  db.shut()
})

interface Hand {
  readonly pattern: EntryRow
  readonly change: ChangeRow
  readonly pick: Pick
}

/** One write of some kind, told in words. */
async function act(db: DeviceDatabase, { pattern, change, pick }: Hand, id: EntryId): Promise<string> {
  const [kind, row] = [pick(12), (await db.entries.get(id)) ?? pattern]
  const { state } = row
  if (kind <= 1) return db.entries.bulkPut(Array.from({ length: 1 + pick(3) }, () => entryAt(pattern, idOf(pick), pick))).then(() => 'entries come')
  if (kind === 2) return db.entries.put({ ...row, state: { ...state, content: { ...state.content, ...aChallenge({ description: `Words ${pick(1000)}.` }) } } }).then(() => 'words')
  if (kind === 3) return db.entries.delete(id).then(() => 'an entry goes')
  if (kind === 4) return db.entries.put({ ...row, mine: !row.mine }).then(() => 'it is somebody else’s')
  if (kind === 5) return db.entries.put({ ...withoutOrder(row), state: { ...state, recordedAt: instant(pick) } }).then(() => 'another time')
  if (kind === 11) return db.entries.put({ ...row, savedAt: new Date(Date.parse(state.recordedAt) + 1 + pick(3_000_000_000)).toISOString() as never }).then(() => 'a clock that went back')
  if (kind === 6) return db.changes.put({ ...change, id: idOf(pick) as never, entryId: id, ownSeq: 100 + pick(1_000_000) }).then(() => 'a change waits')
  if (kind === 7) return db.changes.orderBy('ownSeq').last().then((last) => db.receipts.put({ sv: 1, id: last?.id ?? change.id, seq: 1, epoch: 'one', status: 'stored' })).then(() => 'a receipt')
  if (kind === 8) return db.begun.put({ sv: 1, entryId: id, fields: {}, comment: 'So far', startedAt: instant(pick), updatedAt: instant(pick) } as never).then(() => 'something is begun')
  if (kind === 9) return db.entries.put({ ...row, asks: 1, state: { ...state, comments: [{ change: idOf(pick), memberId: idOf(pick), text: 'Which well?' } as never] } }).then(() => 'a comment')
  const pull = await readMeta(db, 'pull')
  return writeMeta(db, 'pull', { ...pull, safeSeq: (pull?.safeSeq ?? 0) + 1 } as never).then(() => 'a backup')
}

type Pick = (below: number) => number

function picker(seed: number): Pick {
  const chance = seededChance(String(seed))
  return (below) => chance.bytes(6).reduce((sum, byte) => sum * 256 + byte, 0) % below
}

function idOf(pick: Pick): EntryId {
  return `01900000-0000-7000-8000-${pick(2 ** 40).toString(16).padStart(12, '0')}` as EntryId
}

/** What counts as saved is never before what was recorded. */
function withoutOrder({ sv, id, mine, state, asks, proved = null }: EntryRow): EntryRow {
  return { sv, id, mine, state, asks, proved }
}

/** Few moments, so that entries of one and the same stand side by side. */
function instant(pick: Pick): EntryRow['state']['recordedAt'] {
  return `2026-03-0${1 + pick(5)}T09:00:00.000Z` as EntryRow['state']['recordedAt']
}

function entryAt(pattern: EntryRow, id: EntryId, pick: Pick): EntryRow {
  return { ...pattern, id, mine: pick(5) > 0, state: { ...pattern.state, id, recordedAt: instant(pick) } }
}

it('[DS145] a phone shows the newest, what asks and what was begun before it has read the others, and the same afterwards', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const first = await savedChallenge(phone.device)
  const second = await savedChallenge(phone.device)
  for (let at = 0; at < 60; at += 1) await savedChallenge(phone.device)
  await phone.device.writeBegun(second, { comment: 'And the roof' })
  phone.device.close()
  const db = new DeviceDatabase(phone.ground.databaseName)
  const row = await db.entries.get(first)
  if (row === undefined) throw new Error('nothing was saved')
  await db.entries.put({ ...row, asks: 1, state: { ...row.state, questions: [{ id: 'q', field: 'country', text: 'Which one?', askedBy: 'x', answeredBy: null, settled: false } as never] } })
  db.shut()
  const { device, beIdle, ground } = await idlingStart(phone, { isOnline: false })
  const before = await until(device.firstLook, ({ newest }) => newest.length > 0)
  expect([before.newest.length, before.asking.map(({ state }) => state.id), before.begun.map(({ state }) => state.id), before.all]).toEqual([50, [first], [second], null])
  expect(device.entries.get()).toBeUndefined()
  beIdle()
  ground.time.advance(2000)
  beIdle()
  const after = await until(device.firstLook, ({ all }) => all !== null)
  expect(after).toEqual({ ...before, all: { count: 62, isSafe: false } })
  expect(device.entries.get()?.slice(0, 50)).toEqual(before.newest)
  device.close()
})

it('[DS145] whoever looks at all of them before has them', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  for (let at = 0; at < 3; at += 1) await savedChallenge(phone.device)
  phone.device.close()
  const { device } = await idlingStart(phone, { isOnline: false })
  await until(device.firstLook, ({ newest }) => newest.length === 3)
  expect(device.entries.get()).toBeUndefined()
  expect(await until(device.entries, (entries) => entries.length === 3)).toHaveLength(3)
  expect(device.firstLook.get()?.all).toEqual({ count: 3, isSafe: false })
  device.close()
})
