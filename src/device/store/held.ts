import * as v from 'valibot'
import { changeBodySchemas } from '#domain/change.ts'
import type { ChangeId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { alreadyHeld } from '#device/held-decisions.ts'
import type { DecisionInput, HeldDecisions } from '#device/held-decisions.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { HeldRow } from '#device/store/held-row.ts'
import { isErasedHere } from '#device/store/is-erased.ts'
import { newChange } from '#device/store/making.ts'
import type { Making } from '#device/store/making.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { appendOwn, isAppended, ownChangeTables } from '#device/store/own-change.ts'
import { withReserve } from '#device/store/reserve.ts'
import { readSent, sentTables } from '#device/store/sent-decisions.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'

type HeldGround = Making & { readonly db: DeviceDatabase }

export const holdDecisions = ({ db, ...making }: HeldGround, decisions: readonly DecisionInput[], forMs: number): ReturnType<HeldDecisions['hold']> => {
  const sendAt = making.clock.now() + forMs
  const made = decisions.map(({ entryId, base, body, ref, asOf }): HeldRow => ({ ref, asOf, sendAt, rival: null, change: newChange(making, { entryId, type: 'decide', base, body }) }))
  const rows = made.map((row) => ({ ...row, batch: made[0]?.change.id ?? row.change.id }))
  if (!rows.every(({ change }) => v.is(changeBodySchemas.decide, change.body))) return Promise.resolve(fail({ kind: 'incomplete', fields: ['decide'] }))
  return written(() => withReserve(db, () => db.write(sentTables(db), async () => {
    const before = (await readMeta(db, 'held')) ?? []
    // A second try of the same save finds what the first one wrote.
    const known = new Set(before.map(({ change }) => change.id))
    const own = new Set(rows.map(({ change }) => change.id))
    const waiting = (await readSent(db)).filter(({ isWaiting }) => isWaiting)
    const taken = new Set([...before.filter(({ change, rival }) => rival === null && !own.has(change.id)).map(({ change }) => change), ...waiting].map(({ entryId }) => entryId))
    if (rows.some(({ change }) => taken.has(change.entryId))) throw new Refusal(alreadyHeld)
    await writeMeta(db, 'held', [...before, ...rows.filter(({ change }) => !known.has(change.id))])
    return rows.map(({ change }) => change.id)
  })))
}

export function takeBackHeld(db: DeviceDatabase, ids: readonly ChangeId[]): Promise<readonly ChangeId[]> {
  return db.write([db.meta], async () => {
    const rows = (await readMeta(db, 'held')) ?? []
    await writeMeta(db, 'held', rows.filter(({ change }) => !ids.includes(change.id)))
    return rows.map(({ change }) => change.id).filter((id) => ids.includes(id))
  })
}

export function stopHeld(db: DeviceDatabase, id: ChangeId, rival: NonNullable<HeldRow['rival']>): Promise<void> {
  return db.write([db.meta], async () => {
    const rows = (await readMeta(db, 'held')) ?? []
    await writeMeta(db, 'held', rows.map((row) => (row.change.id === id ? { ...row, rival } : row)))
  })
}

/** More than a desk decides in days without a connection. */
const mostSent = 1000

/**
 * Out of what is held and into the chain in one transaction: there is no moment at which a decision stands in both, or in neither. Of somebody
 * who may not decide any more it would only be set aside by the server: it stays held until they may again.
 */
export function sendHeld(db: DeviceDatabase, ids: readonly ChangeId[]): ReturnType<HeldDecisions['send']> {
  return written(() => withReserve(db, () => db.write([...ownChangeTables(db)], async () => {
    const rows = (await readMeta(db, 'held')) ?? []
    if ((await readMeta(db, 'membership'))?.membership.abilities.includes('review') !== true) return []
    const going = rows.filter(({ change, rival }) => ids.includes(change.id) && rival === null)
    // A decision on what was erased meanwhile is about nothing any more.
    const isErased = await Promise.all(going.map(({ change }) => isErasedHere(db, change.entryId)))
    const left = going.filter((_, index) => isErased[index] === false)
    const isThere = await Promise.all(left.map(({ change }) => isAppended(db, change)))
    const changes = left.filter((_, index) => isThere[index] === false).map(({ change }) => change)
    if (changes.length > 0) await appendOwn(db, changes)
    await writeMeta(db, 'held', rows.filter((row) => !going.includes(row)))
    const sent = ((await readMeta(db, 'sent')) ?? []).filter(({ entryId }) => !left.some(({ change }) => change.entryId === entryId))
    await writeMeta(db, 'sent', [...sent, ...left.map(({ ref, change }) => ({ id: change.id, entryId: change.entryId, ref, verdict: change.body.verdict }))].slice(-mostSent))
    return left.map(({ change }) => change.id)
  })))
}

/** No decision is held for longer than this, so what is due later was written under another clock. */
const longestHoldMs = 60_000
/** An open desk sends what is its own; a start leaves it this long for that. */
const graceMs = 15_000

/**
 * What a desk held when it was closed goes out at the next start, whichever page that opens. Resolves true when something went.
 * What is not due yet may belong to a desk in another window, and is looked at again a little later.
 */
export async function sendLeftHeld(ground: Pick<DeviceGround, 'clock' | 'timer'> & { readonly db: DeviceDatabase }, onSent: () => void): Promise<void> {
  const rows = ((await readMeta(ground.db, 'held')) ?? []).filter(({ rival }) => rival === null)
  const now = ground.clock.now()
  const due = rows.filter(({ sendAt }) => sendAt <= now || sendAt > now + longestHoldMs)
  if (due.length > 0 && (await sendHeld(ground.db, due.map(({ change }) => change.id))).ok) onSent()
  if (due.length < rows.length) ground.timer.after(Math.max(...rows.map(({ sendAt }) => sendAt)) - now + graceMs, () => void sendLeftHeld(ground, onSent).catch(() => undefined))
}
