import type { SyncState } from '#device/device.ts'
import type { Weather } from '#ui/weather-line/weather-line.tsx'

/** The one thing worth saying about the connection, most urgent first; null while all is well. */
export function weatherOf(sync: SyncState): Weather | null {
  if (sync.attention === 'join-again') return 'joinAgain'
  if (sync.attention === 'storage-full') return 'full'
  if (sync.attention === 'alarm') return 'alarm'
  if (!sync.online) return 'offline'
  if (sync.phase === 'syncing' && sync.pendingEntries + sync.pendingFiles - sync.heldFiles > 0) return 'sending'
  if (sync.problem === null) return null
  return sync.problem.kind === 'offline' ? 'offline' : 'unreachable'
}
