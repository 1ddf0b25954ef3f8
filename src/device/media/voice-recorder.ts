import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { RecordedVoice } from '#device/new-files.ts'

/** A voice note ends by itself after a minute. */
export const maxVoiceSeconds = 60
/** So often what was said is handed out and kept: what a killed browser can lose. */
export const sliceMs = 1000
const levelEveryMs = 100
/** Less is a slip of the finger. */
const leastSeconds = 1

/** What a recording takes from the browser (`browser-voice.ts`), or from a test. */
export interface VoiceGround {
  readonly open: () => Promise<Result<Microphone, MicrophoneProblem>>
  readonly now: () => number
  readonly every: (ms: number, run: () => void) => () => void
  /** The page is hidden or left: a phone does not listen from a pocket. */
  readonly onHidden: (call: () => void) => () => void
  /** Keeps the screen on until it is called off; does nothing where the browser cannot. */
  readonly keepAwake: () => () => void
}

/** Why there is nothing to record with. */
export type MicrophoneProblem = 'refused' | 'missing' | 'busy' | 'unsupported'

export interface Microphone {
  readonly type: RecordedVoice['type']
  /** `onBytes` at least every `sliceMs`, in order; `onStop` after the last of them, whoever has stopped it. */
  readonly record: (handlers: { readonly onBytes: (bytes: ArrayBuffer) => void; readonly onStop: () => void }) => { readonly stop: () => void }
  /** How loud it is now: 0 silence, 1 as loud as can be. */
  readonly level: () => number
  readonly close: () => void
}

/** `stopped` by the person, `full` after a minute, `interrupted` by the system or by leaving, `no-room` on the phone, `too-short` to be kept. */
export type VoiceEnd = 'stopped' | 'full' | 'interrupted' | 'no-room' | 'too-short'

export interface VoiceHandlers {
  readonly onLevel: (now: { readonly seconds: number; readonly level: number }) => void
  /** Keeps all that was said so far; false when there is no room for it. Called again only after it has resolved. */
  readonly keep: (voice: RecordedVoice) => Promise<boolean>
  /** Everything that could be kept has been kept. */
  readonly onEnd: (end: VoiceEnd) => void
}

export interface VoiceRecording {
  readonly stop: () => void
}

/**
 * Records until it is stopped, a minute is over, the page is hidden, or the system takes the microphone away; what was said so far is
 * kept every second, as one whole note.
 *
 *   open ──► recording ──(stop, minute, hidden, no room)──► stopping ──(last bytes)──► kept ──► ended
 *                 └──────────(the microphone went away)───────────────────┘
 */
export async function recordVoice(ground: VoiceGround, handlers: VoiceHandlers): Promise<Result<VoiceRecording, MicrophoneProblem>> {
  const opened = await ground.open()
  if (!opened.ok) return fail(opened.problem)
  const microphone = opened.value
  const startedAt = ground.now()
  const secondsNow = (): number => Math.min(maxVoiceSeconds, Math.round((ground.now() - startedAt) / 100) / 10)
  const journal = createJournal(microphone.type, handlers.keep)
  let end: VoiceEnd | null = null

  const recorder = begunWith(microphone, {
    onBytes: (bytes) => {
      journal.add(bytes, secondsNow())
      void journal.written().then((hasRoom) => (hasRoom ? undefined : stop('no-room')))
    },
    onStop: () => void finish(),
  })
  if (recorder === null) return fail('busy')
  const calls = [
    ground.every(levelEveryMs, () => {
      handlers.onLevel({ seconds: secondsNow(), level: microphone.level() })
      if (secondsNow() >= maxVoiceSeconds) stop('full')
    }),
    ground.onHidden(() => stop('interrupted')),
    ground.keepAwake(),
  ]
  return ok({ stop: () => stop('stopped') })

  function stop(why: VoiceEnd): void {
    if (end !== null) return
    end = why
    recorder?.stop()
  }

  async function finish(): Promise<void> {
    calls.forEach((call) => call())
    microphone.close()
    const hasRoom = await journal.written()
    handlers.onEnd(hasRoom ? (journal.isTooShort() ? 'too-short' : (end ?? 'interrupted')) : 'no-room')
  }
}

/** Null where the browser records nothing after all: then it does not go on listening either. */
function begunWith(microphone: Microphone, handlers: Parameters<Microphone['record']>[0]): ReturnType<Microphone['record']> | null {
  try {
    return microphone.record(handlers)
  } catch {
    microphone.close()
    return null
  }
}

/** All bytes so far, written whole and one write after the other; what comes during a write goes with the next one. */
function createJournal(type: RecordedVoice['type'], keep: VoiceHandlers['keep']) {
  let parts: readonly ArrayBuffer[] = []
  let seconds = 0
  let [isBehind, hasRoom] = [false, true]
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    while (isBehind && hasRoom) {
      isBehind = false
      hasRoom = await keep({ bytes: joined(parts), type, seconds })
    }
    writing = null
  }

  return {
    add: (bytes: ArrayBuffer, until: number): void => {
      if (bytes.byteLength === 0) return
      parts = [...parts, bytes]
      seconds = until
      isBehind = seconds >= leastSeconds
    },
    isTooShort: () => seconds < leastSeconds,
    written: async (): Promise<boolean> => {
      if (isBehind && hasRoom) writing ??= write()
      await writing
      return hasRoom
    },
  }
}

function joined(parts: readonly ArrayBuffer[]): ArrayBuffer {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(new Uint8Array(part), at)
    at += part.byteLength
  }
  return whole.buffer
}
