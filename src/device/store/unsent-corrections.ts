import { changeFrom } from '#domain/change.ts'
import type { ChangeOf } from '#domain/change.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { watchQuery } from '#device/store/live-watch.ts'
import { sendable, turnOf } from '#device/store/outbox.ts'
import type { SendableRow } from '#device/store/outbox.ts'
import { isSameJson } from '#device/same-json.ts'
import type { Watch } from '#device/watch.ts'

const atOnce = 100

/** The corrections of this device that the server has not proved to hold, of whichever window, in the order in which they go out. */
export function watchUnsentCorrections(db: DeviceDatabase): Watch<readonly ChangeOf<'correct'>[]> {
  return watchQuery(async () => (await db.read([db.changes, db.receipts], () => unprovedAtTheEnd(db))).flatMap(({ change }) => {
    const known = changeFrom(change)
    return known?.type === 'correct' ? [known] : []
  }), isSameJson)
}

/** A desk makes thousands of changes and few of them wait: what waits stands at the end of the chain, and is looked for from there. */
async function unprovedAtTheEnd(db: DeviceDatabase): Promise<readonly SendableRow[]> {
  const found: SendableRow[] = []
  for (let passed = 0; ; passed += atOnce) {
    const ids = await db.changes.orderBy('ownSeq').reverse().offset(passed).limit(atOnce).primaryKeys()
    const receipts = await db.receipts.bulkGet(ids)
    const unproved = ids.filter((_, index) => receipts[index] === undefined)
    found.push(...(await db.changes.bulkGet(unproved)).flatMap(sendable))
    if (unproved.length === 0 || ids.length < atOnce) return found.sort((one, other) => turnOf(one) - turnOf(other))
  }
}
