import type { Device, Preferences, StorageHealth, SyncState } from '#device/device.ts'
import { readKeptReports } from '#device/media/kept-reports.ts'
import type { KeptReport } from '#device/media/kept-reports.ts'
import { reportPath } from '#device/report-pages.ts'
import type { UsedIn } from '#device/used-entries.ts'

export interface KeepingGround {
  readonly device: Pick<Device, 'used' | 'sync' | 'health' | 'preferences'>
  readonly caches: Pick<CacheStorage, 'has' | 'open'>
  /** Through the service worker, which keeps what comes. */
  readonly fetch: (path: string) => Promise<unknown>
  readonly isControlled: () => boolean
  readonly onControlled: (call: () => void) => void
  /** That of the screen. */
  readonly language: () => string
  readonly now: () => number
}

const dayMs = 86_400_000
/** How old a kept report may get before it is asked for anew: what was taken back from it should not stay here. Where data counts, the second. */
const [freshMs, freshMeteredMs] = [dayMs, 7 * dayMs]
/** Above this share of its room a phone has better uses for it. */
const fullShare = 0.9

/** The newest report that counts entries of this phone is fetched once, to be read without a connection; and what is kept is asked for anew from time to time. */
export function keepReports(ground: KeepingGround): void {
  const { device, now } = ground
  const tried = new Map<string, number>()
  let seen = ''
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    const standing = standingOf(ground)
    // The state of a sync changes many times a second; what matters here seldom.
    if (standing === null || standing.key === seen) return
    seen = standing.key
    const wanted = wantedOf(await readKeptReports(ground.caches), standing, now())
    for (const path of wanted.filter((one) => Math.abs(now() - (tried.get(one) ?? 0)) > dayMs)) {
      tried.set(path, now())
      await ground.fetch(path)
    }
  }
  const start = (): void => {
    // One after the other. A courtesy: what fails is tried again another day.
    looking = looking.then(look).catch(() => undefined)
  }
  for (const watch of [device.used, device.sync]) watch.subscribe(start)
  ground.onControlled(start)
  start()
}

interface Standing {
  readonly key: string
  readonly newest: string | null
  readonly isFree: boolean
}

/** Null while nothing can be fetched, or nothing is known yet. */
function standingOf({ device, isControlled, language }: KeepingGround): Standing | null {
  const [used, sync] = [device.used.get(), device.sync.get()]
  if (used === undefined || sync?.online !== true || !isControlled()) return null
  const newest = newestOf(used, language())
  const isFree = mayFetch(sync, device.preferences.get(), device.health.get())
  return { key: `${newest} ${isFree}`, newest, isFree }
}

function newestOf(used: readonly UsedIn[], language: string): string | null {
  const [newest] = used.toSorted((one, other) => other.number - one.number)
  return newest === undefined ? null : reportPath(newest.url, { language })
}

/** Where the browser does not say whether data is counted, only who wants small files alone has said no. */
function mayFetch({ isMetered }: SyncState, preferences: Preferences | undefined, health: StorageHealth | undefined): boolean {
  const { usedBytes: used, quotaBytes: quota } = health ?? { usedBytes: null, quotaBytes: null }
  const isFull = used !== null && quota !== null && used > quota * fullShare
  return isMetered !== true && !(isMetered === null && preferences?.mobilePhotos === 'small') && !isFull
}

function wantedOf(kept: readonly KeptReport[], { newest, isFree }: Standing, nowMs: number): readonly string[] {
  // What was kept by a clock that was ahead is not fresh until that day has come.
  const stale = kept.filter(({ keptAtMs }) => Math.abs(nowMs - keptAtMs) > (isFree ? freshMs : freshMeteredMs)).map(({ path }) => path)
  return newest !== null && isFree && !kept.some(({ path }) => path === newest) ? [newest, ...stale] : stale
}
