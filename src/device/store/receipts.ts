import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { eraseChange, eraseWhatServerHad } from '#device/store/erasing.ts'
import { writeMeta } from '#device/store/meta.ts'
import { changesOf, refold } from '#device/store/refold.ts'
import type { ChangeRow, ReceiptRow } from '#device/store/rows.ts'
import { RowsAtHand } from '#device/store/rows-at-hand.ts'
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
  const results = response.results.flatMap((result) => (result.id !== null && sent.has(result.id) ? [{ ...result, id: result.id }] : []))
  const rows = await RowsAtHand.read(db.changes, results.map(({ id }) => id))
  const [epoch, at] = [response.epoch, response.receivedAt ?? response.serverTime]
  let settled = 0
  for (const result of results) {
    const { id, status } = result
    const before = rows.get(id)
    if (before === undefined) continue
    touched.add(before.entryId)
    settled += 1
    if (!proofs.includes(status)) {
      if (before.change === null) continue
      rows.put({ ...before, alarm: status === 'forked' ? 'forked' : 'mismatch' })
      await writeMeta(db, 'attention', 'alarm')
      continue
    }
    rows.put(provedRow(before, result, at))
    if (status !== 'erased' && (status !== 'stored' || before.change?.type !== 'erase')) continue
    // Of a stored erasure: it does not come back, so whatever was pulled of that entry since it was made goes here.
    await rows.around(() => (status === 'erased' ? eraseChange(db, { ...before, seq: result.seq ?? null }) : eraseWhatServerHad(db, before.entryId)), () => changesOf(db, before.entryId))
  }
  await rows.write()
  const proved = results.filter(({ id, status }) => rows.get(id) !== undefined && proofs.includes(status))
  await db.receipts.bulkPut(proved.map(({ id, seq, status }) => ({ sv: 1, id, seq: seq ?? null, epoch, status })))
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

function provedRow(before: ChangeRow, { seq: place, ref, status }: PushResult, at: Instant): ChangeRow {
  const seq = place ?? null
  // Pulled before its receipt came (a copy of this phone had sent it): the server's own time of it stands there already.
  const isKnown = before.seq === seq && before.receivedAt !== null
  return {
    ...before, seq, ...(isKnown ? {} : { receivedAt: at }),
    ...(ref === undefined ? {} : { ref }),
    ...(status === 'stored' ? { storedAs: undefined } : {}),
    ...(status === 'quarantined' || status === 'stored' ? { quarantined: status === 'quarantined' } : {}),
  }
}
