import type { Clock } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { Result } from '#domain/result.ts'
import type { Draft, SaveProblem } from '#device/device.ts'
import { isSameJson } from '#device/same-json.ts'
import { putBegun } from '#device/store/begun.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { patched } from '#device/store/drafts.ts'
import { isErasedHere } from '#device/store/is-erased.ts'
import { withReserve } from '#device/store/reserve.ts'
import { Refusal, written } from '#device/store/storage-problem.ts'

/** Words for a draft that another window has saved or thrown away. Only who wrote them asks for it: no other late write brings a draft back. */
export async function keepLate(db: DeviceDatabase, { clock }: { readonly clock: Clock }, draft: Draft, fields: Readonly<Record<string, unknown>>): Promise<Result<'entry' | 'draft' | null, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.drafts, db.begun, db.changes, db.entries], async () => {
    const { id, focus = null } = draft
    const [entry, row, isErased] = await Promise.all([db.entries.get(id), db.drafts.get(id), isErasedHere(db, id)])
    if (isErased || Object.keys(fields).length === 0) throw new Refusal({ kind: 'storage-failed', name: 'no-draft' })
    const at = instantOf(clock)
    if (entry === undefined) {
      // Two writes that came too late, one right after the other, are one draft.
      await db.drafts.put(patched(row ?? { sv: 1, ...draft, content: { ...draft.content, photos: undefined, audio: undefined } }, { fields }, at))
      return 'draft'
    }
    const { content }: { readonly content: Readonly<Record<string, unknown>> } = entry.state
    const other = Object.entries(fields).filter(([field, value]) => !isSameJson(value, content[field]))
    if (other.length === 0) return null
    await putBegun(db, id, { fields: Object.fromEntries(other), focus }, at)
    return 'entry'
  })))
}
