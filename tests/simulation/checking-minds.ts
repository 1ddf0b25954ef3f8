import { changeFrom } from '#domain/change.ts'
import type { Change, ChangeEnvelope, ChangeOf } from '#domain/change.ts'
import type { EntryId } from '#domain/ids.ts'
import type { StoredChange } from '#server/store/store.ts'
import type { Checked } from './checked.ts'

/**
 * I6, by a rule written down once more and in another way than the fold's: of two values for one field, written unaware of each
 * other, both are kept and the entry says so, until somebody who knew both has spoken; of two different verdicts likewise.
 */
export async function checkMinds({ notes, server }: Checked, log: readonly StoredChange[]): Promise<void> {
  for (const [entryId, changes] of countingByEntry(log)) {
    const entry = await server.store.entries.state(server.campaign.id, entryId)
    if (entry === null || notes.erased.has(entryId) || notes.erasing.has(entryId)) continue
    for (const field of ['description', 'severity', 'placeName', 'adm1Name']) {
      if (isInDoubt(changes, field) && !entry.conflicts.some((conflict) => conflict.field === field)) notes.violate('I6', `${field} of ${entryId} has two values that nobody has chosen between, and does not say so`)
    }
    for (const [field, value] of lastWords(changes)) if (JSON.stringify(entry.content[field as keyof typeof entry.content]) !== value) notes.violate('I6', `${field} of ${entryId} does not show what was written last in the order of the server`)
    if (isContested(changes) && (!entry.contested || entry.approved?.revision === entry.revision)) notes.violate('I6', `${entryId} has two verdicts on one revision and stands as ${entry.review}`)
  }
}

type Sent = Change & { readonly sender: string }

function countingByEntry(log: readonly StoredChange[]): ReadonlyMap<EntryId, readonly Sent[]> {
  const byEntry = new Map<EntryId, Sent[]>()
  for (const { entryId, quarantined, released, text, deviceId } of log) {
    const change = entryId === null || text === '' || (quarantined !== null && !released) ? null : changeFrom(JSON.parse(text) as ChangeEnvelope)
    if (entryId === null || change === null) continue
    byEntry.set(entryId, [...(byEntry.get(entryId) ?? []), { ...change, sender: deviceId }])
  }
  return byEntry
}

/** Of each field that was revised: the value of the last one, whatever clocks say. */
function lastWords(changes: readonly Sent[]): ReadonlyMap<string, string> {
  return new Map(changes.flatMap((change) => (change.type === 'revise' ? Object.entries(change.body.set).map(([field, value]) => [field, JSON.stringify(value)] as const) : [])))
}

/** Whether the author of the later one had seen the earlier one. */
function hadSeen(changes: readonly Sent[], later: Sent, earlier: Sent): boolean {
  return (later.sender === earlier.sender && later.deviceSeq > earlier.deviceSeq) || changes.findIndex(({ id }) => id === later.base) >= changes.indexOf(earlier)
}

/** Revisions and corrections alike: whoever wrote the later one of two must have seen the earlier one. */
function isInDoubt(changes: readonly Sent[], field: string): boolean {
  const writings = changes.filter((change): change is (ChangeOf<'revise'> | ChangeOf<'correct'>) & Sent => (change.type === 'revise' || change.type === 'correct') && Object.hasOwn(change.body.set, field))
  return writings.some((later, index) => writings.slice(0, index).some((earlier) => {
    const differs = JSON.stringify(earlier.body.set[field]) !== JSON.stringify(later.body.set[field])
    const isSettled = writings.some((other) => other !== later && other !== earlier && hadSeen(changes, other, later) && hadSeen(changes, other, earlier))
    return differs && !hadSeen(changes, later, earlier) && !isSettled
  }))
}

/** The last word on the latest revision is a verdict whose author had not seen another one, which says something else. */
function isContested(changes: readonly Sent[]): boolean {
  const revision = changes.findLast(({ type }) => type === 'record' || type === 'revise' || type === 'correct')
  const verdicts = changes.filter((change): change is ChangeOf<'decide'> & Sent => change.type === 'decide' && change.body.revision === revision?.id)
  const last = verdicts.at(-1)
  const [first, ...rest] = verdicts
  if (first === undefined || last === undefined || rest.length !== 1 || changes.some(({ type }) => type === 'withdraw')) return false
  return last.body.verdict !== first.body.verdict && !hadSeen(changes, last, first) && first.body.verdict !== 'reopen' && last.body.verdict !== 'reopen'
}
