import { useState } from 'react'
import type { SaveProblem } from '#device/device.ts'
import { saveProblemOf } from '#device/store/storage-problem.ts'
import type { Photo } from '#domain/entry.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { Button } from '#ui/button/button.tsx'
import { ConfirmDialog } from '#ui/dialog/dialog.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { laterScreen } from '#ui/later-screen.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { CountedLine } from '#volunteer/fields/counted-text.tsx'
import { useThumbnails } from '#volunteer/fields/use-thumbnails.ts'
import styles from '#volunteer/photos/photos.module.css'
import { useCaption } from '#volunteer/photos/use-caption.ts'
import { useCardKeys } from '#volunteer/photos/use-card-keys.ts'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

const { Screen: BlurEditor } = laterScreen(async () => (await import('#volunteer/blur/blur-editor.tsx')).BlurEditor)

export interface PhotoCardsProps {
  readonly draft: EntryId
  readonly photos: readonly Photo[]
  readonly keeper: DraftKeeper
}

/** The photos of a draft, each with what it shows and with what can be done to it. */
export function PhotoCards({ draft, photos, keeper }: PhotoCardsProps) {
  const { say } = useWords()
  const device = useDevice()
  const [blurring, setBlurring] = useState<Sha256 | null>(null)
  const [isBlurred, setBlurred] = useState(false)
  const [problem, setProblem] = useState<SaveProblem | null>(null)
  const urls = useThumbnails(photos.map(({ thumb }) => thumb.sha256))
  const keys = useCardKeys(photos)
  const index = photos.findIndex(({ sha256 }) => sha256 === blurring)

  async function handleRemove(sha256: Sha256): Promise<void> {
    const refused = await device.removePhoto(draft, sha256).then(() => null, saveProblemOf)
    setProblem(refused)
    if (refused !== null) return
    await keeper.takeFiles()
    keeper.workedOn()
    setBlurred(false)
    if (photos.length === 1) keeper.choose({ consentPhoto: undefined })
  }
  const handleClose = (hasChanged: boolean): void => {
    setBlurring(null)
    setBlurred(hasChanged)
  }

  return (
    <>
      {photos.length === 0 ? null : (
        <ul className={styles.cards}>
          {photos.map((photo, at) => (
            <PhotoCard key={keys[at]} photo={photo} number={at + 1} keeper={keeper} src={urls.get(photo.thumb.sha256) ?? null} onBlur={() => setBlurring(photo.sha256)} onRemove={() => void handleRemove(photo.sha256)} />
          ))}
        </ul>
      )}
      <SaveProblemNote problem={problem} />
      <p role="status" className={styles.quiet}>{isBlurred ? say('photo.blurred') : null}</p>
      {blurring === null || index < 0 ? null : <BlurEditor draft={draft} sha256={blurring} number={index + 1} keeper={keeper} onClose={handleClose} />}
    </>
  )
}

interface PhotoCardProps {
  readonly photo: Photo
  readonly number: number
  readonly keeper: DraftKeeper
  readonly src: string | null
  readonly onBlur: () => void
  readonly onRemove: () => void
}

function PhotoCard({ photo, number, keeper, src, onBlur, onRemove }: PhotoCardProps) {
  const { say } = useWords()
  const [isAsked, setAsked] = useState(false)
  const caption = useCaption(photo, keeper)
  const alt = photo.caption ?? say('photo.alt', { number })
  return (
    <li className={styles.card}>
      {src === null ? <span className={styles.blank}><span className="visually-hidden">{alt}</span></span> : <img className={styles.picture} src={src} alt={say('photo.alt', { number })} width="160" height="120" decoding="async" />}
      <div className={styles.about}>
        <CountedLine label={say('photo.caption', { number })} max={200} autoComplete="off" value={caption.text} onChange={caption.onType} />
        <div className={styles.acts}>
          <Button icon="eye-off" aria-label={say('photo.blurOne', { number })} onClick={onBlur}>{say('photo.blur')}</Button>
          <IconButton icon="bin" data-takes-away label={say('photo.remove', { number })} onClick={() => setAsked(true)} />
        </div>
      </div>
      {isAsked ? (
        <ConfirmDialog title={say('photo.removeAsk', { number })} cancelLabel={say('photo.removeNo')} confirmLabel={say('photo.removeYes')} isHarmful onCancel={() => setAsked(false)} onConfirm={() => {
          setAsked(false)
          onRemove()
        }}
        >
          {say('photo.removeText')}
        </ConfirmDialog>
      ) : null}
    </li>
  )
}
