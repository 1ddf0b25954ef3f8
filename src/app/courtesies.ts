import { isSyncRequest, outboxTag } from '#device/background-sync.ts'
import type { Device } from '#device/device.ts'
import { isWriting } from '#app/writing.ts'

/** Asks the browser to keep the data, once a start and after a save: then it has a reason to say yes, and the person to understand why. */
export function keepStorageAfterSave(device: Pick<Device, 'firstLook' | 'health' | 'askToPersist'>): void {
  /** When the newest was saved: all of them are not read for this. */
  const newest = (): string | undefined => {
    const look = device.firstLook.get()
    return look === undefined ? undefined : (look.newest[0]?.savedAt ?? '')
  }
  let last = newest()
  const stop = device.firstLook.subscribe(() => {
    const before = last
    last = newest()
    if (before === undefined || last === undefined || last <= before) return
    stop()
    if (device.health.get()?.persisted !== true) void device.askToPersist()
  })
}

/** Once there is a membership: whoever finds none here later can be told that there was one. */
export function rememberMember({ membership }: Pick<Device, 'membership'>, note: () => void): void {
  const look = (): void => {
    if ((membership.get() ?? null) !== null) note()
  }
  membership.subscribe(look)
  look()
}

/** Background Sync is a helper only: the device has its own triggers, which every browser has. */
export function syncInBackground(device: Pick<Device, 'sync' | 'syncNow'>, workers: Pick<ServiceWorkerContainer, 'ready' | 'addEventListener'>, sendElsewhere: () => void = () => undefined): void {
  workers.addEventListener('message', (event) => {
    if (!isSyncRequest(event.data)) return
    void device.syncNow()
    sendElsewhere()
  })
  let hadPending = false
  device.sync.subscribe(() => {
    const { pendingChanges = 0, pendingFiles = 0 } = device.sync.get() ?? {}
    const hasPending = pendingChanges + pendingFiles > 0
    if (hasPending && !hadPending) void wakeLater(workers)
    hadPending = hasPending
  })
}

export interface ElsewhereGround {
  readonly onOnline: (call: () => void) => void
  readonly every: (ms: number, call: () => void) => void
  readonly wakeLater: () => Promise<void>
}

const elsewhereEveryMs = 15 * 60_000

/**
 * What waits in campaigns that this window has not open is sent from here: nobody has to remember in which one they wrote. At the start,
 * when there is a connection again, from time to time, and whenever the returned function is called.
 */
export function sendFromElsewhere(device: Pick<Device, 'openCampaigns'>, { onOnline, every, wakeLater: wake }: ElsewhereGround): () => void {
  let sending: Promise<void> | null = null
  const send = async (): Promise<void> => {
    if (await (await device.openCampaigns()).sendWaiting()) await wake()
  }
  const start = (): void => {
    // One at a time; what failed is tried again the next time.
    sending ??= send().catch(() => undefined).finally(() => {
      sending = null
    })
  }
  onOnline(start)
  every(elsewhereEveryMs, start)
  start()
  return start
}

/** New windows begin with the campaign of the window that somebody looked at last. */
export function rememberLookedAt(page: Window, remember: () => void): void {
  page.addEventListener('focus', remember)
  page.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') remember()
  })
  if (page.document.hasFocus()) remember()
}

export async function wakeLater(workers: Pick<ServiceWorkerContainer, 'ready'>): Promise<void> {
  const registration = await workers.ready
  // Refused in private windows and where the person switched it off: nothing is lost by it.
  await registration.sync?.register(outboxTag).catch(() => undefined)
}

export interface LaunchCalls {
  readonly navigate: (path: string) => void
  readonly onFile: (file: File) => void
}

/** A shortcut of the launcher, tapped while Terrain is open, or a file that was opened with it: it goes there, unless somebody is writing. */
export function followLaunches(page: Window, { navigate, onFile }: LaunchCalls): void {
  page.launchQueue?.setConsumer(({ targetURL, files = [] }) => {
    // One file at a time, as the screen takes them; one that went meanwhile is no file.
    void files[0]?.getFile?.().then(onFile, () => undefined)
    if (targetURL === undefined) return
    const { origin, pathname, search } = new URL(targetURL)
    const { location } = page
    const isElsewhere = origin === location.origin && pathname + search !== location.pathname + location.search
    if (isElsewhere && !isWriting(page.document, location.pathname)) navigate(pathname + search)
  })
}
