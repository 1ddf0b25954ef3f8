import { Worker } from 'node:worker_threads'
import { inTurns } from '#server/files/in-turn.ts'
import { isVoice } from '#server/files/voice.ts'
import type { VoiceOrder } from '#server/files/voice-worker.ts'
import { WorkerUnavailable, beginMs } from '#server/files/worker-unavailable.ts'

/** Hundreds of times what a minute of speech takes; what needs longer was made to. */
const usualTimeMs = 10_000
const inTurn = inTurns(2)

/**
 * The voice note as anybody is played it: its sound, packet for packet, in a container that the server wrote. Null when it is no voice note or
 * cannot be written anew; then it is played to nobody. A worker has it, which ends with its time or its memory and takes nothing along;
 * where none can be begun, that is no fault of the note (`WorkerUnavailable`).
 */
export async function shownVoice(type: string, bytes: Uint8Array, timeMs = usualTimeMs): Promise<Uint8Array | null> {
  if (!isVoice(type, bytes)) return null
  return inTurn(() => rewritten({ type, bytes, saysReady: true }, timeMs))
}

function rewritten(order: VoiceOrder, timeMs: number): Promise<Uint8Array | null> {
  const worker = new Worker(new URL('./voice-worker.ts', import.meta.url), {
    workerData: order,
    env: {},
    // What a library says of a file is nothing for the log.
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 },
  })
  return new Promise((resolve, reject) => {
    const end = (act: () => void): void => {
      clearTimeout(timer)
      act()
      void worker.terminate()
    }
    const none = (): void => end(() => resolve(null))
    const unbegun = (): void => end(() => reject(new WorkerUnavailable('a worker for voice notes ended as it began: are the packages whole?')))
    let timer = setTimeout(unbegun, beginMs)
    worker.once('error', unbegun).once('exit', unbegun)
    worker.once('message', () => {
      clearTimeout(timer)
      timer = setTimeout(none, timeMs)
      worker.off('error', unbegun).off('exit', unbegun)
      worker.once('message', (shown: Uint8Array | null) => end(() => resolve(shown))).once('error', none).once('exit', none)
    })
  })
}
