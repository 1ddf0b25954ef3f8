import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { Tx } from '#server/store/sql/db.ts'

export async function findWordsInPostgres(tx: Tx, campaign: CampaignId, sought: readonly SoughtWord[]): Promise<string> {
  const { rows: [row] } = await wordsQuery(sought, campaign).execute(tx)
  return row?.seqs ?? ''
}

/**
 * The words are cut and folded already: neither a parser nor a dictionary of PostgreSQL touches them, which would make of them
 * something else than SQLite finds. One row, because ten thousand of them take longer on the way than in the index, and a list
 * with commas, because its JSON takes twice as long. Exported so that a test can ask PostgreSQL how it would run it.
 */
export function wordsQuery(sought: readonly SoughtWord[], campaign: CampaignId) {
  return sql<{ readonly seqs: string | null }>`select array_to_string(array_agg(seq), ',') as seqs from entry_words
    where campaign_id = ${campaign} and words @@ ${expressionOf(sought)}::tsquery`
}

/** Words hold letters and digits only, so nothing in the quotes can end them. */
function expressionOf(sought: readonly SoughtWord[]): string {
  return sought.map(({ text, isWhole }) => `'${text}'${isWhole ? '' : ':*'}`).join(' & ')
}
