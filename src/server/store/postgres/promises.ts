import type { ClientBase } from 'pg'
import { Advice } from '#server/advice.ts'
import { unpromised } from '#server/store/shut-out.ts'

const oldestVersion = 150_000

const allLetters: ReadonlySet<string> = new Set(['UTF8', 'SQL_ASCII'])

interface Settings {
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
  readonly read_only: string
  readonly version: string
  readonly version_name: string
  readonly encoding: string
  readonly pid: number
}

/**
 * Asks a new connection for its promises: `synchronous_commit` can be switched off for a role or a database at any time, and
 * would then acknowledge what a power cut takes back. A transaction of a process that hangs is ended, since it may hold the
 * lock of its campaign. What Terrain asks looks up a few hundred rows by an index: to start helpers for that takes ten times as long as the looking up, and a
 * whole table is read in its place only by a planner that thinks of a disk with a head. Answers by which number PostgreSQL knows the connection, which is not the one that a
 * pooler in between may have told.
 *
 * A standby, or a database that its host lets only be read because its disk is nearly full, takes nothing in: a connection to it would stay in the pool for half an
 * hour, also when the one that was promoted can be reached under the same name. It counts as one that does not answer, and the next request makes a new one.
 * A database that was made for a few languages refuses each word of another one, for ever: their phones would send it in vain, behind an error of ours. One without any
 * encoding (`SQL_ASCII`, what a machine without a language makes) keeps the bytes as they come, and nothing here asks it for letters.
 * Limits on how long a statement or transaction may take, which hosts set for a role, would break off a wait for the lock of a campaign, a backup, a migration,
 * each time anew; who hangs is ended otherwise (`unheard.ts`, and above). One on how long a connection may be idle would end those that are kept, at the moment of the next request.
 */
export async function checkPromises(client: Pick<ClientBase, 'query'>): Promise<number> {
  const { rows: [settings] } = await client.query<Settings>(`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit,
      current_setting('transaction_read_only') as read_only, current_setting('server_version_num') as version, current_setting('server_version') as version_name,
      current_setting('server_encoding') as encoding, pg_backend_pid() as pid,
      set_config('idle_in_transaction_session_timeout', '60s', false), set_config('lock_timeout', '30s', false),
      set_config('max_parallel_workers_per_gather', '0', false), set_config('random_page_cost', '1.1', false),
      (select count(set_config(name, '0', false)) from pg_settings where name in ('statement_timeout', 'transaction_timeout', 'idle_session_timeout'))`)
  if (settings === undefined) throw new Advice('PostgreSQL does not tell its settings.')
  if (settings.read_only === 'on') throw Object.assign(new Error('PostgreSQL may only be read'), { code: '25006' })
  const [fault] = faultsOf(settings)
  if (fault !== undefined) throw Object.assign(new Advice(fault), { code: unpromised })
  return settings.pid
}

function faultsOf(settings: Settings): readonly string[] {
  const unsafe = 'A power cut would take back what phones were told is safe.'
  return [
    ...(Number(settings.version) >= oldestVersion ? [] : [`PostgreSQL is version ${settings.version_name}, but Terrain needs 15 or newer.`]),
    ...(allLetters.has(settings.encoding) ? [] : [`The database is made for ${settings.encoding}, which has not the letters of all languages: entries in the others would be refused. Name one in DATABASE_URL that was made with createdb --template template0 --encoding UTF8 --lc-collate C --lc-ctype C, and restore a backup into it if this one is in use.`]),
    ...(settings.fsync === 'on' ? [] : [`PostgreSQL runs with fsync = ${settings.fsync}. ${unsafe} Set fsync = on in its configuration.`]),
    ...(settings.full_page_writes === 'on' ? [] : [`PostgreSQL runs with full_page_writes = ${settings.full_page_writes}. ${unsafe} Set full_page_writes = on in its configuration.`]),
    ...(settings.synchronous_commit === 'off' ? [`PostgreSQL runs with synchronous_commit = off. ${unsafe} Set synchronous_commit = on for this database and its role.`] : []),
  ]
}
