import { useEffect, useState } from 'react'
import type { Photo } from '#domain/entry.ts'
import type { Sha256 } from '#domain/ids.ts'
import { PhotoStrip } from '#ui/photo-strip/photo-strip.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface KeptPhotosProps {
  readonly photos: readonly Pick<Photo, 'sha256' | 'thumb' | 'caption'>[]
  readonly stateOf?: (sha256: Sha256) => string | undefined
  readonly onRemove?: (sha256: Sha256) => void
}

/** The small pictures of an entry, from what is kept on this phone. */
export function KeptPhotos({ photos, stateOf, onRemove }: KeptPhotosProps) {
  const { say } = useWords()
  const urls = useThumbnails(photos.map((photo) => photo.thumb.sha256))
  return (
    <PhotoStrip
      label={say('photo.heading')}
      photos={photos.map((photo, index) => ({
        id: photo.sha256,
        src: urls.get(photo.thumb.sha256) ?? null,
        alt: photo.caption ?? say('photo.alt', { number: index + 1 }),
        state: urls.get(photo.thumb.sha256) === null ? say('photo.away') : stateOf?.(photo.sha256),
        removeLabel: say('photo.remove', { number: index + 1 }),
      }))}
      onRemove={onRemove === undefined ? undefined : (id) => photos.filter(({ sha256 }) => sha256 === id).forEach(({ sha256 }) => onRemove(sha256))}
    />
  )
}

/** Blob addresses by hash, revoked when they are no longer shown; null for what this phone does not hold. */
function useThumbnails(names: readonly Sha256[]): ReadonlyMap<Sha256, string | null> {
  const device = useDevice()
  const [urls, setUrls] = useState<ReadonlyMap<Sha256, string | null>>(new Map())
  const key = names.join(' ')

  useEffect(() => {
    let isLeft = false
    const made: string[] = []
    const read = key.split(' ').filter((name) => name !== '').map(async (name) => {
      const file = await device.readFile(name as Sha256)
      if (file === null) return [name as Sha256, null] as const
      const url = URL.createObjectURL(new Blob([file.bytes], { type: file.type }))
      made.push(url)
      return [name as Sha256, url] as const
    })
    void Promise.all(read).then((pairs) => {
      if (isLeft) made.forEach((url) => URL.revokeObjectURL(url))
      else setUrls(new Map(pairs))
    })
    return () => {
      isLeft = true
      made.forEach((url) => URL.revokeObjectURL(url))
    }
  }, [device, key])

  return urls
}
