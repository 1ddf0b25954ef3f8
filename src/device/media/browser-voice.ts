import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { RecordedVoice } from '#device/new-files.ts'
import { sliceMs } from '#device/media/voice-recorder.ts'
import type { Microphone, MicrophoneProblem, VoiceGround } from '#device/media/voice-recorder.ts'

/** Opus where there is Opus; Safari records AAC in MP4 only. */
const wantedTypes: readonly { readonly type: RecordedVoice['type']; readonly recorded: string }[] = [
  { type: 'audio/webm', recorded: 'audio/webm;codecs=opus' },
  { type: 'audio/ogg', recorded: 'audio/ogg;codecs=opus' },
  { type: 'audio/mp4', recorded: 'audio/mp4;codecs=mp4a.40.2' },
  { type: 'audio/mp4', recorded: 'audio/mp4' },
]

/** Enough for speech: a minute weighs about 180 kB. */
const bitsPerSecond = 24_000

/** The browser's microphone. */
export function createBrowserVoice(): VoiceGround {
  return {
    open: openMicrophone,
    now: () => performance.now(),
    every: (ms, run) => {
      const timer = setInterval(run, ms)
      return () => clearInterval(timer)
    },
    onHidden: (call) => {
      const handle = (): void => {
        if (document.visibilityState === 'hidden') call()
      }
      document.addEventListener('visibilitychange', handle)
      addEventListener('pagehide', call)
      return () => {
        document.removeEventListener('visibilitychange', handle)
        removeEventListener('pagehide', call)
      }
    },
    keepAwake,
  }
}

async function openMicrophone(): Promise<Result<Microphone, MicrophoneProblem>> {
  const wanted = typeof MediaRecorder === 'function' ? wantedTypes.find(({ recorded }) => MediaRecorder.isTypeSupported(recorded)) : undefined
  // Without a secure context there is no `mediaDevices`, whatever the DOM library says.
  const devices = Reflect.get(navigator, 'mediaDevices') as MediaDevices | undefined
  if (wanted === undefined || devices === undefined) return fail('unsupported')
  try {
    const stream = await devices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true } })
    try {
      return ok(microphoneOf(stream, wanted))
    } catch (error) {
      silence(stream)
      throw error
    }
  } catch (error) {
    return fail(problemOf(error))
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing'
  return name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : 'busy'
}

/** The phone listens no more, and says so with its own sign. */
function silence(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function microphoneOf(stream: MediaStream, { type, recorded }: (typeof wantedTypes)[number]): Microphone {
  const meter = meterOf(stream)
  return {
    type,
    level: meter.level,
    record: ({ onBytes, onStop }) => {
      const recorder = new MediaRecorder(stream, { mimeType: recorded, audioBitsPerSecond: bitsPerSecond })
      // Blobs are read one after the other: their order is that of the sound.
      let reading = Promise.resolve()
      recorder.addEventListener('dataavailable', ({ data }) => {
        reading = reading.then(async () => onBytes(await data.arrayBuffer()))
      })
      recorder.addEventListener('stop', () => {
        reading = reading.then(onStop)
      })
      recorder.start(sliceMs)
      return {
        stop: () => {
          if (recorder.state !== 'inactive') recorder.stop()
        },
      }
    },
    close: () => {
      meter.close()
      silence(stream)
    },
  }
}

/** The level of the last moments, by an analyser that is connected to nothing: the phone does not play what it hears. */
function meterOf(stream: MediaStream): { readonly level: () => number; readonly close: () => void } {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  void context.resume().catch(() => undefined)
  const samples = new Uint8Array(analyser.fftSize)
  return {
    level: () => {
      analyser.getByteTimeDomainData(samples)
      return levelOf(samples)
    },
    close: () => void context.close().catch(() => undefined),
  }
}

/** Loudness as ears hear it: from -54 dB (a quiet room) to -6 dB (too close), between 0 and 1. Silence stands at 128. */
export function levelOf(samples: Uint8Array): number {
  const square = samples.reduce((sum, sample) => sum + ((sample - 128) / 128) ** 2, 0) / Math.max(1, samples.length)
  if (square === 0) return 0
  const decibels = 10 * Math.log10(square)
  return Math.min(1, Math.max(0, (decibels + 54) / 48))
}

/** Released again when the recording ends; phones give it back by themselves when the page is hidden. */
function keepAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined
  const lock = navigator.wakeLock.request('screen').catch(() => null)
  return () => void lock.then((held) => held?.release())
}
