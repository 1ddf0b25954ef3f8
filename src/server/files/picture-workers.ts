import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { MadePicture, PictureOrder } from '#server/files/encode-picture.ts'

/** A decoder that goes wrong takes its process along; so it has one of its own, which ends with its time and takes nothing with it. */
const atOnce = 2
/** Photos come in crowds. Then the memory is given back. */
const idleMs = 60_000

const resting = new Map<ChildProcess, ReturnType<typeof setTimeout>>()
const turns: (() => void)[] = []
let running = 0

/**
 * Has a worker make it. Null when the picture cannot be read, not within `timeMs`, or when two workers have ended over it: one may have been ended by
 * something else. Throws when no worker can be started.
 */
export async function madeByWorker(order: PictureOrder, timeMs: number): Promise<MadePicture | null> {
  if (running >= atOnce) await new Promise<void>((resolve) => turns.push(resolve))
  else running += 1
  try {
    const first = await asked(order, timeMs)
    return first === 'ended' ? neverEnded(await asked(order, timeMs)) : first
  } finally {
    const next = turns.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

const neverEnded = (made: MadePicture | null | 'ended'): MadePicture | null => (made === 'ended' ? null : made)

function asked(order: PictureOrder, timeMs: number): Promise<MadePicture | null | 'ended'> {
  const worker = awakened() ?? started()
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer)
      worker.removeAllListeners()
      act()
    }
    const timer = setTimeout(() => end(() => {
      worker.kill('SIGKILL')
      resolve(null)
    }), timeMs)
    worker.once('message', ({ made }: { readonly made: MadePicture | null }) => end(() => {
      rest(worker)
      resolve(made)
    }))
    worker.once('exit', () => end(() => resolve('ended')))
    worker.once('error', (error) => end(() => reject(error)))
    worker.send(order, (error) => {
      // What ended it is told by the event.
      if (error !== null) worker.kill('SIGKILL')
    })
  })
}

/** It knows nothing of the server: no environment, none of its files, and what a library says of a picture is nothing for the log. */
function started(): ChildProcess {
  return fork(join(import.meta.dirname, 'picture-worker.ts'), { env: {}, execArgv: ['--max-old-space-size=128'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' })
}

function awakened(): ChildProcess | undefined {
  const [worker] = resting.keys()
  if (worker === undefined) return undefined
  clearTimeout(resting.get(worker))
  resting.delete(worker)
  worker.removeAllListeners()
  // Ended a moment ago, by something else.
  if (!worker.connected) return awakened()
  worker.ref()
  worker.channel?.ref()
  return worker
}

/** One that waits holds no server up that wants to end. */
function rest(worker: ChildProcess): void {
  resting.set(worker, setTimeout(() => {
    resting.delete(worker)
    worker.disconnect()
  }, idleMs).unref())
  worker.once('exit', () => resting.delete(worker))
  worker.once('error', () => resting.delete(worker))
  worker.unref()
  worker.channel?.unref()
}
