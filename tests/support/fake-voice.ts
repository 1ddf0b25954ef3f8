import { fail, ok } from '#domain/result.ts'
import type { Microphone, MicrophoneProblem, VoiceGround } from '#device/media/voice-recorder.ts'

/** A microphone in the hands of a test. */
export interface FakeVoice {
  readonly ground: VoiceGround
  /** A second passes: the recorder hands out what it has, and the clock runs. */
  readonly second: (count?: number) => Promise<void>
  readonly hide: () => void
  /** The system takes the microphone away. */
  readonly unplug: () => void
  level: number
  problem: MicrophoneProblem | null
  readonly isAwake: () => boolean
  readonly isOpen: () => boolean
}

/** One second of "sound": so many bytes of its number. */
export const secondBytes = 4000

export function fakeVoice(): FakeVoice {
  let [now, second, isOpen, awake] = [50_000, 0, false, 0]
  let running: Parameters<Microphone['record']>[0] | null = null
  let hide = (): void => undefined
  const ticks = new Set<() => void>()
  const stop = (): void => {
    const ended = running
    running = null
    ended?.onStop()
  }
  const microphone: Microphone = {
    type: 'audio/webm',
    level: () => voice.level,
    record: (handlers) => {
      running = handlers
      return { stop }
    },
    close: () => {
      isOpen = false
    },
  }
  const voice: FakeVoice = {
    level: 0.5,
    problem: null,
    isAwake: () => awake > 0,
    isOpen: () => isOpen,
    hide: () => hide(),
    unplug: stop,
    second: async (count = 1) => {
      for (let at = 0; at < count; at += 1) {
        now += 1000
        second += 1
        running?.onBytes(new Uint8Array(secondBytes).fill(second).buffer)
        for (const tick of [...ticks]) tick()
        await new Promise((resolve) => setTimeout(resolve, 0))
      }
    },
    ground: {
      open: () => {
        if (voice.problem !== null) return Promise.resolve(fail(voice.problem))
        isOpen = true
        return Promise.resolve(ok(microphone))
      },
      now: () => now,
      every: (_ms, run) => {
        ticks.add(run)
        return () => ticks.delete(run)
      },
      onHidden: (call) => {
        hide = call
        return () => {
          hide = () => undefined
        }
      },
      keepAwake: () => {
        awake += 1
        return () => {
          awake -= 1
        }
      },
    },
  }
  return voice
}
