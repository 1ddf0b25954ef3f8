import { sql } from 'kysely'
import type { ExpressionBuilder } from 'kysely'
import type { Tx } from '#server/store/sql/db.ts'
import type { Tables } from '#server/store/sql/schema.ts'

/** How often rows of the projection were mended past the appends, as text or null: whoever keeps some of them in memory reads them anew. */
export function rebuiltText(eb: ExpressionBuilder<Tables, keyof Tables>) {
  return eb.selectFrom('meta').select('value').where('key', '=', 'rebuilt').as('rebuilt')
}

export async function countRebuild(tx: Tx): Promise<void> {
  await tx.insertInto('meta').values({ key: 'rebuilt', value: '1' })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value: sql<string>`cast(cast(meta.value as bigint) + 1 as text)` })).execute()
}
