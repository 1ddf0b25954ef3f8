import { useState } from 'react'
import { mostPhotos } from '#domain/written-report.ts'
import type { CitedPhoto, WrittenPart } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/editor.module.css'
import { PhotoPicker } from '#coordinator/report/photo-picker.tsx'
import { withPhotos } from '#coordinator/report/parts.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Button } from '#ui/button/button.tsx'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import { Ref } from '#ui/ref/ref.tsx'

interface PhotosEditorProps {
  readonly part: WrittenPart
  readonly onChange: (part: WrittenPart) => void
}

/** Photos beside a finding: of those that may be published, the ones that somebody looked at and picked. */
export function PhotosEditor({ part, onChange }: PhotosEditorProps) {
  const { say } = useWriting()
  const [isPicking, setPicking] = useState(false)
  const { photos = [] } = part
  const add = (picked: CitedPhoto) => {
    onChange(withPhotos(part, [...photos.filter(({ photo }) => photo !== picked.photo), picked]))
    setPicking(false)
  }
  return (
    <section className={styles.beside}>
      <h4>{say('write.photos')}</h4>
      {photos.length === 0 ? null : <div className={styles.photos}>{photos.map((cited) => <Photo key={cited.photo} cited={cited} onRemove={() => onChange(withPhotos(part, photos.filter(({ photo }) => photo !== cited.photo)))} />)}</div>}
      {photos.length >= mostPhotos ? <p className={styles.quiet}>{say('write.photos.full')}</p> : <Button icon="photo" className={styles.start} onClick={() => setPicking(true)}>{say('write.photo.add')}</Button>}
      {isPicking ? <PhotoPicker taken={photos} onPick={add} onClose={() => setPicking(false)} /> : null}
    </section>
  )
}

const thumbWidth = 320

function Photo({ cited, onRemove }: { readonly cited: CitedPhoto; readonly onRemove: () => void }) {
  const { device } = useDesk()
  const { state, say } = useWriting()
  const photos = state.evidence?.photos ?? null
  const found = photos?.find(({ photo, citation }) => photo === cited.photo && citation.entryId === cited.entryId && citation.revision === cited.revision) ?? null
  return (
    <figure className={styles.photo}>
      {found === null ? <p className={styles.quiet}>{say(photos === null ? 'write.evidence.wait' : 'write.photos.gone')}</p> : <img src={device.api.fileUrl(cited.photo, thumbWidth)} width={found.width} height={found.height} loading="lazy" decoding="async" alt={found.caption ?? found.ref} />}
      <figcaption>
        {found === null ? null : <Ref value={found.ref} />}
        <IconButton icon="close" label={say('write.photos.remove', { ref: found?.ref ?? '' })} onClick={onRemove} />
      </figcaption>
    </figure>
  )
}
