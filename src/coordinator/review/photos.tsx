import { useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { AskButton, AskPanel } from '#coordinator/review/ask-panel.tsx'
import type { Asking } from '#coordinator/review/ask-panel.tsx'
import { AskedBefore } from '#coordinator/review/asked-before.tsx'
import { PhotoViewer } from '#coordinator/review/photo-viewer.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import viewer from '#coordinator/review/photo-viewer.module.css'
import styles from '#coordinator/review/review.module.css'
import { Icon } from '#ui/icon/icon.tsx'

const shownWidth = 800

/** The photos that have arrived, and the ones that are still on the author's phone. */
export function Photos({ reading, asking }: { readonly reading: Reading; readonly asking: Asking | null }) {
  const { words } = useDesk()
  const photos = reading.entry.content.photos ?? []
  if (photos.length === 0) return null
  return (
    <section className={styles.media} aria-label={words.say('entry.photos')}>
      <div className={styles.spread}><h2 className={styles.label}>{words.say('entry.photos')}</h2><AskButton field="photos" asking={asking} /></div>
      <AskedBefore reading={reading} field="photos" />
      <AskPanel field="photos" asking={asking} />
      {photos.map((photo, index) => (
        <PhotoFigure key={photo.sha256} photo={photo} number={index + 1} total={photos.length} hasArrived={reading.files.includes(photo.sha256)} />
      ))}
    </section>
  )
}

function PhotoFigure({ photo, number, total, hasArrived }: { readonly photo: Photo; readonly number: number; readonly total: number; readonly hasArrived: boolean }) {
  const { device, words } = useDesk()
  const [hasFailed, setFailed] = useState(false)
  const [isOpen, setOpen] = useState(false)
  if (!hasArrived) return <p className={styles.photoAway}><Icon name="phone" size="text" />{words.say('entry.photoComing', { number })}</p>
  if (hasFailed) return <p className={styles.photoAway}><Icon name="photo" size="text" />{words.say('entry.photoFailed')}</p>
  return (
    <figure>
      <button type="button" className={viewer.open} aria-label={words.say('entry.photoOpen', { number, total })} onClick={() => setOpen(true)}>
        <img src={device.api.fileUrl(photo.sha256, shownWidth)} width={photo.width} height={photo.height} loading="lazy" decoding="async" alt={photo.caption ?? words.say('entry.photo', { number, total })} onError={() => setFailed(true)} />
      </button>
      {isOpen ? <PhotoViewer photo={photo} title={words.say('entry.photo', { number, total })} onClose={() => setOpen(false)} /> : null}
      <figcaption className={styles.quiet}>{photo.caption === undefined ? null : <bdi dir="auto">{photo.caption} </bdi>}{words.say('entry.photoCaption', { number, total })}</figcaption>
    </figure>
  )
}
