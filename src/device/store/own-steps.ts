import * as v from 'valibot'
import { changeBodySchemas } from '#domain/change.ts'
import type { ChangeType } from '#domain/change.ts'
import { patchedContent } from '#domain/fold-written.ts'
import type { ChangeId, EntryId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { Device, SaveProblem } from '#device/device.ts'
import { forgetBegun } from '#device/store/begun.ts'
import { completeContent } from '#device/store/content-issues.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { refuseIfErased } from '#device/store/is-erased.ts'
import { newChange } from '#device/store/making.ts'
import type { Making, Step } from '#device/store/making.ts'
import { appendOwn, isAppended, ownChangeTables } from '#device/store/own-change.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { EntryRow } from '#device/store/rows.ts'
import { written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** One more change of an entry that this device has, on top of the last one it knows. */
export async function appendStep<Type extends ChangeType>(db: DeviceDatabase, making: Making, step: Omit<Step<Type>, 'base'>): Promise<Result<ChangeId, SaveProblem>> {
  const entry = await db.again(() => db.entries.get(step.entryId))
  if (entry === undefined) return fail({ kind: 'storage-failed', name: 'no-entry' })
  return appendOn(db, making, { ...step, base: entry.state.head })
}

/** A change on a stated base: the desk has read the entry from the server, and this device may have no row of it. */
export async function appendOn<Type extends ChangeType>(db: DeviceDatabase, making: Making, step: Step<Type>): Promise<Result<ChangeId, SaveProblem>> {
  const change = newChange(making, step)
  if (!v.is(changeBodySchemas[step.type], change.body)) return fail({ kind: 'incomplete', fields: [step.type] })
  return written(() => withReserve(db, () => db.write([...ownChangeTables(db), db.begun], async () => {
    await refuseIfErased(db, step.entryId)
    if (!(await isAppended(db, change))) await appendOwn(db, [change])
    await forgetBegun(db, change)
    return change.id
  })))
}

/** New words or answers of the author. What they make of the entry must be complete, or nothing is written. */
export async function appendRevision(db: DeviceDatabase, making: Making, id: EntryId, patch: Parameters<Device['revise']>[1]): Promise<Result<ChangeId, SaveProblem>> {
  const entry = await db.again(() => db.entries.get(id))
  if (entry === undefined) return fail({ kind: 'storage-failed', name: 'no-entry' })
  const fields = fieldsInTheWay(entry, patch)
  if (fields.length > 0) return fail({ kind: 'incomplete', fields })
  const { set, unset, answers } = patch
  return appendOn(db, making, { entryId: id, type: 'revise', base: entry.state.head, body: { set: { ...set }, unset: [...unset], answers: [...answers] } })
}

/** Only what the patch brings in: an entry from before a stricter rule can still be answered. */
function fieldsInTheWay({ state }: EntryRow, { set, unset }: Parameters<Device['revise']>[1]): readonly string[] {
  const before = completeContent(state.content)
  const after = completeContent(patchedContent(state.content, wellFormed(set) as typeof set, unset))
  if (after.ok) return []
  const old = before.ok ? [] : before.problem
  return after.problem.filter((field) => !old.includes(field) || Object.hasOwn(set, field))
}
