import { Pool, types } from 'pg'
import { checkPromises } from '#server/store/postgres/promises.ts'

const int8 = 20
const maxConnections = 10

/** Counts and seqs are bigint in the database and far from 2⁵³: they come as numbers, as SQLite gives them. */
export function createPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    application_name: 'terrain',
    keepAlive: true,
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : types.getTypeParser(oid, format)) },
    // Here and not in Kysely's `onCreateConnection`, which does not give a connection back that it refuses.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it and ends the connection when it fails; only its types do not say so
    onConnect: checkPromises,
  })
  // A connection that breaks while nothing runs on it tells so by an event, which would end the process if nobody listened,
  // also in the middle of a transaction. Whoever uses it next is told by the failing query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}
