import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { Advice } from '#server/advice.ts'
import type { Tables } from '#server/store/sql/schema.ts'

/**
 * Refuses a pooler that lends one session of PostgreSQL to several connections in turn: what a connection was promised and has prepared would be another's, and
 * requests would fail now and then. Each of two that are open is asked who answers it, in an order in which no turns of lending look as if each had its own.
 */
export async function refuseLentSessions(db: Kysely<Tables>): Promise<void> {
  await db.connection().execute((one) => db.connection().execute(async (other) => {
    const [first, second] = [new Set<number>(), new Set<number>()]
    for (const [asked, answered] of [[one, first], [other, second], [other, second], [one, first], [one, first]] as const) answered.add(await sessionOf(asked))
    if (first.size === 1 && second.size === 1 && new Set([...first, ...second]).size === 2) return
    throw new Advice('Before the PostgreSQL of DATABASE_URL stands a pooler that lends its sessions from one transaction or statement to the next; Terrain needs each for itself. Let it pool by session (pool_mode = session in PgBouncer), or name the address of PostgreSQL itself.')
  }))
}

async function sessionOf(db: Kysely<Tables>): Promise<number> {
  const { rows: [row] } = await sql<{ readonly pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return row?.pid ?? 0
}
