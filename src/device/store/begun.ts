import type { ChangeBody, ChangeType } from '#domain/change.ts'
import type { Clock, EntryId, Instant } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { Result } from '#domain/result.ts'
import type { Begun, BegunPatch, SaveProblem } from '#device/device.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { refuseIfErased } from '#device/store/is-erased.ts'
import type { NewChange } from '#device/store/making.ts'
import { withReserve } from '#device/store/reserve.ts'
import type { BegunRow } from '#device/store/rows.ts'
import { written } from '#device/store/storage-problem.ts'
import { wellFormed } from '#device/store/well-formed.ts'

/** The newest first. */
export async function readBegun(db: DeviceDatabase): Promise<readonly Begun[]> {
  const rows = await db.begun.toArray()
  return rows.sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)).map(asBegun)
}

/** Undefined where the entry itself is not here. */
export function readBegunOn(db: DeviceDatabase, entryId: EntryId): Promise<Begun | null | undefined> {
  return db.read([db.begun, db.entries], async () => {
    const row = await db.begun.get(entryId)
    if ((await db.entries.get(entryId)) === undefined) return undefined
    return row === undefined ? null : asBegun(row)
  })
}

function asBegun(row: BegunRow): Begun {
  return { ...row, fields: mapValues(row.fields, (value) => value ?? undefined) }
}

/** Lays a patch over what was begun on one entry. */
export async function writeBegun(db: DeviceDatabase, { clock }: { readonly clock: Clock }, entryId: EntryId, patch: BegunPatch): Promise<Result<null, SaveProblem>> {
  return written(() => withReserve(db, () => db.write([db.begun, db.changes], async () => {
    await refuseIfErased(db, entryId)
    await putBegun(db, entryId, patch, instantOf(clock))
    return null
  })))
}

/** What has become a change is no longer begun; inside the transaction that writes the change. */
export async function forgetBegun(db: DeviceDatabase, change: Pick<NewChange, 'entryId' | 'type' | 'body'>): Promise<void> {
  const { entryId } = change
  const row = await db.begun.get(entryId)
  if (row === undefined) return
  if (change.type === 'withdraw') return db.begun.delete(entryId)
  if (isOf(change, 'revise')) await putBegun(db, entryId, { forget: [...Object.keys(change.body.set), ...change.body.unset] }, row.updatedAt)
  // A comment from elsewhere (the desk) leaves alone what is being written here.
  if (isOf(change, 'comment') && change.body.text === row.comment.trim()) await putBegun(db, entryId, { comment: '' }, row.updatedAt)
}

function isOf<Type extends ChangeType>(change: Pick<NewChange, 'type' | 'body'>, type: Type): change is { readonly type: Type; readonly body: ChangeBody<Type> } {
  return change.type === type
}

export async function putBegun(db: DeviceDatabase, entryId: EntryId, patch: BegunPatch, updatedAt: Instant): Promise<void> {
  const before = (await db.begun.get(entryId)) ?? { sv: 1, entryId, fields: {}, comment: '', focus: null, updatedAt }
  const row = patched(before, patch, updatedAt)
  if (Object.keys(row.fields).length === 0 && row.comment === '' && row.reasons === undefined) await db.begun.delete(entryId)
  else await db.begun.put(row)
}

function patched(row: BegunRow, { fields = {}, forget = [], comment, commentLang, reasons, focus }: BegunPatch, updatedAt: Instant): BegunRow {
  const all = { ...row.fields, ...mapValues(fields, (value) => (value === undefined || value === null ? null : wellFormed(value))) }
  const kept = Object.fromEntries(Object.entries(all).filter(([field]) => !forget.includes(field)))
  const { commentLang: before, reasons: given, ...rest } = row
  const lang = comment === undefined ? before : comment === '' ? undefined : commentLang
  const why = Object.entries({ ...given, ...mapValues({ ...reasons }, wellFormed) }).filter(([, text]) => text !== '')
  return { ...rest, ...(lang === undefined ? {} : { commentLang: lang }), ...(why.length === 0 ? {} : { reasons: Object.fromEntries(why) }), fields: kept, comment: String(wellFormed(comment ?? row.comment)), focus: focus === undefined ? row.focus : focus, updatedAt }
}

function mapValues(fields: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, change(value)]))
}
