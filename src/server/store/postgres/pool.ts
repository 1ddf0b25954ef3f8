import { Pool, types } from 'pg'
import type { PoolClient } from 'pg'
import { nameKept } from '#server/store/postgres/named-statements.ts'
import { sendAhead } from '#server/store/postgres/sent-ahead.ts'
import { endUnheard } from '#server/store/postgres/unheard.ts'

const int8 = 20
const maxConnections = 10
/** A request in a quiet hour would else wait until one is opened and asked for its promises: for longer than most of what it asks takes. */
const keptConnections = 3

/**
 * Counts and seqs are bigint in the database and far from 2⁵³: they come as numbers, as SQLite gives them.
 * @param idleMs how long a connection beyond those that are kept is held when nobody uses it
 * @param patienceMs how long an answer is waited for before it is looked whether it still comes
 */
export function createPool(url: string, idleMs = 10_000, patienceMs?: number): Pool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    min: keptConnections,
    idleTimeoutMillis: idleMs,
    // One that is kept for long is now and then a new one, also where a firewall has forgotten it without a word.
    maxLifetimeSeconds: 1800,
    connectionTimeoutMillis: 10_000,
    application_name: 'terrain',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // `sent-ahead.ts` says who need not wait for an answer.
    pipeline: true,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : types.getTypeParser(oid, format)) },
    // Here and not in Kysely's `onCreateConnection`, which does not give a connection back that it refuses.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it and ends the connection when it fails; only its types do not say so
    onConnect: (client) => endUnheard(client as PoolClient, url, patienceMs),
  })
  // A connection that breaks while nothing runs on it tells so by an event, which would end the process if nobody listened,
  // also in the middle of a transaction. Whoever uses it next is told by the failing query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    nameKept(client)
    sendAhead(client)
  })
  return pool
}
