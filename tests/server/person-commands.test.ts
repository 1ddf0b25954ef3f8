import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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

  it('[SE246] erase takes out one entry by its name with a reason, says of how many files and of backups, and leaves the others', async () => {
    const amal = await server.join('volunteer')
    const photo = (sha256: string) => ({ sha256, bytes: 3, type: 'image/jpeg' as const, width: 4, height: 3, thumb: { sha256: 'd'.repeat(64), bytes: 3 } }) as never
    const [own, shared] = ['e'.repeat(64), 'f'.repeat(64)]
    const gone = amal.change('record', { content: aChallenge({ description: 'The borehole behind the market is broken.', consentPhoto: true, photos: [photo(own), photo(shared)] }) })
    const kept = amal.change('record', { content: aChallenge({ description: 'The borehole at the clinic is broken.', consentPhoto: true, photos: [photo(shared)] }) })
    const { results } = await amal.push([gone, kept])
    const ref = results[0]?.ref ?? ''
    const { context, campaign } = server
    for (const sha256 of [own, shared]) await context.store.files.put({ sha256: sha256 as never, campaignId: campaign.id, entryId: gone.entryId, type: 'image/jpeg', bytes: 3, uploadedBy: amal.joined.member.id, storedAt: '2026-03-01T10:00:00Z' as never, shownSha256: null, original: 'kept' })
    expect(await terrain('erase', '--entry', ref)).toMatchObject({ code: 2, err: expect.stringContaining('--reason') as string })
    expect(await terrain('erase', '--entry', ref, '--member', 'Awa', '--reason', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('Name either') as string })
    expect(await terrain('erase', '--entry', 'C-999999', '--reason', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('has no entry C-999999') as string })
    const first = await terrain('erase', '--entry', ref.toLowerCase(), '--reason', 'they asked')
    expect(first.out).toMatch(new RegExp(`^Erased: ${ref} with 1 of its files\\.\\n.*backups`))
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('1 of its files stay: another entry names them') as string })
    const of = async (entryId: string) => (await context.store.changes.ofEntry(campaign.id, entryId as never)).map(({ text }) => text).join('')
    expect(await of(gone.entryId)).not.toContain('borehole')
    expect(await of(gone.entryId)).toContain('they asked')
    expect(await of(kept.entryId)).toContain('borehole')
    const [again, third] = [await terrain('erase', '--entry', ref, '--reason', 'they asked'), await terrain('erase', '--entry', ref, '--reason', 'they asked')]
    expect(again.out).toContain('was erased before')
    // The backup that it made the first time has the words no more, and neither has any that comes later.
    const named = (out: string) => out.split('\n').filter((line) => line.includes(' until '))
    expect([named(again.out), named(third.out)]).toEqual([named(first.out), named(first.out)])
    // A file that the storage has not let go is left of it.
    await context.store.files.put({ sha256: own as never, campaignId: campaign.id, entryId: gone.entryId, type: 'image/jpeg', bytes: 3, uploadedBy: amal.joined.member.id, storedAt: '2026-03-01T10:00:00Z' as never, shownSha256: null, original: 'kept' })
    for (const [name, value] of Object.entries({ S3_ENDPOINT: 'http://127.0.0.1:1', S3_BUCKET: 'reports', S3_ACCESS_KEY_ID: 'id', S3_SECRET_ACCESS_KEY: 'secret' })) vi.stubEnv(name, value)
    const stuck = await terrain('erase', '--entry', ref, '--reason', 'they asked')
    vi.unstubAllEnvs()
    expect(stuck).toMatchObject({ code: 1, out: expect.stringContaining(`${ref} was erased before.\n`) as string, err: expect.stringContaining('1 files of what was erased are still on the storage') as string })
    expect((await terrain('erase', '--entry', ref, '--reason', 'they asked')).out).toContain('nothing of it is left')
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
