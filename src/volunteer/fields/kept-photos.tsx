import type { Photo } from '#domain/entry.ts'
import type { Sha256 } from '#domain/ids.ts'
import { PhotoStrip } from '#ui/photo-strip/photo-strip.tsx'
import { useThumbnails } from '#volunteer/fields/use-thumbnails.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

export interface KeptPhotosProps {
  readonly photos: readonly Pick<Photo, 'sha256' | 'thumb' | 'caption'>[]
  /** `isGone`: its small picture is not on this phone. */
  readonly stateOf: (sha256: Sha256, isGone: boolean) => string | undefined
}

/** The small pictures of an entry, from what is kept on this phone. */
export function KeptPhotos({ photos, stateOf }: KeptPhotosProps) {
  const { say } = useWords()
  const urls = useThumbnails(photos.map((photo) => photo.thumb.sha256))
  return (
    <PhotoStrip
      label={say('photo.heading')}
      photos={photos.map((photo, index) => ({
        id: photo.sha256,
        src: urls.get(photo.thumb.sha256) ?? null,
        alt: photo.caption ?? say('photo.alt', { number: index + 1 }),
        state: stateOf(photo.sha256, urls.get(photo.thumb.sha256) === null),
      }))}
    />
  )
}
