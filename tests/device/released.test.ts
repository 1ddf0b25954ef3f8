import { readdirSync, readFileSync } from 'node:fs'
import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import { openDevice } from '#device/open-device.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { newDatabaseName, until } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'

interface Snapshot {
  readonly version: number
  readonly schema: Readonly<Record<string, string>>
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
}

/** A phone's database as its release wrote it: a draft, an entry the server has, two that only the phone has, a photo. Never edited. */
const released = readdirSync(new URL('released/', import.meta.url)).map((file) => ({
  file,
  snapshot: JSON.parse(readFileSync(new URL(`released/${file}`, import.meta.url), 'utf8')) as Snapshot,
}))

describe('a phone that has not been opened since a release', () => {
  it.each(released)('[DS17] $file opens with its drafts, entries and photos, and its outbox as it was', async ({ snapshot }) => {
    const databaseName = newDatabaseName()
    await writeOld(databaseName, snapshot)
    const device = await openDevice(testGround({ databaseName, fetch: createFakeServer().fetch, isOnline: false }))
    const rows = (table: string) => snapshot.tables[table] ?? []

    const entries = await until(device.entries, (all) => all.length === rows('entries').length)
    expect(new Set(entries.map(({ state }) => String(state.id)))).toEqual(new Set(rows('entries').map((row) => String(row['id']))))
    expect((await until(device.drafts, (all) => all.length > 0)).map(({ content, step }) => [content, step])).toEqual(rows('drafts').map((row) => [row['content'], row['step']]))
    const sync = await until(device.sync, ({ pendingChanges }) => pendingChanges > 0)
    expect([sync.pendingChanges, sync.pendingFiles]).toEqual([2, 1])
    for (const row of rows('files')) expect((await device.readFile(row['sha256'] as never))?.bytes.byteLength).toBe(row['bytes'])
    expect(entries.filter(({ travel }) => travel === 'here')).toHaveLength(2)
    expect(device.membership.get()).toMatchObject({ member: { name: 'Amal' } })
    device.close()
  })
})

async function writeOld(name: string, { version, schema, tables }: Snapshot): Promise<void> {
  const db = new Dexie(name)
  db.version(version).stores(schema)
  await db.open()
  for (const [table, rows] of Object.entries(tables)) await db.table(table).bulkPut(rows.map(withBytes))
  db.close()
}

function withBytes(row: Readonly<Record<string, unknown>>): unknown {
  const data = row['data']
  if (typeof data !== 'object' || data === null || !('base64' in data)) return row
  return { ...row, data: Uint8Array.from(Buffer.from(String(data.base64), 'base64')).buffer }
}
