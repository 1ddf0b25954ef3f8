import * as v from 'valibot'
import { changeEnvelopeSchema, changeFrom } from '#domain/change.ts'
import type { Change, KnownChange } from '#domain/change.ts'
import type { ChangeRow } from '#server/store/sql/schema.ts'

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

/** The changes of one entry as the fold takes them. Where an unproven copy stands beside the true change, the true one counts. */
export function knownChanges(rows: readonly ChangeRow[]): readonly KnownChange[] {
  const proven = new Set(rows.flatMap(({ id, proven: isProven }) => (isProven === 1 && id !== null ? [id] : [])))
  const counted = new Set<string>()
  return rows.flatMap((row) => {
    const change = parsedChange(row)
    if (change === null || (row.proven === 0 && (proven.has(change.id) || counted.has(change.id)))) return []
    counted.add(change.id)
    return [knownChange(row, change)]
  })
}

export function knownChange(row: ChangeRow, change: Change): KnownChange {
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
