import type { Device, Draft } from '#device/device.ts'
import { createSignal } from '#device/signal.ts'
import { isUntouched } from '#device/untouched.ts'
import type { EntryId, Instant } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'
import { createPracticeFiles } from '#volunteer/practice/practice-files.ts'

/** No entry has such an id: what carries it can be taken for nothing real. */
export const practiceId = 'practice' as EntryId

/**
 * A device for trying the form: the real screens stand on it, and what they write lives in this window's memory. It can read what the
 * real one knows, and it has no call that stores, sends or hands out anything: each of those fails loudly. Every call of `Device` is
 * named here on purpose, so that a new one has to be decided.
 */
export function createPracticeDevice(real: Device, now: () => number): Device {
  const draft = createSignal<Draft | null>(null)
  const at = (): Instant => new Date(now()).toISOString() as Instant

  function lay(fields: Readonly<Record<string, unknown>>, rest: Partial<Draft> = {}): void {
    const before = draft.get()
    if (before === null) return
    const kept = Object.entries({ ...before.content, ...fields }).filter(([, value]) => value !== undefined)
    draft.set({ ...before, ...rest, content: { ...Object.fromEntries(kept), kind: before.kind }, updatedAt: at() })
  }

  const files = createPracticeFiles(lay)

  function end(): void {
    draft.set(null)
    files.forget()
  }

  return {
    membership: real.membership, firstLook: real.firstLook, entries: real.entries, watchEntry: real.watchEntry, digests: real.digests, memberNames: real.memberNames,
    sync: real.sync, notice: real.notice, preferences: real.preferences, health: real.health, keptFiles: real.keptFiles, carried: real.carried, used: real.used,

    drafts: createSignal<readonly Draft[]>([]),
    begun: createSignal<readonly never[]>([]),
    createDraft: (kind) => {
      end()
      const made: Draft = { id: practiceId, kind, content: { kind }, step: '', answers: [], startedAt: at(), updatedAt: at() }
      draft.set(made)
      return Promise.resolve(made)
    },
    readDraft: (id) => Promise.resolve(id === practiceId ? draft.get() : null),
    writeDraft: (_, { fields = {}, closes = false, ...rest }) => {
      const before = draft.get()
      if (closes && before !== null && isUntouched(before)) end()
      else if (!closes) lay(fields, rest)
      return Promise.resolve(ok(null))
    },
    discardDraft: () => Promise.resolve(end()),
    saveDraft: (id) => {
      end()
      return Promise.resolve(ok(id))
    },
    ...files.calls,
    // What is used in practice is not what was used last.
    setPreferences: () => Promise.resolve(),
    askToPersist: () => Promise.resolve(),
    syncNow: () => Promise.resolve(),
    markRead: () => Promise.resolve(),
    askUsed: () => Promise.resolve(),
    close: () => undefined,

    join: refuse, askToMove: refuse, joinByCode: refuse, readBegun: refuse, writeBegun: refuse, keepLate: refuse, revise: refuse, comment: refuse, withdraw: refuse, erase: refuse, correct: refuse, release: refuse, link: refuse, unlink: refuse,
    commentAs: refuse, flush: refuse, exportUnsent: refuse, carry: refuse, dropCarried: refuse, openWriting: refuse, openCampaigns: refuse,
    get held(): never {
      throw new Error(refusal)
    },
    get api(): never {
      throw new Error(refusal)
    },
  }
}

const refusal = 'a practice entry is neither stored nor sent'

function refuse(): Promise<never> {
  return Promise.reject(new Error(refusal))
}
