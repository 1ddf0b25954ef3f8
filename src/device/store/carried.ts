import type { Clock } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { CarryOutcome, ChosenFile } from '#device/handing-over.ts'
import { chunkBytes } from '#device/store/files.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { isReserveGiven, withReserve } from '#device/store/reserve.ts'
import type { CarriedRow } from '#device/store/rows.ts'
import { isFull } from '#device/store/storage-problem.ts'
import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import type { BundleHead, BundleId } from '#protocol/bundle-file.ts'

interface CarryGround {
  readonly db: DeviceDatabase
  readonly clock: Clock
}

/** How many of its own bundles a phone knows again. */
const rememberedBundles = 50
/** A copy that was broken off is begun again by then, or never. */
const unfinishedLifeMs = 86_400_000

/** The two places for bytes of one bundle. */
function placesOf(id: BundleId): readonly [BundleId, BundleId] {
  return [id, `${id}+` as BundleId]
}

/**
 * Keeps a bundle of another phone as it is. It cannot be read here; only its head says how much it is and for which campaign. Bytes
 * come in as chunks, one write each, and only the last write makes it one that is carried: a copy that was cut short is none.
 */
export async function carry(ground: CarryGround & Pick<DeviceGround, 'locks'>, file: ChosenFile): Promise<CarryOutcome> {
  const { db } = ground
  const start = new Uint8Array(await file.read(0, Math.min(maxHeadBytes, file.size)))
  const head = readBundleHead(start)
  if (!head.ok) return start[0] === openingBrace ? 'plain' : head.problem
  // A window that is at it holds the lock: what is unfinished while nobody does was broken off by a kill, and takes room.
  const taken = await ground.locks.withLock(`${db.name}-carry`, async () => {
    await dropUnfinished(db, () => true)
    return takeIn(ground, head.value, file)
  })
  return taken ?? takeIn(ground, head.value, file)
}

async function takeIn({ db, clock }: CarryGround, head: BundleHead, file: ChosenFile): Promise<CarryOutcome> {
  const refused = await reasonAgainst(db, head, file)
  if (refused !== null) return refused
  const waiting = await db.carried.get(head.header.id)
  if (waiting !== undefined && isWaiting(waiting)) return keepBeside(db, waiting, file)
  const { id, campaignId, createdAt, entries, photos, voices } = head.header
  const row: CarriedRow = {
    sv: 1, id, campaignId, createdAt, entries, photos, voices, bytes: file.size, takenAt: instantOf(clock), isWhole: false,
    state: 'waiting', sentBytes: 0, problem: null, answer: null,
  }
  try {
    await db.write([db.carried], () => db.carried.put(row))
    await copyBytes(db, id, file)
    // Dropped meanwhile, it lacks bytes.
    if ((await db.write([db.carried], () => db.carried.update(id, { isWhole: true }))) === 0) throw new BytesGone('dropped while it was copied')
    return 'taken'
  } catch (error) {
    await dropCarried(db, id).catch(() => undefined)
    if (isFull(error)) return 'storage-full'
    throw error
  }
}

async function copyBytes(db: DeviceDatabase, at: BundleId, file: ChosenFile): Promise<void> {
  for (let n = 0; n * chunkBytes < file.size; n += 1) {
    const data = await file.read(n * chunkBytes, Math.min(file.size, (n + 1) * chunkBytes))
    await db.write([db.carriedChunks], () => db.carriedChunks.put({ sv: 1, id: at, n, data }))
  }
}

/** Another copy of what waits: it is sent when the server cannot take the first one. Nothing of that one is touched. */
async function keepBeside(db: DeviceDatabase, { id, bytesAt = id }: CarriedRow, file: ChosenFile): Promise<CarryOutcome> {
  const otherAt = placesOf(id).find((place) => place !== bytesAt) ?? id
  try {
    await copyBytes(db, otherAt, file)
    await db.write([db.carried, db.carriedChunks], async () => {
      const now = await db.carried.get(id)
      if (now === undefined || now.state === 'delivered') return deleteBytes(db, otherAt)
      await db.carried.update(id, { otherAt })
      if (now.state === 'refused') await goOnWithOther(db, id)
    })
    return 'taken'
  } catch (error) {
    await deleteBytes(db, otherAt).catch(() => undefined)
    if (isFull(error)) return 'storage-full'
    throw error
  }
}

/** True where there is another copy, which takes the place of the one that the server cannot take. */
export async function takeOtherCopy(db: DeviceDatabase, id: BundleId): Promise<boolean> {
  return db.write([db.carried, db.carriedChunks], () => goOnWithOther(db, id))
}

async function goOnWithOther(db: DeviceDatabase, id: BundleId): Promise<boolean> {
  const row = await db.carried.get(id)
  if (row?.otherAt === undefined) return false
  const { otherAt, bytesAt = id, ...rest } = row
  await db.carried.put({ ...rest, bytesAt: otherAt, state: 'waiting', sentBytes: 0, problem: null })
  await deleteBytes(db, bytesAt)
  return true
}

/** On its way to the server, also where that is for tomorrow. */
export function isWaiting({ isWhole, state }: CarriedRow): boolean {
  return isWhole && (state === 'waiting' || state === 'held')
}

async function isSameCopy(db: DeviceDatabase, { id, bytesAt = id }: CarriedRow, file: ChosenFile): Promise<boolean> {
  for (let n = 0; n * chunkBytes < file.size; n += 1) {
    const here = (await db.carriedChunks.get([bytesAt, n]))?.data
    const there = new Uint8Array(await file.read(n * chunkBytes, Math.min(file.size, (n + 1) * chunkBytes)))
    if (here?.byteLength !== there.length) return false
    const known = new Uint8Array(here)
    if (there.some((byte, at) => byte !== known[at])) return false
  }
  return true
}

/** `{`: the plain JSON of phones that knew no key. */
const openingBrace = 0x7b

async function reasonAgainst(db: DeviceDatabase, { header, bytes }: BundleHead, file: ChosenFile): Promise<Exclude<CarryOutcome, 'taken'> | null> {
  const own = await readMeta(db, 'membership')
  if (own === undefined || header.campaignId !== own.membership.campaign.id) return 'other-campaign'
  if ((await readMeta(db, 'ownBundles'))?.includes(header.id) === true) return 'own'
  const known = await db.carried.get(header.id)
  if (known?.state === 'delivered' && known.problem === null) return 'delivered'
  if (file.size !== bytes.length + header.bytes) return 'cut-off'
  // With one of each kind there is nothing more to hope for.
  if (known !== undefined && isWaiting(known) && (known.otherAt !== undefined || (await isSameCopy(db, known, file)))) return 'known'
  // Room that was given up for words is not for what others wrote.
  return (await isReserveGiven(db)) ? 'storage-full' : null
}

/** The head of an own bundle is known again when it comes back. Where no room is left for that the file is made all the same: what waits on a full phone has no safer place. */
export async function rememberOwnBundle(db: DeviceDatabase, id: BundleId): Promise<void> {
  await withReserve(db, () => db.write([db.meta], async () => {
    await writeMeta(db, 'ownBundles', [...((await readMeta(db, 'ownBundles')) ?? []), id].slice(-rememberedBundles))
  })).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}

/** With its bytes. */
export async function dropCarried(db: DeviceDatabase, id: BundleId): Promise<void> {
  // Even deleting takes room.
  await withReserve(db, () => db.write([db.carried, db.carriedChunks], async () => {
    await db.carried.delete(id)
    for (const place of placesOf(id)) await deleteBytes(db, place)
  }))
}

async function dropUnfinished(db: DeviceDatabase, isDead: (row: CarriedRow) => boolean): Promise<readonly CarriedRow[]> {
  const rows = await db.carried.toArray()
  for (const row of rows) if (!row.isWhole && isDead(row)) await dropCarried(db, row.id)
  return rows
}

/** Those that wait, the oldest first; copies that were broken off long ago go. */
export async function waitingBundles({ db, clock }: CarryGround): Promise<readonly CarriedRow[]> {
  const before = clock.now() - unfinishedLifeMs
  const rows = await dropUnfinished(db, ({ takenAt }) => Date.parse(takenAt) < before)
  return rows.filter(isWaiting).sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1))
}

/** The copy was dropped while it was read, or the browser has lost a part of it. */
export class BytesGone extends Error {}

/** Some of its bytes. */
export async function readCarried(db: DeviceDatabase, { id, bytes, bytesAt = id }: Pick<CarriedRow, 'id' | 'bytes' | 'bytesAt'>, start: number, end: number): Promise<ArrayBuffer> {
  const until = Math.min(end, bytes)
  const whole = new Uint8Array(until - start)
  for (let n = Math.floor(start / chunkBytes); n * chunkBytes < until; n += 1) {
    const chunk = await db.carriedChunks.get([bytesAt, n])
    if (chunk === undefined) throw new BytesGone('bytes of a carried bundle are gone')
    const from = Math.max(start, n * chunkBytes)
    const part = new Uint8Array(chunk.data, from - n * chunkBytes, Math.min(until, (n + 1) * chunkBytes) - from)
    whole.set(part, from - start)
  }
  return whole.buffer
}

export async function noteCarried(db: DeviceDatabase, id: BundleId, patch: Partial<Pick<CarriedRow, 'state' | 'sentBytes' | 'problem'>>): Promise<void> {
  await db.write([db.carried], () => db.carried.update(id, patch))
}

/** The server has said what it took: the bytes go, and first, for a full phone has no other room; what it said stays to be read. */
export async function noteDelivered(db: DeviceDatabase, id: BundleId, answer: NonNullable<CarriedRow['answer']>): Promise<void> {
  await withReserve(db, () => db.write([db.carried, db.carriedChunks], async () => {
    for (const place of placesOf(id)) await deleteBytes(db, place)
    // Whoever has dropped it meanwhile does not get it back.
    await db.carried.update(id, { state: 'delivered', problem: null, answer, bytesAt: undefined, otherAt: undefined })
  }))
}

async function deleteBytes(db: DeviceDatabase, id: BundleId): Promise<void> {
  await db.carriedChunks.where('[id+n]').between([id, 0], [id, Infinity]).delete()
}
