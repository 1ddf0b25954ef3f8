import { sql } from 'kysely'
import type { Db, Tx } from '#server/store/sql/db.ts'

/** How often rows of the projection were mended past the appends: whoever keeps some of them in memory reads them anew. */
export async function rebuiltTimes(db: Db | Tx): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'rebuilt').executeTakeFirst()
  return Number(row?.value ?? 0)
}

export async function countRebuild(tx: Tx): Promise<void> {
  await tx.insertInto('meta').values({ key: 'rebuilt', value: '1' })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value: sql<string>`cast(cast(meta.value as bigint) + 1 as text)` })).execute()
}
