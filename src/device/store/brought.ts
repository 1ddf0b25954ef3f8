import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import { isSameJson } from '#device/same-json.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { isErasedHere } from '#device/store/is-erased.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { BegunRow, DraftRow } from '#device/store/rows.ts'
import { written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** What was begun in another storage of the same phone, under names of its own: brought twice it is there once. */
export interface Brought {
  readonly drafts: readonly DraftRow[]
  readonly begun: readonly BegunRow[]
}

/** What a code really put, which may be less than it has: only that is taken away again. */
export interface Put {
  readonly drafts: readonly DraftRow[]
  readonly begun: readonly { readonly row: BegunRow; readonly former: BegunRow | undefined }[]
}

/**
 * All of it or nothing. What stands here already is left as it is, and what is being written on the same entry only gains what it lacks. What was
 * begun on an entry that is erased here stays away with it.
 */
export async function keepBrought(db: DeviceDatabase, brought: Brought): Promise<Result<Put, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.drafts, db.begun, db.changes], async () => ({ drafts: await putDrafts(db, brought.drafts), begun: await putBegun(db, brought.begun) }))))
}

async function putDrafts(db: DeviceDatabase, drafts: Brought['drafts']): Promise<Put['drafts']> {
  const put: DraftRow[] = []
  for (const draft of drafts) {
    if ((await db.drafts.get(draft.id)) !== undefined) continue
    const row = { ...draft, content: { ...(wellFormed(draft.content) as DraftRow['content']), kind: draft.kind } }
    await db.drafts.put(row)
    put.push(row)
  }
  return put
}

async function putBegun(db: DeviceDatabase, begun: Brought['begun']): Promise<Put['begun']> {
  const put: { readonly row: BegunRow; readonly former: BegunRow | undefined }[] = []
  for (const one of begun) {
    if (await isErasedHere(db, one.entryId)) continue
    const former = await db.begun.get(one.entryId)
    const fields = wellFormed(one.fields) as BegunRow['fields']
    const comment = String(wellFormed(one.comment))
    const row = former === undefined ? { ...one, fields, comment } : { ...former, fields: { ...fields, ...former.fields }, ...(former.comment === '' ? { comment, ...(one.commentLang === undefined ? {} : { commentLang: one.commentLang }) } : {}), ...(one.reasons === undefined ? {} : { reasons: { ...one.reasons, ...former.reasons } }) }
    if (former !== undefined && isSameJson(row, former)) continue
    await db.begun.put(row)
    put.push({ row, former })
  }
  return put
}

/**
 * Takes it away again, unless somebody has gone on writing it: whole rows are compared, because a photo that was taken since is in the row and
 * need not show in its time.
 */
export async function takeBack(db: DeviceDatabase, { drafts, begun }: Put): Promise<void> {
  await withReserve(db, () => db.write([db.drafts, db.begun], async () => {
    for (const row of drafts) if (isSameJson(await db.drafts.get(row.id), row)) await db.drafts.delete(row.id)
    for (const { row, former } of begun) {
      if (!isSameJson(await db.begun.get(row.entryId), row)) continue
      if (former === undefined) await db.begun.delete(row.entryId)
      else await db.begun.put(former)
    }
  }))
}
