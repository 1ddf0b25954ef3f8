import type { ShrunkPhoto } from '#device/new-files.ts'
import { shrinkPhoto } from '#device/media/shrink-photo.ts'
import type { PhotoSource } from '#device/media/shrink-photo.ts'

export type { PhotoSource }

/** What the worker says: `unable` means that this browser cannot do it there, and nothing of the picture. */
export type PhotoAnswer = { readonly kind: 'made'; readonly photo: ShrunkPhoto } | { readonly kind: 'unreadable' | 'unable' }

export type PhotoWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>

/** Null: no picture that this browser can read. */
export type PhotoMaker = (original: PhotoSource) => Promise<ShrunkPhoto | null>

/** Makes photos small in a worker; on the thread of the screen where the browser has no worker, or no canvas in it. */
export function createPhotoMaker(startWorker: () => PhotoWorker, shrinkHere: PhotoMaker = shrinkPhoto): PhotoMaker {
  return async (original) => {
    const answer = await askWorker(startWorker, original)
    if (answer.kind === 'made') return answer.photo
    return answer.kind === 'unreadable' ? null : shrinkHere(original)
  }
}

function askWorker(startWorker: () => PhotoWorker, original: PhotoSource): Promise<PhotoAnswer> {
  return new Promise((resolve) => {
    let worker: PhotoWorker | null = null
    const end = (answer: PhotoAnswer): void => {
      worker?.terminate()
      resolve(answer)
    }
    try {
      worker = startWorker()
      worker.onmessage = ({ data }: MessageEvent<PhotoAnswer>) => end(data)
      worker.onerror = () => end({ kind: 'unable' })
      worker.onmessageerror = () => end({ kind: 'unable' })
      // Not transferred: should the worker be unable, the pixels are still wanted here.
      worker.postMessage(original)
    } catch {
      end({ kind: 'unable' })
    }
  })
}
