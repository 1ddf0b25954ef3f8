import { describe, expect, it } from 'vitest'
import type { RecordedVoice } from '#device/new-files.ts'
import { ok } from '#domain/result.ts'
import { levelOf } from '#device/media/browser-voice.ts'
import { recordVoice } from '#device/media/voice-recorder.ts'
import type { VoiceEnd } from '#device/media/voice-recorder.ts'
import { fakeVoice, secondBytes } from '../support/fake-voice.ts'
import type { FakeVoice } from '../support/fake-voice.ts'

interface Session {
  readonly kept: RecordedVoice[]
  readonly ends: VoiceEnd[]
  readonly levels: number[]
  readonly stop: () => void
}

async function session(voice: FakeVoice, keep: (note: RecordedVoice) => Promise<boolean> = () => Promise.resolve(true)): Promise<Session> {
  const [kept, ends, levels]: [RecordedVoice[], VoiceEnd[], number[]] = [[], [], []]
  const started = await recordVoice(voice.ground, {
    onLevel: ({ level }) => levels.push(level),
    keep: (note) => {
      kept.push(note)
      return keep(note)
    },
    onEnd: (end) => ends.push(end),
  })
  if (!started.ok) throw new Error(started.problem)
  return { kept, ends, levels, stop: started.value.stop }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a voice note', () => {
  it('[ME23] is kept every second as one whole note, in order', async () => {
    const voice = fakeVoice()
    const { kept, ends, stop } = await session(voice)
    await voice.second(3)
    expect(kept.map(({ seconds, bytes, type }) => [seconds, bytes.byteLength, type])).toEqual([1, 2, 3].map((seconds) => [seconds, seconds * secondBytes, 'audio/webm']))
    expect([...new Uint8Array(kept.at(-1)?.bytes ?? new ArrayBuffer(0))].filter((_, at) => at % secondBytes === 0)).toEqual([1, 2, 3])
    stop()
    stop()
    await settled()
    expect([ends, voice.isOpen(), voice.isAwake()]).toEqual([['stopped'], false, false])
  })

  it('[ME23] what comes while one is being written goes with the next, and is not lost at the end', async () => {
    const voice = fakeVoice()
    let release = (): void => undefined
    const { kept, ends, stop } = await session(voice, (note) => (note.seconds === 1 ? new Promise((resolve) => {
      release = () => resolve(true)
    }) : Promise.resolve(true)))
    await voice.second(4)
    expect(kept.map(({ seconds }) => seconds)).toEqual([1])
    stop()
    await settled()
    expect(ends).toEqual([])
    release()
    await settled()
    expect([kept.map(({ seconds }) => seconds), ends]).toEqual([[1, 4], ['stopped']])
  })

  it('[ME24] ends by itself after a minute', async () => {
    const voice = fakeVoice()
    const { kept, ends } = await session(voice)
    await voice.second(70)
    await settled()
    expect([ends, kept.at(-1)?.seconds, kept.at(-1)?.bytes.byteLength]).toEqual([['full'], 60, 60 * secondBytes])
  })

  it('[ME25] ends when the page is hidden or the microphone goes, and what was said is kept', async () => {
    for (const interrupt of ['hide', 'unplug'] as const) {
      const voice = fakeVoice()
      const { kept, ends } = await session(voice)
      await voice.second(2)
      voice[interrupt]()
      await settled()
      expect([ends, kept.at(-1)?.seconds, voice.isOpen(), voice.isAwake()]).toEqual([['interrupted'], 2, false, false])
    }
  })

  it('[ME25] where the phone has no room the recording ends and says so', async () => {
    const voice = fakeVoice()
    const { kept, ends } = await session(voice, ({ seconds }) => Promise.resolve(seconds < 3))
    await voice.second(5)
    await settled()
    expect([ends, kept.map(({ seconds }) => seconds)]).toEqual([['no-room'], [1, 2, 3]])
  })

  it('[ME25] less than a second is nothing, and is not kept', async () => {
    const voice = fakeVoice()
    const { kept, ends, stop } = await session(voice)
    stop()
    await settled()
    expect([ends, kept]).toEqual([['too-short'], []])
  })

  it('[ME26] the screen stays on while it records, and a refused microphone is told as what it is', async () => {
    const voice = fakeVoice()
    await session(voice)
    expect([voice.isAwake(), voice.isOpen()]).toEqual([true, true])
    for (const problem of ['refused', 'missing', 'busy', 'unsupported'] as const) {
      const silent = fakeVoice()
      silent.problem = problem
      expect(await recordVoice(silent.ground, { onLevel: () => undefined, keep: () => Promise.resolve(true), onEnd: () => undefined })).toEqual({ ok: false, problem })
      expect([silent.isAwake(), silent.isOpen()]).toEqual([false, false])
    }
  })

  it('[ME26] a microphone that opens and records nothing is told as busy, and is let go', async () => {
    const voice = fakeVoice()
    const open = async () => {
      const opened = await voice.ground.open()
      if (!opened.ok) return opened
      return ok({ ...opened.value, record: () => {
        throw new DOMException('the recorder', 'UnknownError')
      } })
    }
    expect(await recordVoice({ ...voice.ground, open }, { onLevel: () => undefined, keep: () => Promise.resolve(true), onEnd: () => undefined })).toEqual({ ok: false, problem: 'busy' })
    expect([voice.isAwake(), voice.isOpen()]).toEqual([false, false])
  })

  it('[ME27] the level follows ears: silence 0, a whisper a little, speech more, shouting 1', () => {
    const wave = (height: number) => Uint8Array.from({ length: 1024 }, (_, at) => 128 + Math.round(height * Math.sin(at / 3)))
    const [silence, whisper, speech, shout] = [0, 2, 20, 127].map((height) => levelOf(wave(height)))
    expect(silence).toBe(0)
    expect(whisper).toBeGreaterThan(0.1)
    expect(speech).toBeGreaterThan((whisper ?? 1) + 0.2)
    expect(shout).toBe(1)
    expect(levelOf(new Uint8Array(0))).toBe(0)
  })
})
