import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { eraseChange, eraseWhatServerHad } from '#device/store/erasing.ts'
import { writeMeta } from '#device/store/meta.ts'
import { refold } from '#device/store/refold.ts'
import type { ReceiptRow } from '#device/store/rows.ts'
import type { PushResult, SyncResponse } from '#protocol/sync.ts'

/** What proves that the server holds a change. `mismatch` and `forked` do not: it holds another one under this name or place. */
const proofs: readonly PushResult['status'][] = ['stored', 'duplicate', 'erased', 'quarantined']

interface Results {
  readonly response: Pick<SyncResponse, 'results' | 'epoch' | 'serverTime' | 'receivedAt'>
  /** Results are matched by id against these; one for anything else says nothing. */
  readonly sent: ReadonlySet<ChangeId>
  readonly touched: Set<EntryId>
}

/** Receipts for what the answer proves, inside the caller's transaction; returns how many changes it settled. */
export async function applyResults(db: DeviceDatabase, { response, sent, touched }: Results): Promise<number> {
  let settled = 0
  for (const result of response.results) {
    const { id, status } = result
    if (id === null || !sent.has(id)) continue
    const row = await db.changes.get(id)
    if (row === undefined) continue
    touched.add(row.entryId)
    settled += 1
    if (proofs.includes(status)) await applyProof(db, { id, result, epoch: response.epoch, at: response.receivedAt ?? response.serverTime })
    else if (row.change !== null) {
      await db.changes.update(id, { alarm: status === 'forked' ? 'forked' : 'mismatch' })
      await writeMeta(db, 'attention', 'alarm')
    }
  }
  return settled
}

/** A change that went by `/sync/quarantine`, which answered that it keeps the bytes, or that the entry is erased: then its words go here too. */
export async function writeHandedOver(db: DeviceDatabase, { id, result, epoch }: { readonly id: ChangeId; readonly result: Pick<PushResult, 'seq' | 'status'> | undefined; readonly epoch: string }): Promise<void> {
  const row: ReceiptRow = { sv: 1, id, seq: result?.seq ?? null, epoch, status: 'handedOver' }
  await db.write([db.receipts, db.changes, db.entries, db.files, db.fileChunks, db.begun, db.meta], async () => {
    await db.receipts.put(row)
    const before = result?.status === 'erased' ? await db.changes.get(id) : undefined
    if (before === undefined) return
    await eraseChange(db, before)
    await refold(db, new Set([before.entryId]))
  })
}

async function applyProof(db: DeviceDatabase, { id, result, epoch, at }: { readonly id: ChangeId; readonly result: PushResult; readonly epoch: string; readonly at: Instant }): Promise<void> {
  const seq = result.seq ?? null
  await db.receipts.put({ sv: 1, id, seq, epoch, status: result.status })
  const before = await db.changes.get(id)
  // Pulled before its receipt came (a copy of this phone had sent it): the server's own time of it stands there already.
  const isKnown = before !== undefined && before.seq === seq && before.receivedAt !== null
  await db.changes.update(id, {
    seq, ...(isKnown ? {} : { receivedAt: at }),
    ...(result.ref === undefined ? {} : { ref: result.ref }),
    ...(result.status === 'stored' ? { storedAs: undefined } : {}),
    ...(result.status === 'quarantined' || result.status === 'stored' ? { quarantined: result.status === 'quarantined' } : {}),
  })
  if (result.status === 'erased' && before !== undefined) await eraseChange(db, { ...before, seq })
  // It does not come back: whatever was pulled of that entry since it was made goes here.
  if (result.status === 'stored' && before?.change?.type === 'erase') await eraseWhatServerHad(db, before.entryId)
}
