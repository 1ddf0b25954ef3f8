import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { Tx } from '#server/store/sql/db.ts'

/** Documents of a campaign lie between its number and the next, in steps of this (`0011-desk`). */
const spaceSize = 2 ** 32

export async function findWordsInSqlite(tx: Tx, campaign: CampaignId, sought: readonly SoughtWord[]): Promise<string> {
  const { rows: [row] } = await sql<{ readonly space: number }>`select space from word_spaces where campaign_id = ${campaign}`.execute(tx)
  if (row === undefined) return ''
  const first = row.space * spaceSize
  const { rows: [found] } = await wordsQuery(sought, first).execute(tx)
  return found?.seqs ?? ''
}

/** One row of JSON, because ten thousand rows take longer to hand over than to find. Exported so that a test can ask SQLite how it would run it. */
export function wordsQuery(sought: readonly SoughtWord[], first: number) {
  return sql<{ readonly seqs: string }>`select json_group_array(rowid - ${first}) as seqs from entry_words where entry_words match ${expressionOf(sought)} and rowid >= ${first} and rowid < ${first + spaceSize}`
}

/** Words hold letters and digits only, so nothing in the quotes can end them. */
function expressionOf(sought: readonly SoughtWord[]): string {
  return sought.map(({ text, isWhole }) => `"${text}"${isWhole ? '' : ' *'}`).join(' AND ')
}

