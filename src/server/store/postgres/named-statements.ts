import type { PoolClient } from 'pg'
import { keptName } from '#server/store/sql/kept-query.ts'

/** Before plans are made anew for the first time, and at most: so many transactions. In between twice as many each time. */
const [firstTransactions, mostTransactions] = [20, 320]
/** Or so many values handed over: a run of five hundred changes may find a table empty and leave it large. Then it begins with the first number again. */
const mostValues = 4000

/**
 * A kept query has a name on its connection: PostgreSQL reads and plans it once and not each time, which takes longer than most of them run. A
 * plan stays as it was made, also one that reads the whole of a table that has grown since; so it is thrown away again and again, without a
 * question of its own.
 */
export function nameKept(client: PoolClient): void {
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  let [transactions, handed, most] = [0, 0, firstTransactions]
  const named = (text: unknown, ...given: readonly unknown[]): unknown => {
    if (typeof text !== 'string') return ask(text, ...given)
    if (text === 'begin') {
      transactions += 1
      const isMuch = handed >= mostValues
      if (transactions < most && !isMuch) return ask(text)
      ;[transactions, handed, most] = [0, 0, isMuch ? firstTransactions : Math.min(2 * most, mostTransactions)]
      return ask('discard plans; begin')
    }
    const [name, [values, ...others]] = [keptName(text), given]
    if (Array.isArray(values)) handed += values.length
    return name === undefined ? ask(text, ...given) : ask({ name, text, values }, ...others)
  }
  client.query = named as PoolClient['query']
}
