import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Kysely, sql } from 'kysely'
import type { Instant } from '#domain/ids.ts'
import { createDeviceId } from '#domain/new-ids.ts'
import { migrate, migrations } from '#server/store/migrations/migrate.ts'
import type { MigrationGround } from '#server/store/migrations/migrate.ts'
import { migrationGround } from '#server/store/postgres/migration-ground.ts'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import type { Tables } from '#server/store/sql/schema.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import type { Store } from '#server/store/store.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { databases } from '../../support/databases.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

/** What a database held when its release wrote it: an entry in each state, a quarantined change, an erased one. Never edited. */
const released = readdirSync(new URL('released/', import.meta.url)).map((file) => ({
  name: file.replace(/\.ndjson$/, ''),
  rows: readFileSync(new URL(`released/${file}`, import.meta.url), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly table: string; readonly row: Readonly<Record<string, string | number | null>> }),
}))

describe('a database of a released version', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'terrain-released-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  it('[ST25] there is one for the first migration, and each names a migration', () => {
    expect(released.map(({ name }) => name)).toContain(migrations[0]?.name)
    expect(released.filter(({ name }) => !migrations.some((migration) => migration.name === name))).toEqual([])
  })

  it.each(released.flatMap((old) => databases.map((database) => ({ ...old, database }))))('[ST25] $name is brought up to date on $database with every change, proof and projection as it was', async ({ name, rows, database }) => {
    const place = database === 'SQLite' ? sqliteIn(dir) : await postgres()
    await writeOld(place, name, rows)
    const store = await place.open()
    const [campaign] = await store.campaigns.list()
    if (campaign === undefined) throw new Error('the campaign is gone')
    const changes = await store.changes.scan(campaign.id, 0, 1000)
    const old = rows.filter(({ table }) => table === 'changes').map(({ row }) => [row['seq'], row['id'], row['text']])
    expect(changes.map(({ seq, id, text }) => [seq, id, text])).toEqual(old)
    expect(await verifyCampaign(store, campaign.id)).toMatchObject({ faults: [] })
    expect((await store.entries.rebuild(campaign.id)).differing).toEqual([])
    expect(await store.epoch()).toBe(rows.find(({ table, row }) => table === 'meta' && row['key'] === 'epoch')?.row['value'])
    // What later versions have added works on it.
    expect(await store.rateLimits.hit({ key: 'a', now: 1, windowMs: 1, max: 1 })).toEqual({ hits: 1, endsAt: 2 })
    expect(await store.uploadLocks.take({ id: 'new', owner: 'o', now: 1, expiresAt: 2, ask: false })).toBe(true)
    expect(await store.settlements.latest(campaign.id)).toEqual(new Map())
    // Who joined and which phones were lost was kept before there was a log of acts, and stands in it now.
    const kept = (await store.audit.page(campaign.id, { limit: 200 })).lines.flatMap((line) => (line.kind === 'act' ? [line.act.act] : []))
    const lost = (await store.members.devices(campaign.id)).filter(({ revokedAt }) => revokedAt !== null)
    expect(kept.filter((act) => act === 'device.lost')).toHaveLength(lost.length)
    expect(kept.filter((act) => act === 'member.joined')).toHaveLength((await store.members.list(campaign.id)).length - 1)
    await store.close()
    await place.remove()
  })

  it.each(databases)('[ST30] a device from before the successors were known follows none on %s, and takes its own along from now on', async (database) => {
    const place = database === 'SQLite' ? sqliteIn(dir) : await postgres()
    await writeOld(place, '0001-first', released.find(({ name }) => name === '0001-first')?.rows ?? [])
    const store = await place.open()
    const [campaign] = await store.campaigns.list()
    if (campaign === undefined) throw new Error('the campaign is gone')
    const devices = await store.members.devices(campaign.id)
    expect(devices.filter(({ rotatedFrom }) => rotatedFrom !== null)).toEqual([])
    const lost = devices.find(({ revokedAt }) => revokedAt === null)
    const member = (await store.members.list(campaign.id)).find(({ id }) => id === lost?.memberId)
    if (lost === undefined || member === undefined) throw new Error('nobody is left')
    const successor = { ...lost, id: createDeviceId(steppedClock(), seededChance('successor')), rotatedFrom: lost.id, manifest: null }
    await store.members.add(member, successor)
    await store.members.revokeDevice(campaign.id, lost.id, '2026-11-24T08:00:00.000Z' as Instant)
    const ended = (await store.members.devices(campaign.id)).filter(({ revokedAt }) => revokedAt === '2026-11-24T08:00:00.000Z')
    expect(new Set(ended.map(({ id }) => id))).toEqual(new Set([lost.id, successor.id]))
    await store.close()
    await place.remove()
  })
})

interface Place {
  readonly openEmpty: () => Kysely<Tables>
  readonly ground: MigrationGround | undefined
  readonly open: () => Promise<Store>
  readonly remove: () => Promise<void>
}

const ground = () => ({ clock: steppedClock(), chance: seededChance('new') })

function sqliteIn(dir: string): Place {
  const path = join(dir, 'terrain.db')
  return { openEmpty: () => new Kysely<Tables>({ dialect: createNodeSqliteDialect(openDatabase(path)) }), ground: undefined, open: () => openSqliteStore({ path, ...ground() }), remove: () => Promise.resolve() }
}

async function postgres(): Promise<Place> {
  const { url, drop } = await createDatabase({ isEmpty: true })
  return { openEmpty: () => openPostgres(url), ground: migrationGround, open: () => openPostgresStore({ url, ...ground() }), remove: drop }
}

/** The migrations that had run then: those that the rows name, or, in the first one, all up to its name. */
async function writeOld(place: Place, name: string, rows: (typeof released)[number]['rows']): Promise<void> {
  const db = place.openEmpty()
  const named = new Set(rows.filter(({ table }) => table === 'migrations').map(({ row }) => row['name']))
  const had = named.size > 0 ? migrations.filter((migration) => named.has(migration.name)) : migrations.slice(0, migrations.findIndex((migration) => migration.name === name) + 1)
  await migrate(db, '2026-03-01T08:00:00.000Z', had, place.ground)
  for (const { table, row } of rows) {
    if (table === 'migrations') continue
    const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
    await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db)
  }
  await db.destroy()
}
