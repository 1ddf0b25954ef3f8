import type { DeviceGround } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'

/** Longer than it takes on a slow phone, and no longer than a word that was typed may wait until it is kept. */
const longestMs = 1000

/** Behind the first screen, or before the first write if that comes sooner. */
export function beginLog(db: DeviceDatabase, { newLog, timer, whenIdle = (run) => run() }: Pick<DeviceGround, 'newLog' | 'timer' | 'whenIdle'>): void {
  if (newLog === undefined) return
  const begin = db.doFirst(() => inTime(newLog, timer))
  whenIdle(() => void begin())
}

/** What is written may not hang on it: whoever types goes first in the end. */
function inTime(run: () => Promise<void>, timer: DeviceGround['timer']): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = timer.after(longestMs, resolve)
    void run().then(resolve, reject).finally(cancel)
  })
}
