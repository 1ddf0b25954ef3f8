import type { EntryId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readOwnEntries } from '#device/store/local-entries.ts'
import { withTravel } from '#device/store/travelling.ts'
import type { LocalEntry } from '#device/device.ts'
import { readMeta } from '#device/store/meta.ts'
import type { PullPosition } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'
import type { ChangeRow, DigestRow, FileRow, ReceiptRow } from '#device/store/rows.ts'
import type { SimPhone } from './sim-phone.ts'

/** What stands on a phone at this moment, read past its app. */
export interface Look {
  readonly pull: PullPosition | undefined
  readonly deviceId: string | undefined
  readonly memberId: string | undefined
  readonly entries: readonly LocalEntry[]
  readonly changes: readonly ChangeRow[]
  readonly receipts: readonly ReceiptRow[]
  readonly digests: readonly DigestRow[]
  readonly files: readonly FileRow[]
  readonly pendingChanges: number
  readonly pendingFiles: number
}

const nobody: ReadonlySet<EntryId> = new Set()

export function lookAt(phone: SimPhone): Promise<Look> {
  return phone.unwatched(() => {
    const db = phone.storage
    // In one transaction: nine of their own cost thousands of histories a quarter of their time.
    return db.read([db.entries, db.digests, ...pendingTables(db)], () => readAll(db))
  })
}

async function readAll(db: DeviceDatabase): Promise<Look> {
  const pending = await readPending(db)
  const own = await readMeta(db, 'membership')
  return {
    pull: await readMeta(db, 'pull'), deviceId: own?.identity.deviceId, memberId: own?.membership.member.id,
    entries: (await readOwnEntries(db, Date)).map((entry) => withTravel(entry, nobody)),
    changes: await db.changes.toArray(), receipts: await db.receipts.toArray(), digests: await db.digests.toArray(), files: await db.files.toArray(),
    pendingChanges: pending.changes.length, pendingFiles: pending.files.length,
  }
}
