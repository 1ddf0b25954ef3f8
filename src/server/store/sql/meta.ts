import type { Db, Tx } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'

/** One value of the database itself; the opening of the store has made it. */
export async function readMeta(db: Db | Tx, key: 'epoch' | 'serverKey'): Promise<string> {
  const row = await valueOf(db, key)
  if (row === undefined) throw new Error(`The database has no ${key}.`)
  return row.value
}

const valueOf = keptOne((db, key: string) => db.selectFrom('meta').select('value').where('key', '=', key))
