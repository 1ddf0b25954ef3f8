import type { Device, Draft, ShrunkPhoto } from '#device/device.ts'
import { createSignal } from '#device/signal.ts'
import type { EntryId, Instant, Sha256 } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'

/** No entry has such an id: what carries it can be taken for nothing real. */
export const practiceId = 'practice' as EntryId

interface PracticePhoto {
  readonly sha256: Sha256
  readonly photo: ShrunkPhoto
}

/**
 * A device for trying the form: the real screens stand on it, and what they write lives in this window's memory. It can read what the
 * real one knows, and it has no call that stores, sends or hands out anything: each of those fails loudly. Every call of `Device` is
 * named here on purpose, so that a new one has to be decided.
 */
export function createPracticeDevice(real: Device, now: () => number): Device {
  const draft = createSignal<Draft | null>(null)
  let photos: readonly PracticePhoto[] = []
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

  function end(): void {
    draft.set(null)
    photos = []
  }

  return {
    membership: real.membership, entries: real.entries, watchEntry: real.watchEntry, digests: real.digests, memberNames: real.memberNames,
    sync: real.sync, notice: real.notice, preferences: real.preferences, health: real.health, keptFiles: real.keptFiles,

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
      count += 1
      const sha256 = String(count).padStart(64, '0') as Sha256
      namePhotos([...photos, { sha256, photo }])
      return Promise.resolve(ok(sha256))
    },
    removePhoto: (_, sha256) => Promise.resolve(namePhotos(photos.filter((one) => one.sha256 !== sha256))),
    readFile: (sha256) => {
      const found = photos.find((one) => one.sha256 === sha256 || thumbOf(one.sha256) === sha256)?.photo
      return Promise.resolve(found === undefined ? null : { bytes: found.thumb, type: found.type })
    },
    // What is used in practice is not what was used last.
    setPreferences: () => Promise.resolve(),
    askToPersist: () => Promise.resolve(),
    syncNow: () => Promise.resolve(),
    close: () => undefined,

    join: refuse, askToMove: refuse, joinByCode: refuse, writeBegun: refuse, revise: refuse, comment: refuse, withdraw: refuse, decide: refuse, correct: refuse, release: refuse,
    commentAs: refuse, flush: refuse, exportUnsent: refuse,
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

function namedPhoto({ sha256, photo: { bytes, thumb, type, width, height } }: PracticePhoto) {
  return { sha256, bytes: bytes.byteLength, type, width, height, thumb: { sha256: thumbOf(sha256), bytes: thumb.byteLength } }
}
