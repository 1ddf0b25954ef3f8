import type { ReactNode } from 'react'
import { IconButton } from '#ui/icon-button/icon-button.tsx'
import styles from '#ui/photo-strip/photo-strip.module.css'

export interface StripPhoto {
  readonly id: string
  /** The address of the small picture, or null while it is being made smaller. */
  readonly src: string | null
  readonly alt: string
  /** What is true of it: waiting to be sent, arrived, without consent. */
  readonly state?: ReactNode
  readonly removeLabel?: string | undefined
}

export interface PhotoStripProps {
  readonly photos: readonly StripPhoto[]
  readonly label: string
  readonly onRemove?: ((id: string) => void) | undefined
  /** The button that adds one, as the last in the strip. */
  readonly add?: ReactNode
}

export function PhotoStrip({ photos, label, onRemove, add }: PhotoStripProps) {
  return (
    <ul className={styles.strip} aria-label={label}>
      {photos.map((photo) => (
        <li key={photo.id}>
          <figure className={styles.photo}>
            {photo.src === null ? <span className={styles.blank}><span className="visually-hidden">{photo.alt}</span></span> : <img src={photo.src} alt={photo.alt} width="160" height="120" loading="lazy" decoding="async" />}
            {photo.state === undefined ? null : <figcaption>{photo.state}</figcaption>}
            {onRemove === undefined || photo.removeLabel === undefined ? null : <IconButton className={styles.remove} icon="close" label={photo.removeLabel} onClick={() => onRemove(photo.id)} />}
          </figure>
        </li>
      ))}
      {add === undefined ? null : <li className={styles.add}>{add}</li>}
    </ul>
  )
}
