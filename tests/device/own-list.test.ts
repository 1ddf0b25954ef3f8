import { expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { createOwnEntries, readOwnEntries } from '#device/store/local-entries.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import type { ChangeRow, EntryRow } from '#device/store/rows.ts'
import { createTravelling, withTravel } from '#device/store/travelling.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, savedChallenge } from '../support/phone.ts'
import { seededChance } from '../support/seeded.ts'

const writes = process.env['TERRAIN_TEST'] === 'deep' ? 1000 : 300

it(`[DS32] [DS144] after each of ${writes} writes of any kind the list of own entries is what making it anew would give, and so is what is said of its travel`, async () => {
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
    const [kept, whole] = [await db.read([db.entries, ...pendingTables(db)], () => own.read(readPending(db))), await readOwnEntries(db, phone.ground.clock)]
    const after = `write ${at} (${written}) of TERRAIN_SEED=${seed}`
    expect({ after, list: kept }).toEqual({ after, list: whole })
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
  const [kind, row] = [pick(9), (await db.entries.get(id)) ?? pattern]
  const { state } = row
  if (kind <= 1) return db.entries.bulkPut(Array.from({ length: 1 + pick(3) }, () => entryAt(pattern, idOf(pick), pick))).then(() => 'entries come')
  if (kind === 2) return db.entries.put({ ...row, state: { ...state, content: { ...state.content, ...aChallenge({ description: `Words ${pick(1000)}.` }) } } }).then(() => 'words')
  if (kind === 3) return db.entries.delete(id).then(() => 'an entry goes')
  if (kind === 4) return db.entries.put({ ...row, mine: !row.mine }).then(() => 'it is somebody else’s')
  if (kind === 5) return db.entries.put({ ...row, state: { ...state, recordedAt: instant(pick) } }).then(() => 'another time')
  if (kind === 6) return db.changes.put({ ...change, id: idOf(pick) as never, entryId: id, ownSeq: 100 + pick(1_000_000) }).then(() => 'a change waits')
  if (kind === 7) return db.changes.orderBy('ownSeq').last().then((last) => db.receipts.put({ sv: 1, id: last?.id ?? change.id, seq: 1, epoch: 'one', status: 'stored' })).then(() => 'a receipt')
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

/** Few moments, so that entries of one and the same stand side by side. */
function instant(pick: Pick): EntryRow['state']['recordedAt'] {
  return `2026-03-0${1 + pick(5)}T09:00:00.000Z` as EntryRow['state']['recordedAt']
}

function entryAt(pattern: EntryRow, id: EntryId, pick: Pick): EntryRow {
  return { ...pattern, id, mine: pick(5) > 0, state: { ...pattern.state, id, recordedAt: instant(pick) } }
}
