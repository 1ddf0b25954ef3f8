import { useState } from 'react'
import type { ChangeEvent } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { SaveProblem } from '#device/device.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { Note } from '#ui/note/note.tsx'
import { Section } from '#ui/page/page.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { KeptPhotos } from '#volunteer/fields/kept-photos.tsx'
import styles from '#volunteer/record/record.module.css'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { SaveProblemNote } from '#volunteer/save-problem-note.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

export const maxPhotos = 3

type Adding = { readonly phase: 'idle' | 'shrinking' | 'unreadable' } | { readonly phase: 'not-kept'; readonly problem: SaveProblem }

/** Up to three photos, made small and freed of place data before they are kept. */
export function PhotoSection({ draft, content, keeper }: StepProps) {
  const { say } = useWords()
  const device = useDevice()
  const [adding, setAdding] = useState<Adding>({ phase: 'idle' })
  const photos = photosOf(content.photos)

  async function handleFile(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = event.target.files?.[0]
    event.target.value = ''
    if (file === undefined) return
    setAdding({ phase: 'shrinking' })
    const { shrinkPhoto } = await import('#device/media/shrink-photo.ts')
    const photo = await shrinkPhoto(file)
    if (photo === null) return setAdding({ phase: 'unreadable' })
    const kept = await device.addPhoto(draft.id, photo)
    await keeper.takePhotos()
    setAdding(kept.ok ? { phase: 'idle' } : { phase: 'not-kept', problem: kept.problem })
  }

  async function handleRemove(sha256: Photo['sha256']): Promise<void> {
    await device.removePhoto(draft.id, sha256)
    await keeper.takePhotos()
    if (photos.length === 1) keeper.choose({ consentPhoto: undefined })
  }

  return (
    <Section title={say('photo.heading')}>
      <p className={styles.quietLine}>{say('photo.hint')}</p>
      {photos.length === 0 ? null : <KeptPhotos photos={photos} onRemove={(sha256) => void handleRemove(sha256)} />}
      {photos.length >= maxPhotos ? null : <AddPhoto isBusy={adding.phase === 'shrinking'} onFile={(event) => void handleFile(event)} />}
      {photos.length === 0 ? null : <Note icon="eye-off">{say('photo.faces')}</Note>}
      {adding.phase === 'unreadable' ? <Note tone="stop" live="alert">{say('photo.failed')}</Note> : null}
      <SaveProblemNote problem={adding.phase === 'not-kept' ? adding.problem : null} />
    </Section>
  )
}

/** A file field under a button: the phone offers its camera and its pictures. */
function AddPhoto({ isBusy, onFile }: { readonly isBusy: boolean; readonly onFile: (event: ChangeEvent<HTMLInputElement>) => void }) {
  const { say } = useWords()
  return (
    <label className={styles.file}>
      <input type="file" accept="image/*" disabled={isBusy} onChange={onFile} />
      <span><Icon name="camera" size="s" />{say(isBusy ? 'photo.shrinking' : 'photo.take')}</span>
    </label>
  )
}

/** The device writes the photos of a draft, so they have the form of the schema. */
function photosOf(value: unknown): readonly Photo[] {
  return Array.isArray(value) ? (value as readonly Photo[]) : []
}
