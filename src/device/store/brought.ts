import type { Result } from '#domain/result.ts'
import type { SaveProblem } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { BegunRow, DraftRow } from '#device/store/rows.ts'
import { written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** What was begun in another storage of the same phone, under names of its own: brought twice it is there once. */
export interface Brought {
  readonly drafts: readonly DraftRow[]
  readonly begun: readonly BegunRow[]
}

/** All of it or nothing. What stands here already is left as it is, and what is being written on the same entry only gains what it lacks. */
export async function keepBrought(db: DeviceDatabase, { drafts, begun }: Brought): Promise<Result<null, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.drafts, db.begun], async () => {
    for (const draft of drafts) if ((await db.drafts.get(draft.id)) === undefined) await db.drafts.put({ ...draft, content: { ...(wellFormed(draft.content) as DraftRow['content']), kind: draft.kind } })
    for (const row of begun) {
      const here = await db.begun.get(row.entryId)
      const fields = wellFormed(row.fields) as BegunRow['fields']
      const comment = String(wellFormed(row.comment))
      await db.begun.put(here === undefined ? { ...row, fields, comment } : { ...here, fields: { ...fields, ...here.fields }, comment: here.comment === '' ? comment : here.comment })
    }
    return null
  })))
}

/** Takes it away again, unless somebody has gone on writing it. */
export async function takeBack(db: DeviceDatabase, { drafts, begun }: Brought): Promise<void> {
  await withReserve(db, () => db.write([db.drafts, db.begun], async () => {
    for (const { id, updatedAt } of drafts) if ((await db.drafts.get(id))?.updatedAt === updatedAt) await db.drafts.delete(id)
    for (const { entryId, updatedAt } of begun) if ((await db.begun.get(entryId))?.updatedAt === updatedAt) await db.begun.delete(entryId)
  }))
}
