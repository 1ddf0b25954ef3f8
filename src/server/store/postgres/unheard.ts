import { Client } from 'pg'
import type { Connection, PoolClient } from 'pg'
import { checkPromises } from '#server/store/postgres/promises.ts'
import { whyShutOut } from '#server/store/shut-out.ts'
import { isUnavailable } from '#server/store/unavailable.ts'

/** After so long without an answer it is looked what has become of the question; whoever asked waits no more than twice as long for a database that is gone. */
const usualPatienceMs = 10_000
/** The looking itself may take as long, and this at least: a machine with much to do takes its time to let somebody in. */
const shortestLookMs = 2_000

/**
 * A database whose machine or line is gone without a word leaves whoever waits for its answer waiting until the operating system gives up, for a quarter of
 * an hour, and with a push all others of its campaign; also when it has long been back. How long an answer may take nobody can say: to tidy up a whole database
 * takes hours. So whoever has heard nothing for long asks on a connection of its own whether PostgreSQL is still at work for it, and ends the one that was forgotten.
 *
 * Promises of the connection are asked for under it: they may be forgotten too.
 */
export async function endUnheard(client: PoolClient, url: string, patienceMs = usualPatienceMs): Promise<void> {
  let [waiting, heardAt, pid]: [number, number, number | null] = [0, 0, null]
  let isWatched = false
  const heard = (): void => {
    waiting -= 1
    heardAt = performance.now()
  }
  const watch = (): void => {
    isWatched = true
    setTimeout(() => void look(), patienceMs).unref()
  }
  const look = async (): Promise<void> => {
    isWatched = false
    if (waiting === 0) return
    const before = heardAt
    const isForgotten = performance.now() - before >= patienceMs && !(await isAtWork(url, pid, patienceMs))
    // What has been heard while it was looked is an answer.
    if (isForgotten && waiting > 0 && heardAt === before) streamOf(client).destroy(Object.assign(new Error('the database says nothing'), { code: 'ETIMEDOUT' }))
    else if (waiting > 0 && !isWatched) watch()
  }
  const ask = client.query.bind(client) as (...given: readonly unknown[]) => unknown
  const watched = (...given: readonly unknown[]): unknown => {
    const answer = ask(...given)
    if (!(answer instanceof Promise)) return answer
    if (waiting === 0) heardAt = performance.now()
    waiting += 1
    answer.then(heard, heard)
    if (!isWatched) watch()
    return answer
  }
  client.query = watched as PoolClient['query']
  pid = await checkPromises(client)
}

/** The driver's own way to break off leaves what was sent without an answer waiting for it. */
function streamOf(client: PoolClient): Connection['stream'] {
  return (client as PoolClient & { readonly connection: Connection }).connection.stream
}

/** Whether PostgreSQL works at something for that connection, or had until a moment ago. One that says that it has too many connections, or lets nobody in any more, is not gone. */
async function isAtWork(url: string, pid: number | null, patienceMs: number): Promise<boolean> {
  const lookMs = Math.max(patienceMs, shortestLookMs)
  const client = new Client({ connectionString: url, application_name: 'terrain', connectionTimeoutMillis: lookMs, query_timeout: lookMs })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query(`select 1 from pg_stat_activity where pid = $1 and (coalesce(state, '') not like 'idle%' or state_change > clock_timestamp() - $2 * interval '1 millisecond')`, [pid, patienceMs / 2])
    return pid === null || rows.length > 0
  } catch (error) {
    return !isUnavailable(error) || whyShutOut(error) !== null || Reflect.get(error as Error, 'code') === '53300'
  } finally {
    client.end().catch(() => undefined)
  }
}
