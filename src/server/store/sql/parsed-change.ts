import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { Change, KnownChange } from '#domain/change.ts'
import type { ChangeRow } from '#server/store/sql/schema.ts'

/** What the fold needs of a row: the rest proves it, and is half of what is read. */
export const foldedColumns = ['entry_id', 'seq', 'device_id', 'member_id', 'received_at', 'ref', 'quarantined', 'released', 'proven', 'erased_at', 'text'] as const
export type FoldedRow = Pick<ChangeRow, (typeof foldedColumns)[number]>

type Stored = Pick<ChangeRow, 'text' | 'quarantined' | 'erased_at'>

/**
 * The change in a row, null when it is erased or cannot be read. What was accepted was checked at receipt and is trusted
 * ever after: a code that a later version retires must not make an old entry disappear. What is quarantined is checked anew.
 */
export function parsedChange({ text, quarantined, erased_at }: Stored): Change | null {
  if (erased_at !== null || text === '') return null
  if (quarantined === null) return JSON.parse(text) as Change
  const envelope = v.safeParse(changeEnvelopeSchema, jsonOf(text))
  return envelope.success ? changeFrom(envelope.output) : null
}

/**
 * The changes of one entry as the fold takes them. Of several copies of one the one that counts, accepted or released; else the true one before
 * an unproven one, and the first of these.
 */
export function knownChanges(rows: readonly FoldedRow[]): readonly KnownChange[] {
  const read = rows.flatMap((row) => {
    const change = parsedChange(row)
    return change === null ? [] : [{ row, change }]
  })
  const best = new Map<string, FoldedRow>()
  for (const { row, change } of read) {
    const known = best.get(change.id)
    if (known === undefined || rankOf(row) > rankOf(known)) best.set(change.id, row)
  }
  return read.filter(({ row, change }) => best.get(change.id) === row).map(({ row, change }) => knownChange(row, change))
}

function rankOf({ quarantined, released, proven }: FoldedRow): number {
  return (quarantined === null || released === 1 ? 2 : 0) + proven
}

export function knownChange(row: FoldedRow, change: Change): KnownChange {
  return {
    change, seq: Number(row.seq), deviceId: row.device_id, memberId: row.member_id, receivedAt: row.received_at,
    ref: row.ref ?? undefined, quarantined: row.quarantined !== null,
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
