import type { PoolClient } from 'pg'
import { keptName } from '#server/store/sql/kept-query.ts'

/** Before plans are made anew: so many transactions, or so many values handed over, at most. A run of five hundred changes may find a table empty and leave it large. */
const [mostTransactions, mostValues] = [20, 4000]

/**
 * A kept query has a name on its connection: PostgreSQL reads and plans it once and not each time, which takes longer than most of them run. A
 * plan stays as it was made, also one that reads the whole of a table that has grown since; so it is thrown away again and again, without a
 * question of its own.
 */
export function nameKept(client: PoolClient): void {
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  let [transactions, handed] = [0, 0]
  const named = (text: unknown, ...given: readonly unknown[]): unknown => {
    if (typeof text !== 'string') return ask(text, ...given)
    if (text === 'begin') {
      transactions += 1
      if (transactions < mostTransactions && handed < mostValues) return ask(text)
      ;[transactions, handed] = [0, 0]
      return ask('discard plans; begin')
    }
    const [name, [values, ...others]] = [keptName(text), given]
    if (Array.isArray(values)) handed += values.length
    return name === undefined ? ask(text, ...given) : ask({ name, text, values }, ...others)
  }
  client.query = named as PoolClient['query']
}
