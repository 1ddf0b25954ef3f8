import type { ChangeId, EntryId, Instant } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { forgetUsed } from '#device/store/forget-used.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import type { PullPosition } from '#device/store/meta.ts'
import { forgetOthers } from '#device/store/others.ts'
import { applyItems, isChangeItem, isErasedItem } from '#device/store/pulled.ts'
import { applyResults } from '#device/store/receipts.ts'
import { refold } from '#device/store/refold.ts'
import type { SyncResponse } from '#protocol/sync.ts'

export interface Exchanged {
  readonly response: SyncResponse
  /** The epoch and the changes of the request that this answers. */
  readonly epoch: string
  readonly sent: readonly ChangeId[]
  /** By this phone's clock. */
  readonly askedAt: Instant
}

/**
 * Receipts, pulled changes and the cursor of one answer, in one transaction: a cursor never runs ahead of its rows. An answer
 * of another epoch than the device stands in proves nothing and is not applied (null): the server was restored meanwhile.
 */
export async function applyExchange(db: DeviceDatabase, { response, epoch, sent, askedAt }: Exchanged): Promise<{ readonly receipts: number } | null> {
  return db.write([db.changes, db.entries, db.receipts, db.files, db.fileChunks, db.begun, db.digests, db.members, db.meta], async () => {
    const pull = await readMeta(db, 'pull')
    if (pull === undefined || pull.epoch !== epoch || response.epoch !== epoch) return null
    const touched = new Set<EntryId>()
    const receipts = await applyResults(db, { response, sent: new Set(sent), touched })
    // Of another selection nothing is taken before it is read from its beginning: by then the phone knows who it is.
    await (isOtherScope(pull, response) ? forgetOthers(db, touched) : applyItems(db, response.items, touched))
    await refold(db, touched)
    if (isErasing(response)) await forgetUsed(db)
    await writeMeta(db, 'pull', { ...positionAfter(pull, response), askedAt })
    await writeMeta(db, 'lastContactAt', response.serverTime)
    return { receipts }
  })
}

function isErasing({ items, results }: SyncResponse): boolean {
  return results.some(({ status }) => status === 'erased') || items.some((item) => isErasedItem(item) || (isChangeItem(item) && item.change.type === 'erase'))
}

/** Of an answer whose selection nobody may take yet: it is another one, also than itself. */
export const unknownScope = ''

/** What was pulled before was another selection than what this answer is of. */
export function isOtherScope(pull: Pick<PullPosition, 'scope'>, { scope }: Pick<SyncResponse, 'scope'>): boolean {
  return pull.scope !== null && (pull.scope !== scope || scope === unknownScope)
}

/** In another scope what was pulled before is another selection: from 0 again, and merged. */
function positionAfter(pull: PullPosition, response: SyncResponse): PullPosition {
  const { next, scope, safeSeq, mark: told } = response
  const isOther = isOtherScope(pull, response)
  const mark = isOther ? undefined : (told ?? (next <= pull.after ? pull.mark : undefined))
  return { epoch: pull.epoch, after: isOther ? 0 : Math.max(next, pull.after), scope, safeSeq, ...(mark !== undefined && { mark }) }
}
