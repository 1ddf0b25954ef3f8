import type { Instant } from '#domain/ids.ts'
import type { SyncState } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { pendingBytes, pendingEntryIds, readPending } from '#device/store/outbox.ts'
import type { RunnerState } from '#device/sync/loop.ts'

/** The part of the sync state that is in the store. */
export interface StoredState extends Pick<SyncState, 'pendingEntries' | 'pendingChanges' | 'pendingFiles' | 'pendingBytes'> {
  readonly lastContactAt: Instant | null
  readonly attention: 'join-again' | 'alarm' | null
}

export async function readStoredState(db: DeviceDatabase): Promise<StoredState> {
  const pending = await readPending(db)
  return {
    pendingEntries: pendingEntryIds(pending).size,
    pendingChanges: pending.changes.length,
    // A photo is one thing to a person; its thumbnail is not counted beside it.
    pendingFiles: pending.files.filter(({ role }) => role === 'original').length,
    pendingBytes: pendingBytes(pending),
    lastContactAt: (await readMeta(db, 'lastContactAt')) ?? null,
    attention: (await readMeta(db, 'attention')) ?? null,
  }
}

export function syncStateOf(stored: StoredState, runner: RunnerState): SyncState {
  const { phase, online, nextTryAt, problem, isFull } = runner
  return { ...stored, phase, online, nextTryAt, problem, attention: stored.attention ?? (isFull ? 'storage-full' : null) }
}
