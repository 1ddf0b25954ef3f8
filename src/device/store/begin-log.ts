import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'

/** Longer than it takes on a slow phone, and no longer than a word that was typed may wait until it is kept. */
const longestMs = 1000
/** A disk that is full tears the log too, and leaves no room for the new one: it is asked again until there is. */
const againMs = 60_000

/**
 * Behind the first screen or before the first write, and not much later: the browser has written behind the torn line by itself when it opened the
 * database. At once where it is likely that there is one.
 */
export function beginLog(db: DeviceDatabase, { newLog, timer, whenIdle = (run) => run() }: Pick<DeviceGround, 'newLog' | 'timer' | 'whenIdle'>): void {
  if (newLog === undefined) return
  const again = (): void => void timer.after(againMs, () => void (db.isOpen() ? newLog.begin(false).catch(again) : undefined))
  const begin = db.doFirst((isAwaited) => inTime(() => newLog.begin(isAwaited || newLog.isUrgent), timer).catch(again))
  if (newLog.isUrgent) return void begin()
  whenIdle(() => void begin())
  timer.after(longestMs, () => void begin())
}

/** What is written may not hang on it: whoever types goes first in the end. */
function inTime(run: () => Promise<void>, timer: DeviceGround['timer']): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = timer.after(longestMs, resolve)
    void run().then(resolve, reject).finally(cancel)
  })
}
