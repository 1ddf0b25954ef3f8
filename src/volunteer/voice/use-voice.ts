import { useEffect, useRef, useState } from 'react'
import type { EntryId } from '#domain/ids.ts'
import type { SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import { recordVoice } from '#device/media/voice-recorder.ts'
import type { MicrophoneProblem, VoiceEnd, VoiceRecording } from '#device/media/voice-recorder.ts'
import { useDevice } from '#volunteer/device-context.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

/** Levels that are drawn beside each other: about the last three seconds. */
export const shownLevels = 30
/** Below this for all of them, nobody will understand a word. */
const quietLevel = 0.12

export type VoiceState =
  | { readonly phase: 'idle'; readonly word: VoiceEnd | MicrophoneProblem | null; readonly problem?: SaveProblem | null }
  | { readonly phase: 'asking' | 'keeping' }
  | { readonly phase: 'recording'; readonly seconds: number; readonly levels: readonly number[]; readonly isQuiet: boolean }

export interface Voice {
  readonly state: VoiceState
  readonly onRecord: () => void
  readonly onStop: () => void
  readonly onRemove: () => void
}

/** Records into the draft. Whoever leaves the screen ends the recording; what was said is kept. */
export function useVoice(draft: EntryId, keeper: DraftKeeper): Voice {
  const device = useDevice()
  const { ground } = useVolunteering()
  const [state, setState] = useState<VoiceState>({ phase: 'idle', word: null })
  const recording = useRef<VoiceRecording | 'left' | null>(null)

  useEffect(() => {
    if (recording.current === 'left') recording.current = null
    return () => {
      const running = recording.current
      recording.current = 'left'
      if (running !== null && running !== 'left') running.stop()
    }
  }, [])

  /** So that Next knows at once that there is something; the note itself is kept, even if this cannot be read now. */
  const showKept = (): Promise<void> => keeper.takeFiles().catch(() => undefined)

  async function record(): Promise<void> {
    setState({ phase: 'asking' })
    let end = (): void => undefined
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    const voice = ground.voice ?? (await import('#device/media/browser-voice.ts')).createBrowserVoice()
    const started = await recordVoice(voice, {
      keep: async (note) => {
        const kept = await device.keepVoice(draft, note)
        if (kept.ok) await showKept()
        return kept.ok
      },
      onLevel: ({ seconds, level }) => setState((before) => heard(before, seconds, level)),
      onEnd: (word) => void showKept().then(() => {
        keeper.workedOn()
        if (recording.current !== 'left') recording.current = null
        setState({ phase: 'idle', word })
        end()
      }),
    })
    if (!started.ok) return setState({ phase: 'idle', word: started.problem })
    // Not before: while the browser asks for the microphone there is nothing to wait for.
    keeper.awaitEnd(ended)
    // Left while the browser was still asking.
    if (recording.current === 'left') return started.value.stop()
    recording.current = started.value
    setState({ phase: 'recording', seconds: 0, levels: [], isQuiet: false })
  }

  return {
    state,
    onRecord: () => {
      // Whatever throws on the way (code that did not come, a recorder that does not begin): it is said, and the words are still free.
      if (state.phase === 'idle') void record().catch(() => setState({ phase: 'idle', word: 'unsupported' }))
    },
    onStop: () => {
      if (recording.current === null || recording.current === 'left') return
      recording.current.stop()
      setState({ phase: 'keeping' })
    },
    onRemove: () => void device.removeVoice(draft).then(keeper.takeFiles).then(() => null, saveProblemOf).then((problem) => setState({ phase: 'idle', word: null, problem })),
  }
}

function heard(before: VoiceState, seconds: number, level: number): VoiceState {
  if (before.phase !== 'recording') return before
  const levels = [...before.levels, level].slice(-shownLevels)
  return { phase: 'recording', seconds, levels, isQuiet: levels.length === shownLevels && levels.every((one) => one < quietLevel) }
}
