import type { Clock, DeviceId } from '#domain/ids.ts'
import type { ApiProblem } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { FileRow } from '#device/store/rows.ts'

interface Refusal {
  readonly problem: ApiProblem
  readonly at: number
  readonly restsMs: number
}

export interface Refusals {
  /** Why the file rests, or null where it may go. */
  readonly of: (device: DeviceId, file: FileRow) => ApiProblem | null
  readonly note: (device: DeviceId, file: FileRow, problem: ApiProblem) => void
}

/** What something on the way refuses, another line lets through, which may be there in a minute. */
const byServer = 'upload-'
const firstRestMs = 3_600_000
const longestRestMs = 86_400_000

/** As long as the page lives: another start is something that has changed. */
const known = new WeakMap<DeviceDatabase, Map<string, Refusal>>()

/**
 * A file is refused with its last byte: tried with each walk, one photo goes over a counted line a hundred times a day. So it rests for an hour, and twice as
 * long each time, up to a day; a person who sends has it tried at once. What is refused before any of it has gone costs nothing, and does not rest.
 */
export function refusalsOf({ db, clock, byPerson }: { readonly db: DeviceDatabase; readonly clock: Clock; readonly byPerson: boolean }): Refusals {
  const here = known.get(db) ?? new Map<string, Refusal>()
  known.set(db, here)
  return {
    of: (device, file) => {
      const refusal = here.get(keyOf(device, file))
      // A clock that was set back makes nothing rest for years.
      return refusal === undefined || byPerson || Math.abs(clock.now() - refusal.at) >= refusal.restsMs ? null : refusal.problem
    },
    note: (device, file, problem) => {
      if (!problem.code.startsWith(byServer)) return
      const before = here.get(keyOf(device, file))
      here.set(keyOf(device, file), { problem, at: clock.now(), restsMs: before === undefined ? firstRestMs : Math.min(before.restsMs * 2, longestRestMs) })
    },
  }
}

/** Another name of the device is another upload. */
function keyOf(device: DeviceId, { entryId, sha256 }: FileRow): string {
  return `${device} ${entryId} ${sha256}`
}
