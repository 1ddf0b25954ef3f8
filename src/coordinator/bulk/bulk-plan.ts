import { isOpen } from '#domain/review.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { movementBetween } from '#coordinator/review/reading.ts'
import type { Reading } from '#coordinator/review/reading.ts'

export const bulkVerdicts = ['approve', 'reject'] as const
export type BulkVerdict = (typeof bulkVerdicts)[number]

export interface BulkCandidate {
  /** As it stood on the list when it was chosen. */
  readonly row: EntryRow
  /** As the server had it when the dialog was opened; null when it could not be read. */
  readonly reading: Reading | null
  /** As a person had it before them at this desk; null when nobody had. */
  readonly opened: Reading | null
  readonly isDecided: boolean
  /** A question or a reason is written on it, or something of it is changed and not kept. */
  readonly isBegun: boolean
  /** What became of it meanwhile, where it is not there any more. */
  readonly gone: 'erased' | 'aside' | null
}

/** Why an entry is left out of a decision on several. */
export type LeftOut = 'erased' | 'aside' | 'decided' | 'unread' | 'notRead' | 'differs' | 'closed' | 'moved' | 'conflict' | 'contested' | 'second' | 'begun'

export interface BulkPlan {
  readonly going: readonly Reading[]
  readonly left: readonly { readonly row: EntryRow; readonly why: LeftOut }[]
}

/** Who is decided on and who is left out, and why. Nothing is approved here that nobody has opened, unless that is asked for. */
export function planOf(candidates: readonly BulkCandidate[], { verdict, takesUnread }: { readonly verdict: BulkVerdict | null; readonly takesUnread: boolean }): BulkPlan {
  const judged = candidates.map((candidate) => ({ ...candidate, why: whyLeftOut(candidate) ?? (verdict === 'approve' && candidate.opened === null && !takesUnread ? 'unread' as const : null) }))
  return {
    going: judged.flatMap(({ reading, why }) => (why === null && reading !== null ? [reading] : [])),
    left: judged.flatMap(({ row, why }) => (why === null ? [] : [{ row, why }])),
  }
}

/** How many could be decided on but were never opened at this desk. */
export function unreadCount(candidates: readonly BulkCandidate[]): number {
  return candidates.filter((candidate) => candidate.opened === null && whyLeftOut(candidate) === null).length
}

function whyLeftOut({ row, reading, opened, isDecided, isBegun, gone }: BulkCandidate): LeftOut | null {
  if (gone !== null) return gone
  if (isDecided) return 'decided'
  if (reading === null) return 'notRead'
  if (reading.contentHash === null) return 'differs'
  if (reading.isSecond) return 'second'
  if (reading.entry.contested) return 'contested'
  if (reading.entry.conflicts.length > 0) return 'conflict'
  const isSame = row.state === reading.entry.review && (opened === null || movementBetween(opened, reading).kind === 'same')
  if (!isSame) return 'moved'
  if (!isOpen(reading.entry.review)) return 'closed'
  // What somebody has written on one of them would go with a decision that is not on it.
  return isBegun ? 'begun' : null
}
