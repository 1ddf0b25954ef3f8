import { useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/photo-viewer.module.css'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'

interface PhotoViewerProps {
  readonly photo: Photo
  readonly title: string
  readonly onClose: () => void
}

/** A photo as large as the window, and at its own size when that is larger: then it is moved by scrolling, with fingers or arrow keys. */
export function PhotoViewer({ photo, title, onClose }: PhotoViewerProps) {
  const { device, words } = useDesk()
  const [isWhole, setWhole] = useState(true)
  return (
    <Dialog title={title} closeLabel={words.say('keys.close')} onClose={onClose} actions={<Button onClick={() => setWhole(!isWhole)}>{words.say(isWhole ? 'entry.photoLarger' : 'entry.photoWhole')}</Button>}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard */}
      <div className={styles.frame} data-whole={isWhole} tabIndex={0} role="group" aria-label={title}>
        <img src={device.api.fileUrl(photo.sha256)} width={photo.width} height={photo.height} alt={photo.caption ?? title} />
      </div>
      {photo.caption === undefined ? null : <p><bdi dir="auto">{photo.caption}</bdi></p>}
    </Dialog>
  )
}
