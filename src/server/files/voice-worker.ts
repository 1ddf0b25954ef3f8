import { parentPort, workerData } from 'node:worker_threads'
import { rewrittenVoice } from '#server/files/rewrite-voice.ts'
import type { VoiceType } from '#server/files/voice.ts'

export interface VoiceOrder {
  readonly type: VoiceType
  readonly bytes: Uint8Array
  /** It is to say when it has loaded: a server of before, in whose folder a newer Terrain has just been put, would take that for the note. */
  readonly saysReady?: true
}

// Containers have a number of their own and a moment in which they were made. Every process that rewrites a note makes the same bytes of it, and
// none tells when it came.
Math.random = () => 0.5
Date.now = () => 0

const { type, bytes, saysReady } = workerData as VoiceOrder
const port = parentPort
// All that it needs is loaded.
if (saysReady === true) port?.postMessage('ready')
rewrittenVoice(type, bytes).then((written) => port?.postMessage(written), () => port?.postMessage(null))
