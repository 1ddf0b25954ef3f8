import { useEffect, useRef, useState } from 'react'
import { clockWords } from '#i18n/clock.ts'
import { Icon } from '#ui/icon/icon.tsx'
import type { Drawing } from '#ui/icon/icon.tsx'
import { useLanguage } from '#ui/language/language.tsx'
import styles from '#ui/voice-player/voice-player.module.css'

export interface VoicePlayerProps {
  readonly src: string
  /** As it was recorded: files that a recorder wrote do not know their own length. */
  readonly seconds: number
  readonly playLabel: string
  readonly pauseLabel: string
  readonly failed: string
}

const pauseSign: Drawing = { drawing: 'M8 5v14M16 5v14' }

/** One voice note: play, pause, and how far it is. Nothing is loaded before the first play. */
export function VoicePlayer({ src, seconds, playLabel, pauseLabel, failed }: VoicePlayerProps) {
  const { locale } = useLanguage()
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const [hasFailed, setFailed] = useState(false)
  useEffect(() => {
    const element = audio.current
    return () => element?.pause()
  }, [src])
  if (hasFailed) return <p className={styles.failed} role="status">{failed}</p>
  const handleToggle = (): void => {
    const element = audio.current
    if (element === null) return
    if (isPlaying) element.pause()
    else void element.play().catch(() => setFailed(true))
  }
  const part = seconds > 0 ? Math.min(1, at / seconds) : 0
  return (
    <div className={styles.player}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what somebody says in the field has no captions; the words stand beside it once they are written down */}
      <audio ref={audio} src={src} preload="none" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)} onEnded={() => setAt(0)} onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)} onError={() => setFailed(true)} />
      <button type="button" className={styles.toggle} title={isPlaying ? pauseLabel : playLabel} onClick={handleToggle}><Icon name={isPlaying ? pauseSign : 'play'} size="m" /></button>
      <svg className={styles.track} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden>
        <rect className={styles.ground} width="100" height="4" />
        <rect className={styles.past} width={part * 100} height="4" />
      </svg>
      <span className={styles.time}><bdi>{clockWords(locale, at)}</bdi>{' / '}<bdi>{clockWords(locale, seconds)}</bdi></span>
    </div>
  )
}
