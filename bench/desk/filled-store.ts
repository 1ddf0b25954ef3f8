import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant } from '../../src/domain/ids.ts'
import { actText, proofHeader } from '../../src/protocol/proof.ts'
import { createChallenge } from '../../src/server/auth/challenge.ts'
import { createInvite } from '../../src/server/auth/invites.ts'
import { signText } from '../../src/server/auth/keys.ts'
import { createSecret, sha256Of } from '../../src/server/auth/secrets.ts'
import type { ServerContext } from '../../src/server/context.ts'
import type { DatabaseName, Databases } from '../load/databases.ts'
import { openStore, startMeasuredServer } from '../load/measured-server.ts'
import type { MeasuredServer } from '../load/measured-server.ts'
import type { Ground } from '../runner/benchmark.ts'
import { openDatabase } from '../../src/server/store/sqlite/open-sqlite-store.ts'
import { asked } from '../load/databases.ts'
import { fillDeskCampaign } from './desk-data.ts'
import { multiply, multipliedInPostgres } from './multiply.ts'

/** A real server that reads many entries, and a coordinator's session on it. */
export interface DeskServer {
  readonly server: MeasuredServer
  readonly token: string
  /** The secret of an invite by which a browser becomes a coordinator's. */
  readonly invite: string
  /** What only the key of the coordinator's device may ask for carries this. */
  readonly proofOf: (path: string) => Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

export interface FilledStores {
  /** `fill`: what else stands in the database before the server starts. */
  readonly start: <Made extends object>(database: DatabaseName, entries: number, fill?: (context: ServerContext) => Promise<Made>) => Promise<DeskServer & Made>
  readonly close: () => Promise<void>
}

/**
 * Filled once for each number of entries, by the store's own append, which takes a minute and a half for a hundred thousand. SQLite
 * servers begin on a copy of the file; PostgreSQL gets the same rows as a restored backup does.
 */
export function filledStores(databases: Databases, { say }: Pick<Ground, 'say'>): FilledStores {
  const filled = new Map<string, Promise<string>>()
  const once = (name: string, make: () => Promise<string>): Promise<string> => {
    const known = filled.get(name) ?? make()
    filled.set(name, known)
    return known
  }
  const appended = (entries: number) => once(`${Math.min(entries, mostAppended)}`, () => fill(Math.min(entries, mostAppended), say))
  const onDisk = (entries: number) => (entries <= mostAppended ? appended(entries) : once(`${entries}`, async () => multiplied(await appended(entries), entries / mostAppended, say)))
  const inPostgres = (entries: number) => once(`${entries} in PostgreSQL`, async () => copiedIntoPostgres({ source: await appended(entries), entries, say }, databases))
  return {
    start: async (database, entries, also) => {
      const [source, template] = database === 'SQLite' ? [await onDisk(entries)] : [undefined, await inPostgres(entries)]
      const before = async (dataDir: string) => {
        if (source !== undefined) await copyFile(join(source, 'terrain.db'), join(dataDir, 'terrain.db'))
      }
      const { server, made } = await startMeasuredServer({ database, databases, before, template, fill: async (context) => (
        { ...(await readyCoordinator(context)), ...(await also?.(context)) } as Awaited<ReturnType<typeof readyCoordinator>> & NonNullable<Awaited<ReturnType<NonNullable<typeof also>>>>
      ) })
      return { server, ...made, stop: server.stop }
    },
    close: async () => {
      for (const folder of await Promise.all([...filled].filter(([name]) => !name.endsWith('PostgreSQL')).map(([, made]) => made))) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Above it the rows are multiplied inside the database. */
const mostAppended = 100_000

async function fill(entries: number, say: Ground['say']): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-filled-'))
  const { store } = await openStore(folder)
  await timed(`filled with ${entries.toLocaleString('en')} entries`, say, () => fillDeskCampaign(store, entries))
  await store.close()
  return folder
}

async function multiplied(source: string, times: number, say: Ground['say']): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-filled-'))
  await copyFile(join(source, 'terrain.db'), join(folder, 'terrain.db'))
  const database = openDatabase(join(folder, 'terrain.db'))
  database.exec('pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -500000')
  await timed(`multiplied by ${times}`, say, () => multiply((statement) => Promise.resolve(database.prepare(statement).all()), times))
  database.close()
  return folder
}

/** The name of a database that others can begin as. */
async function copiedIntoPostgres({ source, entries, say }: { readonly source: string; readonly entries: number; readonly say: Ground['say'] }, databases: Databases): Promise<string> {
  const [{ url, name }, from] = [await databases.create(), await openStore(source)]
  const to = await openStore(source, url)
  await timed('copied into PostgreSQL', say, () => from.store.backup.dump((rows) => to.store.backup.load(rows, null)))
  await from.store.close()
  await to.store.close()
  if (entries > mostAppended) await timed(`multiplied to ${entries.toLocaleString('en')} in PostgreSQL`, say, () => asked(url, (client) => multipliedInPostgres(async (statement) => (await client.query<Record<string, unknown>>(statement)).rows, entries / mostAppended)))
  // As PostgreSQL does by itself within minutes, on the processor that is measured meanwhile; of the copies of a database it would not know that they were filled.
  for (const tidying of ['vacuum (analyze)', 'checkpoint']) await timed(`${tidying} in PostgreSQL`, say, () => asked(url, (client) => client.query(tidying)))
  return name
}

/** One of the coordinators that were made with the entries, in a session that is open. */
export async function readyCoordinator(context: ServerContext): Promise<Pick<DeskServer, 'token' | 'invite' | 'proofOf'>> {
  const { store, chance } = context
  const [campaign] = await store.campaigns.list()
  if (campaign === undefined) throw new Error('nothing was filled in')
  const { id: campaignId } = campaign
  const coordinator = (await store.members.list(campaignId)).find(({ role, id }) => role === 'coordinator' && id !== campaign.serverMemberId)
  const device = (await store.members.devices(campaignId)).find(({ memberId }) => memberId === coordinator?.id)
  if (coordinator === undefined || device === undefined) throw new Error('nobody coordinates')
  const token = createSecret(chance, 32)
  await store.members.createSession({ tokenHash: sha256Of(token), campaignId, memberId: coordinator.id, deviceId: device.id, usedAt: new Date().toISOString() as Instant, expiresAt: '2100-01-01T00:00:00.000Z' as Instant })
  const { url } = await createInvite(context, { campaignId, role: 'coordinator', uses: 50, days: 1, note: null, createdBy: null })
  const proofOf = (path: string) => {
    const { challenge } = createChallenge(context)
    // All devices of this campaign have its own key.
    return { [proofHeader]: `${challenge}.${signText(campaign.privateKey, actText(challenge, device.id, { method: 'GET', path, body: null }))}` }
  }
  return { token, invite: url.split('#')[1] ?? '', proofOf }
}

export async function timed(what: string, say: Ground['say'], work: () => Promise<unknown>): Promise<void> {
  const began = performance.now()
  await work()
  say(`  ${what} in ${Math.round((performance.now() - began) / 1000)} s`)
}
