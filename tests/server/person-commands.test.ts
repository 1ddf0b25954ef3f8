import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { databasesWhenDeep } from '../support/databases.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

const root = join(import.meta.dirname, '../..')

describe.each(databasesWhenDeep)('what the command line does about one person and a whole campaign, on %s', (database) => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer({ database })
  })
  afterAll(() => server.close())

  const terrain = (...args: readonly string[]) => new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
    const { config } = server.context
    const database = config.databaseUrl === undefined ? {} : { DATABASE_URL: config.databaseUrl }
    const env = { ...process.env, ...database, TERRAIN_DATA: config.dataDir, BACKUP_DIR: join(config.dataDir, 'backups'), PUBLIC_URL: 'https://reports.example.org' }
    execFile(process.execPath, [join(root, 'src/server/cli/main.ts'), ...args, '--campaign', server.campaign.id], { env, cwd: root }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
  })
  const words = async () => (await server.context.store.changes.ofEntry(server.campaign.id, entry as never)).map(({ text }) => text).join('')
  let entry = ''

  it('[SE253] held writes what is held about one member, named without doubt, and nothing where it cannot', async () => {
    const awa = await server.join('volunteer')
    const record = awa.change('record', { content: aChallenge({ description: 'The well at the school is dry.' }) })
    entry = record.entryId
    await awa.push([record])
    const out = join(server.context.config.dataDir, 'held.zip')
    expect(await terrain('held', '--member', 'Nobody at all', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('Nobody has this name or id') as string })
    expect(await terrain('held', '--member', 'Awa')).toMatchObject({ code: 2, err: expect.stringContaining('--out') as string })
    expect(existsSync(out)).toBe(false)
    expect(await terrain('held', '--member', 'Awa', '--out', out)).toMatchObject({ code: 0, err: '' })
    expect((await readFile(out)).subarray(0, 2).toString()).toBe('PK')
  })

  it('[SE222] erase takes out one member with a reason, says of how much and of backups, and finds nothing the second time', async () => {
    const { author } = (await server.context.store.entries.row(server.campaign.id, entry as never)) ?? { author: null }
    const id = author?.id ?? ''
    expect(await terrain('erase', '--member', id)).toMatchObject({ code: 2, err: expect.stringContaining('--reason') as string })
    expect(await terrain('erase')).toMatchObject({ code: 2, err: expect.stringContaining('Name either') as string })
    expect(await words()).toContain('The well')
    expect((await terrain('erase', '--member', id, '--reason', 'they asked')).out).toMatch(/^Erased: 1 entries of .*\n.*backups/)
    expect(await words()).not.toContain('The well')
    expect((await terrain('erase', '--member', id, '--reason', 'they asked')).out).toContain('Erased: 0 entries')
  })

  it('[SE223] erase takes out a campaign only under its whole name', async () => {
    const { store } = server.context
    const name = (await store.campaigns.get(server.campaign.id))?.name ?? ''
    expect(await terrain('erase', '--whole-campaign', `${name} `)).toMatchObject({ code: 2, err: expect.stringContaining('Nothing was erased') as string })
    expect((await store.campaigns.list()).map(({ id }) => id)).toContain(server.campaign.id)
    expect(await terrain('erase', '--whole-campaign', name)).toMatchObject({ code: 0, out: expect.stringContaining('Restart the servers') as string })
    expect((await store.campaigns.list()).map(({ id }) => id)).not.toContain(server.campaign.id)
    expect(await words()).toBe('')
  })
})
