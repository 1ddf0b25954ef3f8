import type { Device, Draft, RecordedVoice, ShrunkPhoto } from '#device/device.ts'
import { createSignal } from '#device/signal.ts'
import type { EntryId, Instant, Sha256 } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'

/** No entry has such an id: what carries it can be taken for nothing real. */
export const practiceId = 'practice' as EntryId

interface PracticePhoto {
  readonly sha256: Sha256
  readonly photo: ShrunkPhoto
  readonly caption?: string
}

/**
 * A device for trying the form: the real screens stand on it, and what they write lives in this window's memory. It can read what the
 * real one knows, and it has no call that stores, sends or hands out anything: each of those fails loudly. Every call of `Device` is
 * named here on purpose, so that a new one has to be decided.
 */
export function createPracticeDevice(real: Device, now: () => number): Device {
  const draft = createSignal<Draft | null>(null)
  let photos: readonly PracticePhoto[] = []
  let voice: { readonly sha256: Sha256; readonly recorded: RecordedVoice } | null = null
  let count = 0
  const at = (): Instant => new Date(now()).toISOString() as Instant

  function lay(fields: Readonly<Record<string, unknown>>, rest: Partial<Draft> = {}): void {
    const before = draft.get()
    if (before === null) return
    const kept = Object.entries({ ...before.content, ...fields }).filter(([, value]) => value !== undefined)
    draft.set({ ...before, ...rest, content: { ...Object.fromEntries(kept), kind: before.kind }, updatedAt: at() })
  }

  function namePhotos(next: readonly PracticePhoto[]): void {
    photos = next
    lay({ photos: next.length === 0 ? undefined : next.map(namedPhoto) })
  }

  /** Names a file as the real one does by its hash; nobody compares these. */
  function newName(): Sha256 {
    count += 1
    return String(count).padStart(64, '0') as Sha256
  }

  function end(): void {
    draft.set(null)
    photos = []
    voice = null
  }

  return {
    membership: real.membership, entries: real.entries, watchEntry: real.watchEntry, digests: real.digests, memberNames: real.memberNames,
    sync: real.sync, notice: real.notice, preferences: real.preferences, health: real.health, keptFiles: real.keptFiles, carried: real.carried,

    drafts: createSignal<readonly Draft[]>([]),
    begun: createSignal<readonly never[]>([]),
    createDraft: (kind) => {
      end()
      const made: Draft = { id: practiceId, kind, content: { kind }, step: '', answers: [], startedAt: at(), updatedAt: at() }
      draft.set(made)
      return Promise.resolve(made)
    },
    readDraft: (id) => Promise.resolve(id === practiceId ? draft.get() : null),
    writeDraft: (_, { fields = {}, ...rest }) => {
      lay(fields, rest)
      return Promise.resolve(ok(null))
    },
    discardDraft: () => Promise.resolve(end()),
    saveDraft: (id) => {
      end()
      return Promise.resolve(ok(id))
    },
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
    removePhoto: (_, sha256) => Promise.resolve(namePhotos(photos.filter((one) => one.sha256 !== sha256))),
    readFile: (sha256) => {
      if (voice?.sha256 === sha256) return Promise.resolve({ bytes: voice.recorded.bytes, type: voice.recorded.type })
      const found = photos.find((one) => one.sha256 === sha256 || thumbOf(one.sha256) === sha256)?.photo
      return Promise.resolve(found === undefined ? null : { bytes: found.thumb, type: found.type })
    },
    // What is used in practice is not what was used last.
    setPreferences: () => Promise.resolve(),
    askToPersist: () => Promise.resolve(),
    syncNow: () => Promise.resolve(),
    close: () => undefined,

    join: refuse, askToMove: refuse, joinByCode: refuse, writeBegun: refuse, revise: refuse, comment: refuse, withdraw: refuse, decide: refuse, correct: refuse, release: refuse,
    commentAs: refuse, flush: refuse, exportUnsent: refuse, carry: refuse, dropCarried: refuse,
    get api(): never {
      throw new Error(refusal)
    },
  }
}

const refusal = 'a practice entry is neither stored nor sent'

function refuse(): Promise<never> {
  return Promise.reject(new Error(refusal))
}

function thumbOf(sha256: Sha256): Sha256 {
  return sha256.replace(/^0/, '1') as Sha256
}

function namedPhoto({ sha256, caption, photo: { bytes, thumb, type, width, height } }: PracticePhoto) {
  return { ...(caption === undefined ? {} : { caption }), sha256, bytes: bytes.byteLength, type, width, height, thumb: { sha256: thumbOf(sha256), bytes: thumb.byteLength } }
}
