import { useState } from 'react'
import type { ReactNode } from 'react'
import { clockWords } from '#i18n/clock.ts'
import { maxVoiceSeconds } from '#device/media/voice-recorder.ts'
import { Button } from '#ui/button/button.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'
import { KeptVoice, voiceOf } from '#volunteer/voice/kept-voice.tsx'
import { shownLevels, useVoice } from '#volunteer/voice/use-voice.ts'
import type { Voice, VoiceState } from '#volunteer/voice/use-voice.ts'
import styles from '#volunteer/voice/voice.module.css'

/** A voice note in place of the words, or beside them. */
export function VoiceSection({ draft, content, keeper }: StepProps) {
  const { say } = useWords()
  const voice = useVoice(draft.id, keeper)
  const kept = voiceOf(content.audio)
  const { state } = voice
  return (
    <Section title={say('voice.heading')}>
      <p className={styles.quiet}>{say('voice.hint')}</p>
      {state.phase === 'recording' || state.phase === 'keeping'
        ? <Recording state={state} onStop={voice.onStop} />
        : kept === null ? <Record state={state} onRecord={voice.onRecord} /> : <Recorded key={kept.sha256} voice={voice}><KeptVoice voice={kept} /></Recorded>}
      <div role="status">{state.phase === 'asking' ? <p className={styles.quiet}>{say('voice.askingHint')}</p> : null}{state.phase === 'recording' && state.isQuiet ? <Note tone="ask" icon="microphone">{say('voice.quiet')}</Note> : null}<EndWord state={state} /></div>
      <SaveProblemNote problem={state.phase === 'idle' ? state.problem ?? null : null} />
    </Section>
  )
}

function Record({ state, onRecord }: { readonly state: VoiceState; readonly onRecord: () => void }) {
  const { say } = useWords()
  const isAsking = state.phase === 'asking'
  return (
    <>
      <button type="button" className={styles.record} aria-disabled={isAsking || undefined} onClick={onRecord}>
        <span className={styles.round}><Icon name="microphone" size="l" /></span>
        {say(isAsking ? 'voice.asking' : 'voice.record')}
      </button>
      <p className={styles.quiet}>{say('voice.names')}</p>
    </>
  )
}

function Recording({ state, onStop }: { readonly state: VoiceState; readonly onStop: () => void }) {
  const words = useWords()
  const { say } = words
  if (state.phase !== 'recording') return <p className={styles.quiet} role="status">{say('voice.keeping')}</p>
  const time = say('voice.time', { now: clockWords(words.locale, state.seconds), all: clockWords(words.locale, maxVoiceSeconds) })
  return (
    <div className={styles.recording} data-dirty="true">
      <p className={styles.line}><span className={styles.dot} aria-hidden /><span role="status">{say('voice.recording')}</span><span className={styles.time} role="timer">{time}</span></p>
      <Meter levels={state.levels} />
      <button type="button" className={styles.record} onClick={onStop}><span className={styles.roundStop}><Icon name="stop" size="l" /></span>{say('voice.stop')}</button>
    </div>
  )
}

/** The last seconds as bars, the newest at the end; the words beside it say what matters of them. */
function Meter({ levels }: { readonly levels: readonly number[] }) {
  const bars = [...Array.from<number>({ length: shownLevels - levels.length }).fill(0), ...levels]
  return (
    <svg className={styles.meter} viewBox={`0 0 ${shownLevels * 4} 32`} preserveAspectRatio="none" aria-hidden>
      {/* oxlint-disable-next-line react/no-array-index-key -- a bar is its place */}
      {bars.map((level, index) => <rect key={index} x={index * 4} y={15 - 14 * level} width="2.5" height={2 + 28 * level} rx="1" />)}
    </svg>
  )
}

function Recorded({ voice, children }: { readonly voice: Voice; readonly children: ReactNode }) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  const handleRemove = (): void => {
    // Behind an open dialog nobody would see why it was refused.
    setAsked(false)
    voice.onRemove()
  }
  return (
    <>
      {children}
      <div className={styles.acts}><Button look="plain" icon="bin" data-takes-away onClick={() => setAsked(true)}>{say('voice.remove')}</Button></div>
      {isAsked ? <ConfirmDialog title={say('voice.removeAsk')} cancelLabel={say('voice.removeNo')} confirmLabel={say('voice.removeYes')} isHarmful onCancel={() => setAsked(false)} onConfirm={handleRemove}>{say('voice.removeText')}</ConfirmDialog> : null}
    </>
  )
}

/** How it ended, or why it could not begin, and what to do then. */
function EndWord({ state }: { readonly state: VoiceState }) {
  const { say } = useWords()
  if (state.phase !== 'idle' || state.word === null) return null
  switch (state.word) {
    case 'stopped':
      return <p className={styles.quiet}>{say('voice.kept')}</p>
    case 'full':
      return <Note tone="done" icon="check">{say('voice.full')}</Note>
    case 'interrupted':
      return <Note tone="ask" icon="warning">{say('voice.interrupted')}</Note>
    case 'too-short':
      return <Note tone="ask" icon="microphone">{say('voice.tooShort')}</Note>
    case 'no-room':
      return <Note tone="stop" icon="warning">{say('voice.noRoom')}</Note>
    case 'refused':
    case 'missing':
    case 'busy':
    case 'unsupported':
      return <Note tone="stop" icon="microphone">{say(`voice.${state.word}`)}</Note>
  }
}
