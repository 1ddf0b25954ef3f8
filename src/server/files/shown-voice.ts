import { Worker } from 'node:worker_threads'
import { inTurns } from '#server/files/in-turn.ts'
import { isVoice } from '#server/files/voice.ts'
import type { VoiceOrder } from '#server/files/voice-worker.ts'

/** Hundreds of times what a minute of speech takes; what needs longer was made to. */
const usualTimeMs = 10_000
const inTurn = inTurns(2)

/**
 * The voice note as anybody is played it: its sound, packet for packet, in a container that the server wrote. Null when it is no voice note or
 * cannot be written anew; then it is played to nobody. A worker has it, which ends with its time or its memory and takes nothing along.
 */
export async function shownVoice(type: string, bytes: Uint8Array, timeMs = usualTimeMs): Promise<Uint8Array | null> {
  if (!isVoice(type, bytes)) return null
  return inTurn(() => rewritten({ type, bytes }, timeMs))
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
  return new Promise((resolve) => {
    const end = (shown: Uint8Array | null): void => {
      clearTimeout(timer)
      resolve(shown)
      void worker.terminate()
    }
    const timer = setTimeout(() => end(null), timeMs)
    worker.once('message', end)
    worker.once('error', () => end(null))
    worker.once('exit', () => end(null))
  })
}
