import type { PoolClient } from 'pg'
import { isUnanswered } from '#server/store/sql/kept-query.ts'

const begins = /^(begin|start transaction)\b/
const ends = /^(commit|rollback)$/
/** For Kysely, which asks how many rows a statement has changed. */
const unheard = { command: '', rowCount: 0, rows: [] }

/**
 * A connection sends each question as it comes and not when the one before has been answered (`pipeline` of the pool). So nobody has to wait
 * for the beginning of a transaction, or in it for changes whose answer says nothing: two ways there and back instead of ten.
 *
 *   begin ──► change ──► question ──► change ──► commit        sent, in this order
 *                           ▲                      ▲
 *                         waits for all that stand before it, and tells the first failure among them
 *
 * PostgreSQL takes nothing more of a transaction in which something has failed and answers whatever follows with failures of its own; its commit keeps
 * nothing then, and is always waited for: no failure stays unheard. A savepoint would need more than this; there is none.
 */
export function sendAhead(client: PoolClient): void {
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  /** Of an open transaction: everything up to here was done. */
  let done: Promise<unknown> | null = null
  const ahead = (text: unknown, ...given: readonly unknown[]): unknown => {
    const answer = ask(text, ...given)
    if (!(answer instanceof Promise) || typeof text !== 'string') return answer
    const isBeginning = begins.test(text)
    if (isBeginning) done = Promise.resolve()
    if (done === null) return answer
    // Whatever failed before, what is taken back is taken back.
    const told = text === 'rollback' ? answer : inTurn(done, answer)
    done = ends.test(text) ? null : told
    if (!isBeginning && !(isUnanswered(given[0]) && isPlain(given[0]))) return told
    told.catch(() => undefined)
    return Promise.resolve(unheard)
  }
  client.query = ahead as PoolClient['query']
}

/** What the driver itself may fail at, putting a value into words, PostgreSQL never hears of: it would keep the others. So nothing of that kind is sent without waiting. */
function isPlain(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
}

function inTurn(before: Promise<unknown>, answer: Promise<unknown>): Promise<unknown> {
  answer.catch(() => undefined)
  return before.then(() => answer)
}
