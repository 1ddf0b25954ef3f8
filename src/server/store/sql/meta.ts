import type { Db, Tx } from '#server/store/sql/db.ts'

/** One value of the database itself; the opening of the store has made it. */
export async function readMeta(db: Db | Tx, key: 'epoch' | 'serverKey'): Promise<string> {
  const { value } = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirstOrThrow()
  return value
}
