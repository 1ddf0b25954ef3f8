import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { KnownChange } from '#domain/change.ts'
import { foldEntry } from '#domain/fold.ts'
import type { EntryId } from '#domain/ids.ts'
import type { EntryResponse, EntryRow } from '#protocol/desk.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { presentMember } from '#server/presenters/membership.ts'
import type { StoredFile } from '#server/store/file-store.ts'
import type { StoredChange, StoredMember } from '#server/store/store.ts'

/** One entry for a coordinator: everything known, with the names of those who took part and of nobody else. */
export function presentEntry(parts: { readonly row: EntryRow; readonly changes: readonly StoredChange[]; readonly members: readonly StoredMember[]; readonly files: readonly StoredFile[]; readonly linked: readonly EntryRow[]; readonly unreachable: EntryResponse['unreachable'] | null }): EntryResponse {
  const { row, changes, members, files, linked, unreachable } = parts
  const involved = new Set([row.author.id, ...changes.map((change) => change.memberId)])
  return {
    row,
    contentHash: contentHashOf(changes),
    changes: changes.flatMap(presentStoredChange),
    members: members.filter((member) => involved.has(member.id)).map(presentMember),
    files: files.map((file) => file.sha256),
    linkedAuthors: Object.fromEntries(linked.map(({ id, author }) => [id, author.id])),
    ...(unreachable !== null && unreachable !== undefined && { unreachable }),
  }
}

/** The entries that this one is tied to now. */
export function linkedIn(changes: readonly StoredChange[]): readonly EntryId[] {
  return [...new Set(foldEntry(changes.flatMap(knownChange))?.links.map(({ to }) => to))]
}

type PresentedChange = EntryResponse['changes'][number]

/** Nothing for a change that not even as an envelope can be read: the desk's quarantine shows that it exists. */
function presentStoredChange(stored: StoredChange): readonly PresentedChange[] {
  const envelope = v.safeParse(changeEnvelopeSchema, jsonOf(stored.text))
  if (!envelope.success) return []
  const { seq, deviceId, memberId, receivedAt, ref, quarantined, proven } = stored
  return [{ seq, deviceId, memberId, receivedAt, proven, change: envelope.output, ...(ref === null ? {} : { ref }), ...(quarantined === null ? {} : { quarantined }) }]
}

function contentHashOf(changes: readonly StoredChange[]): string {
  const entry = foldEntry(changes.flatMap(knownChange))
  if (entry === null) return ''
  const corrections = Object.fromEntries(Object.entries(entry.corrections).map(([field, { value }]) => [field, value]))
  return sha256Of(canonicalJson({ content: entry.content, corrections }))
}

/** A stored change as the fold takes it; none when its body is not known here. */
export function knownChange(stored: StoredChange): readonly KnownChange[] {
  const envelope = v.safeParse(changeEnvelopeSchema, jsonOf(stored.text))
  const change = envelope.success ? changeFrom(envelope.output) : null
  if (change === null) return []
  return [{ change, seq: stored.seq, deviceId: stored.deviceId, memberId: stored.memberId, receivedAt: stored.receivedAt, ref: stored.ref ?? undefined, quarantined: stored.quarantined !== null }]
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
