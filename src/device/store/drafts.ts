import type { Kind } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { createEntryId, instantOf } from '#domain/new-ids.ts'
import type { Result } from '#domain/result.ts'
import type { Device, Draft, SaveProblem } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { deleteFiles } from '#device/store/files.ts'
import type { Making } from '#device/store/making.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { DraftRow } from '#device/store/rows.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'
import { isUntouched } from '#device/untouched.ts'

export type DraftPatch = Parameters<Device['writeDraft']>[1]

/** A draft has its entry's id from the first moment, so that a save tried twice is one entry. */
export async function createDraft(db: DeviceDatabase, { clock, chance }: Pick<Making, 'clock' | 'chance'>, kind: Kind, updateOf?: EntryId): Promise<Draft> {
  const at = instantOf(clock)
  const row: DraftRow = { sv: 1, id: createEntryId(clock, chance), kind, content: { kind }, step: '', answers: [], ...(updateOf === undefined ? {} : { updateOf }), startedAt: at, updatedAt: at }
  await withReserve(db, () => db.write([db.drafts], () => db.drafts.put(row)))
  return row
}

/** The newest first. */
export async function readDrafts(db: DeviceDatabase): Promise<readonly Draft[]> {
  const rows = await db.drafts.toArray()
  return rows.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))
}

/** Lays a patch over the draft. A draft that is gone (saved or discarded meanwhile) does not come back. */
export async function writeDraft(db: DeviceDatabase, { clock }: Pick<Making, 'clock'>, id: EntryId, patch: DraftPatch): Promise<Result<null, SaveProblem>> {
  if (patch.closes === true) return discardIfUntouched(db, id)
  return written(() => withReserve(db, () => db.write([db.drafts], async () => {
    const draft = await db.drafts.get(id)
    if (draft === undefined) throw new Refusal({ kind: 'storage-failed', name: 'no-draft' })
    await db.drafts.put(patched(draft, patch, instantOf(clock)))
    return null
  })))
}

export async function discardDraft(db: DeviceDatabase, id: EntryId): Promise<void> {
  // Even deleting takes room.
  await withReserve(db, () => db.write([db.drafts, db.files, db.fileChunks], async () => {
    if ((await db.drafts.get(id)) === undefined) return
    await db.drafts.delete(id)
    await deleteFiles(db, id)
  }))
}

/**
 * Judges the row as it stands in the transaction that deletes it: a window may show a draft as new in which another one has written.
 */
async function discardIfUntouched(db: DeviceDatabase, id: EntryId): Promise<Result<null, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.drafts], async () => {
    const draft = await db.drafts.get(id)
    // Files are named in the content, so that where nothing was said there are none.
    if (draft !== undefined && isUntouched(draft)) await db.drafts.delete(id)
    return null
  })))
}

export function patched(draft: DraftRow, { fields = {}, step, answers, placePrecision, focus, photosComing }: DraftPatch, updatedAt: Draft['updatedAt']): DraftRow {
  const kept = Object.entries({ ...draft.content, ...fields }).filter(([, value]) => value !== undefined)
  const content = { ...(wellFormed(Object.fromEntries(kept)) as Readonly<Record<string, unknown>>), kind: draft.kind }
  return { ...draft, content, step: step ?? draft.step, answers: answers ?? draft.answers, ...(placePrecision === undefined ? {} : { placePrecision }), ...(photosComing === undefined ? {} : { photosComing }), focus: focus === undefined ? draft.focus : focus, updatedAt }
}
