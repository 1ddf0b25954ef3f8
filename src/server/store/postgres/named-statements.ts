import type { PoolClient } from 'pg'
import { keptName } from '#server/store/sql/kept-query.ts'

/** Of a plan that was made when a table was nearly empty, so many transactions at most are done before it is made anew. */
const transactionsOfAPlan = 20

/**
 * A kept query has a name on its connection: PostgreSQL reads and plans it once and not each time, which takes longer than most of them run. A
 * plan stays as it was made, also one that reads the whole of a table that has grown since; so it is thrown away again and again, without a
 * question of its own.
 */
export function nameKept(client: PoolClient): void {
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  let transactions = 0
  const named = (text: unknown, ...given: readonly unknown[]): unknown => {
    if (typeof text !== 'string') return ask(text, ...given)
    if (text === 'begin') {
      transactions += 1
      return ask(transactions % transactionsOfAPlan === 0 ? 'discard plans; begin' : text)
    }
    const [name, [values, ...others]] = [keptName(text), given]
    return name === undefined ? ask(text, ...given) : ask({ name, text, values }, ...others)
  }
  client.query = named as PoolClient['query']
}
