import { FileButton } from '#ui/file-button/file-button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import { AddingNote } from '#volunteer/photos/adding-note.tsx'
import { PhotoCards } from '#volunteer/photos/photo-cards.tsx'
import styles from '#volunteer/photos/photos.module.css'
import { photosOf } from '#volunteer/photos/photos-of.ts'
import { maxPhotos, usePhotos } from '#volunteer/photos/use-photos.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** Up to three photos, made small and freed of place data before they are kept. */
export function PhotoSection({ draft, content, keeper }: StepProps) {
  const { say } = useWords()
  const photos = photosOf(content.photos)
  const { adding, camera, onFiles } = usePhotos(draft.id, keeper, photos.length)
  const isBusy = adding.phase === 'shrinking'
  return (
    <Section title={say('photo.heading')}>
      <p className={styles.quiet}>{say('photo.hint')}</p>
      <PhotoCards draft={draft.id} photos={photos} keeper={keeper} />
      {photos.length >= maxPhotos ? null : (
        <div className={styles.ways}>
          <FileButton icon="camera" accept="image/*" takes="camera" isDisabled={isBusy} onOpen={camera.asked} onCancel={camera.unasked} onFiles={onFiles}>{say('photo.take')}</FileButton>
          <FileButton icon="photo" accept="image/*" takes="several" isDisabled={isBusy} onFiles={onFiles}>{say('photo.choose')}</FileButton>
        </div>
      )}
      <div role="status">{isBusy ? <p className={styles.quiet}>{say('photo.shrinking')}</p> : photos.length === 0 ? null : <span className="visually-hidden">{say('count.photos', { count: photos.length })}</span>}</div>
      {photos.length === 0 ? null : <Note icon="eye-off">{say('photo.faces')}</Note>}
      <AddingNote adding={adding} areWordsKept={keeper.get().problem === null} />
    </Section>
  )
}
