import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { SoughtWord } from '#domain/words.ts'
import type { Tx } from '#server/store/sql/db.ts'

/** Documents of a campaign lie between its number and the next, in steps of this (`0011-desk`). */
const spaceSize = 2 ** 32

export async function findWordsInSqlite(tx: Tx, campaign: CampaignId, sought: readonly SoughtWord[]): Promise<string> {
  const { rows: [row] } = await sql<{ readonly space: number; readonly indexed_to: number }>`select space, indexed_to from word_spaces where campaign_id = ${campaign}`.execute(tx)
  if (row === undefined) return ''
  const { rows: [found] } = await wordsQuery(sought, row.space * spaceSize).execute(tx)
  const { rows: waiting } = await waitingQuery(sought, campaign, row.indexed_to).execute(tx)
  return [found?.seqs ?? '', ...waiting.map(({ seq }) => seq)].join(' ')
}

/** Entries that came last, whose words wait to be taken into the index (`0039-words-in-turn`): read one by one. Exported so that a test can ask SQLite how it would run it. */
export function waitingQuery(sought: readonly SoughtWord[], campaign: CampaignId, indexedTo: number) {
  const words = sought.map(({ text, isWhole }) => (isWhole ? sql`instr(' ' || search || ' ', ${` ${text} `}) > 0` : sql`instr(' ' || search, ${` ${text}`}) > 0`))
  return sql<{ readonly seq: number }>`select seq from entries where campaign_id = ${campaign} and seq > ${indexedTo} and ${sql.join(words, sql` and `)}`
}

/** One row of JSON, because ten thousand rows take longer to hand over than to find. Exported so that a test can ask SQLite how it would run it. */
export function wordsQuery(sought: readonly SoughtWord[], first: number) {
  return sql<{ readonly seqs: string }>`select json_group_array(rowid - ${first}) as seqs from entry_words where entry_words match ${expressionOf(sought)} and rowid >= ${first} and rowid < ${first + spaceSize}`
}

/** Words hold letters and digits only, so nothing in the quotes can end them. */
function expressionOf(sought: readonly SoughtWord[]): string {
  return sought.map(({ text, isWhole }) => `"${text}"${isWhole ? '' : ' *'}`).join(' AND ')
}

