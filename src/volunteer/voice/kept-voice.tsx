import { useEffect, useState } from 'react'
import type { Sha256 } from '#domain/ids.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { VoicePlayer } from '#ui/voice-player/voice-player.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { recordOf } from '#volunteer/fields/values.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'
import styles from '#volunteer/voice/voice.module.css'

/** A voice note as an entry or a draft names it. */
export interface NamedVoice {
  readonly sha256: Sha256
  readonly seconds: number
}

/** The device writes the voice note of a draft, so it has the form of the schema; what has not is none. */
export function voiceOf(value: unknown): NamedVoice | null {
  const { sha256, seconds } = recordOf(value)
  return typeof sha256 === 'string' && typeof seconds === 'number' ? { sha256: sha256 as Sha256, seconds } : null
}

/** A voice note from what is kept on this phone. `isWaiting`: of a saved entry, whether the server still lacks it; absent in a draft. */
export function KeptVoice({ voice, isWaiting }: { readonly voice: NamedVoice; readonly isWaiting?: boolean | undefined }) {
  const { say } = useWords()
  const url = useVoiceUrl(voice.sha256)
  if (url === undefined) return null
  if (url === null) return <p className={styles.quiet}>{say(isWaiting === false ? 'voice.away' : 'voice.broken')}</p>
  return (
    <div className={styles.kept}>
      <VoicePlayer key={url} src={url} seconds={voice.seconds} playLabel={say('voice.play')} pauseLabel={say('voice.pause')} failed={say('voice.failed')} />
      {isWaiting === true ? <p className={styles.quiet}><Icon name="phone" size="text" />{say('voice.waiting')}</p> : null}
    </div>
  )
}

/** The same of what a draft or an entry holds, whatever that is. */
export function NamedKeptVoice({ audio, isWaiting }: { readonly audio: unknown; readonly isWaiting?: boolean | undefined }) {
  const voice = voiceOf(audio)
  return voice === null ? null : <KeptVoice voice={voice} isWaiting={isWaiting} />
}

/** A blob's address while it is shown; null for what this phone does not hold, undefined until it has been looked for. */
function useVoiceUrl(sha256: Sha256): string | null | undefined {
  const device = useDevice()
  const [found, setFound] = useState<{ readonly sha256: Sha256; readonly url: string | null } | null>(null)
  useEffect(() => {
    let [isLeft, made]: [boolean, string | null] = [false, null]
    void device.readFile(sha256).then((file) => {
      if (isLeft) return
      made = file === null ? null : URL.createObjectURL(new Blob([file.bytes], { type: file.type }))
      setFound({ sha256, url: made })
    })
    return () => {
      isLeft = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [device, sha256])
  return found?.sha256 === sha256 ? found.url : undefined
}
