import type { ChangeBody } from '#domain/change.ts'
import { coverages } from '#domain/codes/code-lists.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { filesIn } from '#domain/named-files.ts'
import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import { completeContent } from '#device/store/content-issues.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { dropFiles, filesOf } from '#device/store/files.ts'
import { newChange } from '#device/store/making.ts'
import type { Making, NewChange } from '#device/store/making.ts'
import { appendTo, ownChangeTables, readOwnEnd } from '#device/store/own-change.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { DraftRow, FileRow } from '#device/store/rows.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/**
 * A draft becomes an entry, in one transaction: the next deviceSeq, the changes, the entry row, the draft's files, and the
 * draft gone. Resolves only after it has completed; saving the same draft again is the same entry. All reads are asked for
 * at once, and then all writes: one after the other, they were half of the time of a save.
 */
export async function saveDraft(db: DeviceDatabase, making: Making, id: EntryId): Promise<Result<EntryId, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([...ownChangeTables(db), db.drafts, db.files, db.fileChunks], async () => {
    const [draft, files, end] = await Promise.all([db.drafts.get(id), filesOf(db, id), readOwnEnd(db, new Set([id]))])
    if (draft === undefined) return savedBefore(db, id)
    const content = completeContent(wellFormed(draft.content) as DraftRow['content'])
    if (!content.ok) throw new Refusal({ kind: 'incomplete', fields: content.problem })
    await Promise.all([appendTo(db, end, changesOf(making, draft, content.value)), db.drafts.delete(id), keepFiles(db, files, content.value)])
    return id
  })))
}

async function savedBefore(db: DeviceDatabase, id: EntryId): Promise<EntryId> {
  if ((await db.entries.get(id)) === undefined) throw new Refusal({ kind: 'storage-failed', name: 'no-draft' })
  return id
}

/** The record, and behind it a link to the entry whose change it tells, and one for each challenge that the action answers. */
function changesOf(making: Making, draft: DraftRow, content: EntryContent): readonly NewChange[] {
  const record = newChange(making, { entryId: draft.id, type: 'record', base: null, body: { content } })
  return linksOf(draft).reduce<readonly NewChange[]>((changes, body) => [...changes, newChange(making, { entryId: draft.id, type: 'link', base: changes.at(-1)?.id ?? null, body })], [record])
}

function linksOf({ updateOf, answers }: DraftRow): readonly ChangeBody<'link'>[] {
  const update = updateOf === undefined ? [] : [{ to: updateOf, kind: 'updateOf' as const }]
  return [...update, ...answers.map(({ to, coverage }) => {
    const known = coverages.find((one) => one === coverage)
    return { to, kind: 'answers' as const, ...(known === undefined ? {} : { coverage: known }) }
  })]
}

/** The files that the content names belong to the entry from here on; what was taken out of the draft goes. */
async function keepFiles(db: DeviceDatabase, files: readonly FileRow[], content: EntryContent): Promise<void> {
  const named = new Set(filesIn(content))
  await dropFiles(db, files.filter(({ sha256 }) => !named.has(sha256)))
  const kept = files.filter(({ sha256 }) => named.has(sha256))
  if (kept.length > 0) await db.files.bulkPut(kept.map((file) => ({ ...file, saved: true })))
}
