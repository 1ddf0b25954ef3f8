import type { Clock } from '#domain/ids.ts'
import type { BackupOutcome } from '#server/backup/back-up.ts'
import type { Log } from '#server/log.ts'

/** Runs something once after a time; answers how to call it off. */
export type After = (ms: number, run: () => void) => () => void

export interface BackupStatus {
  /** When the last backup was verified, an unchanged one included; null before the first of this process. */
  readonly verifiedAt: string | null
  readonly failing: boolean
}

export interface BackupSchedule {
  readonly status: () => BackupStatus
  /** Calls off the next one and ends the one that is being made: its parts are no backup, and a later one sweeps them up. */
  readonly stop: () => Promise<void>
}

const notMounted = 'a backup was made in a folder that has no other, though there were some before: if the disk that holds them is not mounted, mount it, since what destroys this disk may destroy both'

/** After another process had its turn, or was killed in it, it is tried again soon. */
const busyMs = 60_000

/** Backs up at once and then each time so long after the last one has ended: two are never made at the same time. */
export function startBackups({ after, everyMs, clock, log, run, end }: { readonly after: After; readonly everyMs: number; readonly clock: Clock; readonly log: Log; readonly run: () => Promise<BackupOutcome>; readonly end: () => void }): BackupSchedule {
  let status: BackupStatus = { verifiedAt: null, failing: false }
  let stopped = false
  let callOff: () => void = () => undefined
  const once = async (): Promise<void> => {
    const { isBusy, ...now } = await attempt({ run, log, clock, before: status, isStopped: () => stopped })
    status = now
    if (!stopped) callOff = after(isBusy === true ? Math.min(busyMs, everyMs) : everyMs, begin)
  }
  let running = once()
  function begin(): void {
    running = once()
  }
  return {
    status: () => status,
    stop: () => {
      stopped = true
      callOff()
      end()
      return running
    },
  }
}

async function attempt({ run, log, clock, before, isStopped }: { readonly isStopped: () => boolean; readonly run: () => Promise<BackupOutcome>; readonly log: Log; readonly clock: Clock; readonly before: BackupStatus }): Promise<BackupStatus & { readonly isBusy?: true }> {
  try {
    const outcome = await run()
    if (outcome.kind === 'busy') {
      log.debug({}, 'another process is making a backup of this database')
      return { ...before, isBusy: true }
    }
    if (outcome.kind === 'unverified') {
      log.error({ path: outcome.path, faults: outcome.faults.slice(0, 20) }, 'a backup did not verify; nothing new is promised to be safe')
      return { ...before, failing: true }
    }
    log[outcome.kind === 'made' ? 'info' : 'debug']({ path: outcome.path }, `backup ${outcome.kind}`)
    if (outcome.kind === 'made' && outcome.isAlone === true) log.error({ path: outcome.path }, notMounted)
    return { verifiedAt: new Date(clock.now()).toISOString(), failing: false }
  } catch (error) {
    if (isStopped()) return before
    log.error({ err: error }, 'a backup could not be made; nothing new is promised to be safe')
    return { ...before, failing: true }
  }
}
