import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { unknownScope } from '#device/store/exchanged.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import { forgetOthers } from '#device/store/others.ts'
import { refold } from '#device/store/refold.ts'
import { withReserve } from '#device/store/reserve.ts'

/**
 * The device was signed out, or the membership of its person has ended: until they join again nobody tells it any more what was withdrawn or erased, so what
 * others wrote goes. Whoever joins again is shown anew what they may see. How far the log was read stays, by which a server that was set back is found out.
 */
export async function noteSignedOut(db: DeviceDatabase): Promise<void> {
  // On a full phone as well: what goes there takes a word of room.
  await withReserve(db, () => db.write([db.changes, db.entries, db.digests, db.members, db.meta], async () => {
    await writeMeta(db, 'attention', 'join-again')
    const [pull, touched] = [await readMeta(db, 'pull'), new Set<EntryId>()]
    await forgetOthers(db, touched)
    await refold(db, touched)
    if (pull !== undefined) await writeMeta(db, 'pull', { ...pull, scope: unknownScope })
  }))
}
