import { shrinkPhoto } from '#device/media/shrink-photo.ts'
import type { PhotoAnswer, PhotoSource } from '#device/media/photo-maker.ts'

/**
 * Makes one photo small, off the thread that draws the screen. It is started for one photo and ended after it, so that the memory of
 * a picture of twelve megapixels is given back at once.
 */
addEventListener('message', (event: MessageEvent<PhotoSource>) => void answer(event.data))

async function answer(original: PhotoSource): Promise<void> {
  // Safari before 16.4 has no canvas here.
  if (typeof OffscreenCanvas !== 'function') return reply({ kind: 'unable' })
  try {
    const photo = await shrinkPhoto(original)
    reply(photo === null ? { kind: 'unreadable' } : { kind: 'made', photo }, photo === null ? [] : [photo.bytes, photo.thumb])
  } catch {
    reply({ kind: 'unable' })
  }
}

function reply(message: PhotoAnswer, transfer: Transferable[] = []): void {
  postMessage(message, { transfer })
}
