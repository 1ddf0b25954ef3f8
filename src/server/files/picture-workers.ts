import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { inTurns } from '#server/files/in-turn.ts'
import type { MadePicture, PictureOrder } from '#server/files/encode-picture.ts'
import { WorkerUnavailable, beginMs } from '#server/files/worker-unavailable.ts'

/** A decoder that goes wrong takes its process along; so it has one of its own, which ends with its time and takes nothing with it. */
const inTurn = inTurns(2)
/** Photos come in crowds. Then the memory is given back. */
const idleMs = 60_000

/**
 * What a worker is asked for that is to say when it has loaded. A server of before, in whose folder a newer Terrain has just been put, would take that
 * for the picture.
 */
const saysReady = 'says-ready'

const resting = new Map<ChildProcess, ReturnType<typeof setTimeout>>()

/**
 * Has a worker make it. Null when the picture cannot be read, not within `timeMs`, or when two workers have ended over it: one may have been ended by
 * something else. Throws `WorkerUnavailable` when none can be begun, which is no fault of the picture.
 */
export function madeByWorker(order: PictureOrder, timeMs: number): Promise<MadePicture | null> {
  return inTurn(async () => {
    const first = await asked(await ready(), order, timeMs)
    const made = first === 'ended' ? await asked(await ready(), order, timeMs) : first
    return made === 'ended' ? null : made
  })
}

function asked(worker: ChildProcess, order: PictureOrder, timeMs: number): Promise<MadePicture | null | 'ended'> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer)
      worker.off('message', handleMade).off('exit', handleExit).off('error', handleError)
      act()
    }
    const handleMade = ({ made }: { readonly made: MadePicture | null }): void => end(() => {
      rest(worker)
      resolve(made)
    })
    const handleExit = (): void => end(() => resolve('ended'))
    const handleError = (error: Error): void => end(() => reject(error))
    const timer = setTimeout(() => end(() => {
      worker.kill('SIGKILL')
      resolve(null)
    }), timeMs)
    worker.on('message', handleMade).on('exit', handleExit).on('error', handleError)
    worker.send(order, (error) => {
      // What ended it is told by the event.
      if (error !== null) worker.kill('SIGKILL')
    })
  })
}

/** One that has loaded what it needs: whatever ends it from here on may be the picture's doing, and whatever ended it before was not. */
async function ready(): Promise<ChildProcess> {
  const resting = awakened()
  if (resting !== undefined) return resting
  try {
    return await loaded(started())
  } catch (error) {
    throw error instanceof WorkerUnavailable ? error : new WorkerUnavailable(`no worker for pictures can be begun: ${error instanceof Error ? error.message : 'no reason'}`, { cause: error })
  }
}

function loaded(worker: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer)
      worker.off('message', handleReady).off('exit', handleExit).off('error', handleError)
      act()
    }
    const handleReady = (): void => end(() => resolve(worker))
    const handleExit = (): void => end(() => reject(new WorkerUnavailable('a worker for pictures ended as it began: are the packages whole?')))
    const handleError = (error: Error): void => end(() => reject(error))
    const timer = setTimeout(() => worker.kill('SIGKILL'), beginMs)
    worker.on('message', handleReady).on('exit', handleExit).on('error', handleError)
  })
}

/** It knows nothing of the server: no environment, none of its files, and what a library says of a picture is nothing for the log. */
function started(): ChildProcess {
  const worker = fork(join(import.meta.dirname, 'picture-worker.ts'), [saysReady], { env: {}, execArgv: ['--max-old-space-size=128'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' })
  // What goes wrong with one that nobody waits for any more is no end of the server.
  return worker.on('error', () => undefined).once('exit', () => forget(worker))
}

function awakened(): ChildProcess | undefined {
  const [worker] = resting.keys()
  if (worker === undefined) return undefined
  forget(worker)
  // Ended a moment ago, by something else.
  if (!worker.connected) return awakened()
  worker.ref()
  worker.channel?.ref()
  return worker
}

function forget(worker: ChildProcess): void {
  clearTimeout(resting.get(worker))
  resting.delete(worker)
}

/** One that waits holds no server up that wants to end. */
function rest(worker: ChildProcess): void {
  resting.set(worker, setTimeout(() => {
    forget(worker)
    worker.disconnect()
  }, idleMs).unref())
  worker.unref()
  worker.channel?.unref()
}
