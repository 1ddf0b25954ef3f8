import type { DeskApi } from '#device/sync/desk-api.ts'
import { changeFrom } from '#domain/change.ts'
import { reportSource } from '#domain/disclosure.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryId } from '#domain/ids.ts'
import type { Citation } from '#domain/written-report.ts'
import type { EntryResponse, EntryRow } from '#protocol/desk.ts'

/** What a writer sees of an entry, and how it is cited: as the revision that was approved last. */
export interface EntryNote {
  readonly row: Pick<EntryRow, 'id' | 'ref' | 'kind' | 'topic' | 'lang' | 'country' | 'adm1' | 'adm1Name' | 'place' | 'observedOn'>
  readonly words: string
  readonly quote: string | null
  /** Null while it is not approved. */
  readonly citation: Citation | null
}

/** Entries that the report cites or may cite: each is asked for once, a few at a time. */
export interface EntryNotes {
  /** Asks for it, and again a while after it could not be read. Null while it is awaited. */
  readonly look: (id: EntryId) => EntryNote | 'gone' | 'unread' | null
  /** As it is now. */
  readonly read: (id: EntryId) => Promise<EntryNote | null>
  readonly subscribe: (onChange: () => void) => () => void
  /** Grows with each entry that came. */
  readonly count: () => number
}

const atOnce = 4
const againAfterMs = 30_000

export function createEntryNotes(api: Pick<DeskApi, 'entry'>, now: () => number): EntryNotes {
  const known = new Map<EntryId, EntryNote | 'gone'>()
  const wanted = new Set<EntryId>()
  const failed = new Map<EntryId, number>()
  const listeners = new Set<() => void>()
  let [running, came] = [0, 0]

  async function read(id: EntryId): Promise<EntryNote | null> {
    const answer = await api.entry(id)
    const note = answer.ok ? noteOf(answer.value) : null
    failed.delete(id)
    if (note !== null) known.set(id, note)
    else if (!answer.ok && answer.problem.code === 'not-found') known.set(id, 'gone')
    else failed.set(id, now())
    came += 1
    for (const listener of [...listeners]) listener()
    return note
  }

  async function work(): Promise<void> {
    if (running >= atOnce) return
    running += 1
    for (const id of wanted) {
      wanted.delete(id)
      await read(id).catch(() => null)
    }
    running -= 1
  }

  return {
    look: (id) => {
      const note = known.get(id)
      if (note !== undefined) return note
      if (now() - (failed.get(id) ?? -Infinity) < againAfterMs) return 'unread'
      if (!wanted.has(id)) {
        wanted.add(id)
        // Not while it is being drawn.
        queueMicrotask(() => void work())
      }
      return null
    },
    read,
    subscribe: (onChange) => {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    count: () => came,
  }
}

function noteOf({ row, changes }: EntryResponse): EntryNote | null {
  const entry = foldEntry(changes.flatMap((item) => {
    const change = changeFrom(item.change)
    const { seq, deviceId, memberId, receivedAt, ref } = item
    return change === null ? [] : [{ change, seq, deviceId, memberId, receivedAt, ref, quarantined: item.quarantined !== undefined }]
  }))
  if (entry === null) return null
  // As the report has it: what was approved, with the corrections that were approved with it.
  const content = reportSource(entry)?.content ?? entry.approved?.content ?? entry.content
  const { id, ref, kind } = row
  const { lang, topic, country, observedOn, adm1Name = null, adm1Code = null, placeName = null } = content
  const citation = entry.approved === null ? null : { entryId: id, revision: entry.approved.revision, contentHash: entry.approved.contentHash }
  const words = content.description ?? (entry.approved === null ? row.text : '')
  return { row: { id, ref, kind, lang, topic, country, observedOn, adm1: adm1Code ?? adm1Name, ...(adm1Name === null ? {} : { adm1Name }), place: placeName }, words, quote: typeof content['quote'] === 'string' ? content['quote'] : null, citation }
}
