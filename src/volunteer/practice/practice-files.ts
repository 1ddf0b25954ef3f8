import type { Device } from '#device/device.ts'
import type { RecordedVoice, ShrunkPhoto } from '#device/new-files.ts'
import type { Sha256 } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'

type FileCalls = Pick<Device, 'addPhoto' | 'replacePhoto' | 'captionPhoto' | 'removePhoto' | 'keepVoice' | 'removeVoice' | 'readFile'>

interface PracticePhoto {
  readonly sha256: Sha256
  readonly photo: ShrunkPhoto
  readonly caption?: string
}

/** Photos and voice of a practice, in this window's memory; `lay` writes into its draft what the real device would. */
export function createPracticeFiles(lay: (fields: Readonly<Record<string, unknown>>) => void): { readonly calls: FileCalls; readonly forget: () => void } {
  let photos: readonly PracticePhoto[] = []
  let voice: { readonly sha256: Sha256; readonly recorded: RecordedVoice } | null = null
  let count = 0

  /** Names a file as the real one does by its hash; nobody compares these. */
  function newName(): Sha256 {
    count += 1
    return String(count).padStart(64, '0') as Sha256
  }

  function namePhotos(next: readonly PracticePhoto[]): void {
    photos = next
    lay({ photos: next.length === 0 ? undefined : next.map(namedPhoto) })
  }

  const calls: FileCalls = {
    addPhoto: (_, photo) => {
      const sha256 = newName()
      namePhotos([...photos, { sha256, photo }])
      return Promise.resolve(ok(sha256))
    },
    replacePhoto: (_, { old, photo }) => {
      const sha256 = newName()
      namePhotos(photos.map((one) => (one.sha256 === old ? { ...one, sha256, photo } : one)))
      return Promise.resolve(ok(sha256))
    },
    captionPhoto: (_, { sha256, caption }) => {
      namePhotos(photos.map((one) => (one.sha256 === sha256 ? { ...one, caption } : one)))
      return Promise.resolve(ok(null))
    },
    removePhoto: (_, sha256) => Promise.resolve(namePhotos(photos.filter((one) => one.sha256 !== sha256))),
    keepVoice: (_, recorded) => {
      const { bytes, type, seconds } = recorded
      voice = { sha256: newName(), recorded }
      lay({ audio: { sha256: voice.sha256, bytes: bytes.byteLength, type, seconds } })
      return Promise.resolve(ok(voice.sha256))
    },
    removeVoice: () => {
      voice = null
      lay({ audio: undefined })
      return Promise.resolve()
    },
    readFile: (sha256) => {
      if (voice?.sha256 === sha256) return Promise.resolve({ bytes: voice.recorded.bytes, type: voice.recorded.type })
      const found = photos.find((one) => one.sha256 === sha256 || thumbOf(one.sha256) === sha256)?.photo
      return Promise.resolve(found === undefined ? null : { bytes: found.thumb, type: found.type })
    },
  }
  return {
    calls,
    forget: () => {
      photos = []
      voice = null
    },
  }
}

function thumbOf(sha256: Sha256): Sha256 {
  return sha256.replace(/^0/, '1') as Sha256
}

function namedPhoto({ sha256, caption, photo: { bytes, thumb, type, width, height } }: PracticePhoto) {
  return { ...(caption === undefined ? {} : { caption }), sha256, bytes: bytes.byteLength, type, width, height, thumb: { sha256: thumbOf(sha256), bytes: thumb.byteLength } }
}
