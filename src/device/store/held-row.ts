import type { HeldDecision } from '#device/held-decisions.ts'
import type { ChangeId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { NewChange } from '#device/store/making.ts'
import { readMeta } from '#device/store/meta.ts'

/** A held decision as it is kept: the change that it becomes stands there already, so that sending it twice sends one. */
export interface HeldRow extends Omit<HeldDecision, 'id' | 'entryId' | 'base' | 'body' | 'decidedAt' | 'batch' | 'asOf'> {
  /** Missing in rows that an earlier version wrote. */
  readonly batch?: ChangeId
  readonly asOf?: HeldDecision['asOf']
  readonly change: NewChange<'decide'>
}

export async function readHeld(db: DeviceDatabase): Promise<readonly HeldDecision[]> {
  return ((await readMeta(db, 'held')) ?? []).map(heldOf)
}

function heldOf({ change, batch = change.id, asOf = null, ...rest }: HeldRow): HeldDecision {
  return { ...rest, batch, asOf, id: change.id, entryId: change.entryId, base: change.base ?? change.body.revision, body: change.body, decidedAt: change.recordedAt }
}
