import type { ReactNode } from 'react'
import type { EntryContent } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/review.module.css'
import ownStyles from '#coordinator/review/voice-note.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import { VoicePlayer } from '#ui/voice-player/voice-player.tsx'

/** What the author said, once it has arrived. A voice names its speaker: it stays on the desk, whatever the entry's sensitivity. */
export function VoiceNote({ audio, reading, children }: { readonly audio: NonNullable<EntryContent['audio']>; readonly reading: Reading; readonly children?: ReactNode }) {
  const { device, words } = useDesk()
  const { say } = words
  const hasArrived = reading.files.includes(audio.sha256)
  return (
    <div className={ownStyles.voice}>
      <p className={styles.stateLine}><Icon name="microphone" size="text" />{say('entry.voice', { seconds: Math.floor(audio.seconds) })}</p>
      {hasArrived
        ? <VoicePlayer src={device.api.fileUrl(audio.sha256)} seconds={audio.seconds} playLabel={say('entry.voicePlay')} pauseLabel={say('entry.voicePause')} failed={say('entry.voiceFailed')} />
        : <p className={styles.photoAway}><Icon name="phone" size="text" />{say('entry.voiceComing')}</p>}
      <p className={styles.quiet}>{say('entry.voicePrivate')}</p>
      {children}
    </div>
  )
}
