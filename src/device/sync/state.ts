import type { Instant } from '#domain/ids.ts'
import type { SyncState } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { originalsByKind } from '#device/store/files.ts'
import { readMetas } from '#device/store/meta.ts'
import { pendingBytes, pendingTables, readPending } from '#device/store/outbox.ts'
import type { Waiting } from '#device/store/outbox.ts'
import { isReserveGiven } from '#device/store/reserve.ts'
import type { RunnerState } from '#device/sync/loop.ts'

/** The part of the sync state that is in the store. */
export interface StoredState extends Pick<SyncState, 'pendingEntries' | 'pendingChanges' | 'pendingFiles' | 'pendingBytes' | 'pendingVoices' | 'pendingErasures'> {
  readonly lastContactAt: Instant | null
  readonly lastToldAt: Instant | null
  readonly attention: 'join-again' | 'alarm' | null
  /** The room for words had to be given up: for photos there is none. */
  readonly isFull: boolean
}

export function readStoredState(db: DeviceDatabase): Promise<StoredState> {
  return db.read(pendingTables(db), () => storedState(db, readPending(db)))
}

/** In the caller's transaction over `pendingTables`. */
export async function storedState(db: DeviceDatabase, waiting: Promise<Waiting>): Promise<StoredState> {
  const [{ lastContactAt, attention, pull }, isFull, pending] = await Promise.all([readMetas(db, ['lastContactAt', 'attention', 'pull']), isReserveGiven(db), waiting])
  const { photos, voices } = originalsByKind(pending.files)
  return {
    // What was erased here is here no more: its erasure waits, and no entry.
    pendingEntries: new Set(pending.changes.filter(({ change }) => change.type !== 'erase').map(({ entryId }) => entryId)).size,
    pendingErasures: pending.changes.filter(({ change }) => change.type === 'erase').length,
    pendingChanges: pending.changes.length,
    // A photo is one thing to a person; its thumbnail is not counted beside it.
    pendingFiles: photos + voices,
    pendingBytes: pendingBytes(pending),
    pendingVoices: voices,
    lastContactAt: pull?.askedAt ?? lastContactAt ?? null,
    lastToldAt: lastContactAt ?? null,
    attention: attention ?? null,
    isFull,
  }
}

export function syncStateOf(stored: StoredState, runner: RunnerState): SyncState {
  const { phase, online, isMetered, nextTryAt, problem } = runner
  const { isFull, ...known } = stored
  // What was held back and has gone since, from another window, waits no more.
  const heldFiles = Math.min(runner.heldFiles, stored.pendingFiles)
  const heldVoices = Math.min(runner.heldVoices, stored.pendingVoices ?? 0, heldFiles)
  return { ...known, heldFiles, heldVoices, phase, online, isMetered, nextTryAt, problem, attention: stored.attention ?? (isFull || runner.isFull ? 'storage-full' : null) }
}
