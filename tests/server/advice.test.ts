import { execFile } from 'node:child_process'
import dns from 'node:dns'
import { once } from 'node:events'
import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Advice, adviceOn } from '#server/advice.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { makeFolder } from '#server/make-folder.ts'
import { openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import { createNodeSqliteDialect } from '#server/store/sqlite/dialect.ts'
import { openDatabase, openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { toldInWords } from '#server/told-error.ts'
import { seededChance, steppedClock } from '../support/seeded.ts'

const root = join(import.meta.dirname, '../..')
/** Of TEST-NET-1 (RFC 5737), which no machine has. */
const nobodys = '192.0.2.1'
const seeded = { clock: steppedClock(), chance: seededChance('advice') }
/** What opening the store in the PostgreSQL at this address ends with. */
const failingOn = (address: string): Promise<unknown> => openPostgresStore({ url: `postgres://terrain:geheim@${address}/terrain`, ...seeded }).catch((error: unknown) => error)

describe('what whoever runs Terrain can mend', () => {
  let dataDir: string
  beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'terrain-advice-'))))
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  const run = (program: string, args: readonly string[], variables: NodeJS.ProcessEnv) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
      execFile(process.execPath, [join(root, program), ...args], { env: { ...process.env, TERRAIN_DATA: dataDir, BACKUP_EVERY: '0', ...variables }, cwd: root, timeout: 150_000 }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
    })

  it('[SE38] a server that cannot start, the demonstration’s too, says in a sentence why and what to do, and no stack', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const port = String((taken.address() as AddressInfo).port)
    const file = join(dataDir, 'a-file')
    await writeFile(file, 'x')
    let started = 0
    // Each with a folder of its own: at one database they would wait for each other, and say so.
    const start = (variables: NodeJS.ProcessEnv) => run('src/server/main.ts', [], { PORT: '0', TERRAIN_DATA: join(dataDir, `server-${(started += 1)}`), ...variables })
    const told = await Promise.all([start({ PORT: port }), start({ METRICS_PORT: port }), start({ HOST: 'nowhere.invalid' }), start({ TERRAIN_DATA: file }), start({ HOST: nobodys }), start({ METRICS_HOST: nobodys, METRICS_PORT: port, METRICS_TOKEN: 'sixteen letters or more' })])
    const demo = await run('demo/main.ts', [], { PORT: port, TERRAIN_DATA: join(dataDir, 'demo') })
    taken.close()
    expect(demo).toEqual({ code: 1, out: '', err: `Another program listens on port ${port} already, maybe a Terrain that runs: end it, or name another port in PORT.\n` })
    expect(told.map(({ code, out, err }) => [code, out, err.trim().split('\n').length])).toEqual(told.map(() => [1, '', 1]))
    expect(told.map(({ err }) => err.trim())).toEqual([/listens on port \d+ already/, /in METRICS_PORT\.$/, /^HOST is "nowhere\.invalid"/, /\/a-file cannot be used/, /^HOST is "192\.0\.2\.1"/, /^METRICS_HOST is "192\.0\.2\.1"/].map((words) => expect.stringMatching(words) as string))
  })

  it('[SE971] words behind the command of the server are refused with where its settings are, and nothing is made', async () => {
    const nowhere = join(dataDir, 'never-made')
    expect(await run('src/server/main.ts', ['--port', '9000'], { PORT: '0', TERRAIN_DATA: nowhere })).toEqual({ code: 1, out: '', err: expect.stringMatching(/^"--port" .*environment variables/) as string })
    expect(existsSync(nowhere)).toBe(false)
  })

  it('[SE651] a folder on a disk that takes none is told at once, whichever variable names it', async () => {
    const told = await Promise.all([{ UPLOAD_DIR: '/proc/uploads' }, { TERRAIN_DATA: '/proc/terrain/data' }].map((variables) => run('src/server/main.ts', [], { PORT: '0', TERRAIN_DATA: join(dataDir, 'elsewhere'), ...variables })))
    expect(told.map(({ code }) => code)).toEqual([1, 1])
    expect(told.map(({ err }) => err.split(' cannot be ')[0])).toEqual(['/proc/uploads', '/proc/terrain'])
    expect(await run('src/server/cli/main.ts', ['backup', '--to', '/proc/backups'], {})).toMatchObject({ code: 2, err: expect.stringMatching(/^\/proc\/backups cannot be /) as string })
  })

  it('[SE651] a folder is made with all that it stands in, by any number at once, and a file is none', async () => {
    const deep = join(dataDir, 'a', 'b', 'c')
    await Promise.all([makeFolder(deep, 0o700), makeFolder(deep, 0o700), makeFolder(join(dataDir, 'a', 'd'), 0o700)])
    expect([statSync(deep).mode & 0o777, statSync(join(dataDir, 'a', 'd')).isDirectory()]).toEqual([0o700, true])
    await writeFile(join(dataDir, 'none'), 'x')
    await expect(makeFolder(join(dataDir, 'none'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(dataDir, 'none', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it('[SE39] a command that meets a damaged database, or a folder that is not there, says so and what to do, and no stack', async () => {
    const damaged = join(dataDir, 'damaged')
    await run('src/server/cli/main.ts', ['verify'], { TERRAIN_DATA: damaged })
    expect(await run('src/server/cli/main.ts', ['backup', '--to', join(damaged, 'terrain.db')], { TERRAIN_DATA: damaged })).toEqual({ code: 2, out: '', err: `${join(damaged, 'terrain.db')} cannot be used: something else stands there.\n` })
    await writeFile(join(damaged, 'terrain.db'), 'no database, however one looks at it'.repeat(100))
    expect(await run('src/server/cli/main.ts', ['verify'], { TERRAIN_DATA: damaged })).toEqual({ code: 2, out: '', err: `${join(damaged, 'terrain.db')} is no database, or is damaged. Keep it as it is, and restore the last backup into an empty folder, as docs/operate.md says under "Restore".\n` })
  })

  const place = { host: '127.0.0.1', port: 8080, dataDir: '/data', metrics: { host: '::1', port: 9090, token: null } }
  const fault = (about: object) => adviceOn(Object.assign(new Error('words of the system'), about), place)

  it('[SE38] an address is looked for in the variable that has it, by its port, or by itself where the ports tell nothing; a name that is in none of them is no fault of theirs', () => {
    const unknown = { syscall: 'getaddrinfo', code: 'EAI_AGAIN' }
    const unusable = (code: string, address: string, port?: number) => fault({ syscall: 'listen', code, address, ...(port === undefined ? {} : { port }) })?.split(',')[0]
    expect([unusable('EADDRNOTAVAIL', '127.0.0.1', 8080), unusable('EAFNOSUPPORT', '::1', 9090), unusable('EADDRNOTAVAIL', '::1'), unusable('EAFNOSUPPORT', '127.0.0.1')]).toEqual(['HOST is "127.0.0.1"', 'METRICS_HOST is "::1"', 'METRICS_HOST is "::1"', 'HOST is "127.0.0.1"'])
    expect([fault({ ...unknown, hostname: '127.0.0.1' })?.split(',')[0], fault({ ...unknown, hostname: 'db.example.org' })]).toEqual(['HOST is "127.0.0.1"', null])
  })

  it.each([['57P03', /starting or stopping, so try again in a minute\.$/], ['53100', /its disk is full\.$/], ['53300', /too many connections already\.$/]])('[SE38] a PostgreSQL that refuses with %s is told in a sentence', async (code, words) => {
    const fields = Buffer.from(`SFATAL\0C${code}\0Mwords of the database\0\0`)
    const length = Buffer.alloc(4)
    length.writeInt32BE(fields.length + length.length)
    const refusing = createServer((socket) => void socket.on('error', () => undefined).once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, fields])))).listen(0, '127.0.0.1')
    await once(refusing, 'listening')
    const reason = await failingOn(`127.0.0.1:${(refusing.address() as AddressInfo).port}`)
    refusing.close()
    expect(adviceOn(reason, place)).toMatch(words)
  })

  it.each(['ENOTFOUND', 'EAI_AGAIN'])('[SE38] a DATABASE_URL whose host cannot be looked up (%s) is what is blamed, and not HOST', async (code) => {
    vi.spyOn(dns, 'lookup').mockImplementation(((hostname: string, ...rest: readonly unknown[]) => {
      const done = rest.at(-1) as (error: Error) => void
      process.nextTick(() => done(Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), { code, syscall: 'getaddrinfo', hostname })))
    }) as typeof dns.lookup)
    expect(adviceOn(await failingOn('nowhere.invalid'), place)).toMatch(/^The PostgreSQL of DATABASE_URL \(nowhere\.invalid\) cannot be used: its host /)
    vi.restoreAllMocks()
  })

  it('[SE39] of a database in which a backup is looked at, its own file is told, and nobody is sent to the last backup', async () => {
    const [look, own] = [join(dataDir, 'look.db'), { ...place, dataDir }]
    await writeFile(look, 'no database, however one looks at it'.repeat(100))
    expect(adviceOn(await openSqliteStore({ path: look, ...seeded }).catch((error: unknown) => error), own)).toBe(`${look} is no database, or is damaged.`)
    const database = openDatabase(join(dataDir, 'read-only.db'))
    const db = new Kysely({ dialect: createNodeSqliteDialect(database, look) })
    database.exec('pragma query_only = on')
    expect(adviceOn(await sql`create table words (text text)`.execute(db).catch((error: unknown) => error), own)).toBe(`${look} cannot be opened: this user may not write it, its disk may only be read, or its folder is not there.`)
    // Node says ENOENT of a folder that is to be made where the disk may only be read.
    expect(adviceOn(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'mkdir', path: '/mnt/data' }), own)).toBe('/mnt/data cannot be made: the disk may only be read, or is none that takes folders.')
    await db.destroy()
    expect([fault({ errcode: 11 }), fault({ errcode: 13 })?.split('.')[0]]).toEqual([null, 'The disk is full'])
  })

  it('[SE38] [SE39] each fault of the machine has its words, and one of Terrain’s own has none', () => {
    expect([5, 10, 11, 13, 14, 26, 266].map((errcode) => fault({ code: 'ERR_SQLITE_ERROR', errcode, path: '/data/terrain.db' })).filter((words) => words === null)).toEqual([])
    // SQLite calls it a fault of the disk when the index of its log finds no room; nobody is to restore anything for it.
    expect([fault({ code: 'ENOSPC', syscall: 'write' }), fault({ errcode: 13 }), fault({ errcode: 4874, path: '/data/terrain.db' })].map((words) => words?.startsWith('The disk is full.'))).toEqual([true, true, true])
    expect([fault({ code: 'EACCES', syscall: 'listen', port: 80 }), fault({ code: 'EACCES', syscall: 'open', path: '/data/server.key' })]).toEqual([expect.stringContaining('may not listen on port 80'), '/data/server.key cannot be used: this user may not.'])
    expect([fault({ errcode: 19 }), fault({ code: 'ENOENT' }), fault({ code: 'EPIPE', syscall: 'write' }), adviceOn('words', place), adviceOn(new TypeError('x is not a function'), place)]).toEqual([null, null, null, null, null])
    expect(adviceOn(new ShelfUnavailable('S3: unreachable: fetch failed'), place)).toMatch(/^The storage of S3_ENDPOINT cannot be used now \(S3: unreachable: fetch failed\)\./)
    // Lost while the command went on; where the data is in SQLite it was somebody else's.
    const lost = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' })
    expect([adviceOn(lost, { ...place, databaseUrl: 'postgres://terrain:geheim@db/terrain' }), adviceOn(lost, place)]).toEqual([expect.stringMatching(/^The PostgreSQL of DATABASE_URL has ended the connection/), null])
    expect([adviceOn(new Advice('Do this.'), place), toldInWords(new Advice('Do this.'))]).toEqual(['Do this.', 'Do this.'])
  })
})
