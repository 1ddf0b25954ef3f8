import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { startCluster } from '../../tests/support/postgres/cluster.ts'
import { parentOf } from './process-cost.ts'

export type DatabaseName = 'SQLite' | 'PostgreSQL'

export interface FreshDatabase {
  readonly url: string
  readonly name: string
  /** The first of PostgreSQL's processes, of which all others are children. */
  readonly pid: number
}

/** A PostgreSQL that starts when the first benchmark asks for a database, with durability on as in production. */
export interface Databases {
  /** Empty, or with everything that is in another one, which nobody may be using. */
  readonly create: (template?: string) => Promise<FreshDatabase>
  readonly close: () => Promise<void>
}

export function databasesOnDemand(): Databases {
  let starting: ReturnType<typeof startCluster> | null = null
  return {
    create: async (template) => {
      const { url } = await (starting ??= startCluster())
      const name = `bench_${randomBytes(6).toString('hex')}`
      const pid = await asked(url, async (client) => {
        await client.query(`create database ${name}${template === undefined ? '' : ` template ${template}`}`)
        const { rows: [row] } = await client.query<{ readonly pid: number }>('select pg_backend_pid() as pid')
        return parentOf(row?.pid ?? 0)
      })
      return { url: url.replace(/\/postgres$/, `/${name}`), name, pid }
    },
    close: async () => {
      await (await starting)?.stop()
    },
  }
}

export async function asked<Answer>(url: string, ask: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}
