import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Advice, adviceOn } from '#server/advice.ts'
import { toldInWords } from '#server/told-error.ts'

const root = join(import.meta.dirname, '../..')

describe('what whoever runs Terrain can mend', () => {
  let dataDir: string
  beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'terrain-advice-'))))
  afterAll(() => rm(dataDir, { recursive: true, force: true }))

  const run = (program: string, args: readonly string[], variables: NodeJS.ProcessEnv) =>
    new Promise<{ readonly code: number; readonly out: string; readonly err: string }>((resolve) => {
      execFile(process.execPath, [join(root, program), ...args], { env: { ...process.env, TERRAIN_DATA: dataDir, BACKUP_EVERY: '0', ...variables }, cwd: root, timeout: 60_000 }, (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }))
    })

  it('[SE38] a server that cannot start, the demonstration’s too, says in a sentence why and what to do, and no stack', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const port = String((taken.address() as AddressInfo).port)
    const file = join(dataDir, 'a-file')
    await writeFile(file, 'x')
    const start = (variables: NodeJS.ProcessEnv) => run('src/server/main.ts', [], { PORT: '0', ...variables })
    const told = await Promise.all([start({ PORT: port }), start({ METRICS_PORT: port }), start({ HOST: 'nowhere.invalid' }), start({ TERRAIN_DATA: file })])
    const demo = await run('demo/main.ts', [], { PORT: port, TERRAIN_DATA: join(dataDir, 'demo') })
    taken.close()
    expect(demo).toEqual({ code: 1, out: '', err: `Another program listens on port ${port} already, maybe a Terrain that runs: end it, or name another port in PORT.\n` })
    expect(told.map(({ code, out, err }) => [code, out, err.trim().split('\n').length])).toEqual(told.map(() => [1, '', 1]))
    expect(told.map(({ err }) => err)).toEqual([`listens on port ${port} already`, 'in METRICS_PORT.', 'HOST is "nowhere.invalid"', `${file}/files`].map((words) => expect.stringContaining(words) as string))
  })

  it('[SE39] a command that meets a damaged database, or a folder that is not there, says so and what to do, and no stack', async () => {
    const damaged = join(dataDir, 'damaged')
    await run('src/server/cli/main.ts', ['verify'], { TERRAIN_DATA: damaged })
    expect(await run('src/server/cli/main.ts', ['backup', '--to', join(damaged, 'terrain.db')], { TERRAIN_DATA: damaged })).toEqual({ code: 2, out: '', err: `${join(damaged, 'terrain.db')} cannot be used: something else stands there.\n` })
    await writeFile(join(damaged, 'terrain.db'), 'no database, however one looks at it'.repeat(100))
    expect(await run('src/server/cli/main.ts', ['verify'], { TERRAIN_DATA: damaged })).toEqual({ code: 2, out: '', err: `${join(damaged, 'terrain.db')} is no database, or is damaged. Keep it as it is, and restore the last backup into an empty folder, as docs/operate.md says under "Restore".\n` })
  })

  it('[SE38] [SE39] each fault of the machine has its words, and one of Terrain’s own has none', () => {
    const place = { host: '127.0.0.1', port: 8080, dataDir: '/data' }
    const fault = (about: object) => adviceOn(Object.assign(new Error('words of the system'), about), place)
    expect([5, 10, 11, 13, 14, 26, 266].map((errcode) => fault({ code: 'ERR_SQLITE_ERROR', errcode })).filter((words) => words === null)).toEqual([])
    expect([fault({ code: 'ENOSPC', syscall: 'write' }), fault({ errcode: 13 })].map((words) => words?.startsWith('The disk is full.'))).toEqual([true, true])
    expect([fault({ code: 'EACCES', syscall: 'listen', port: 80 }), fault({ code: 'EACCES', syscall: 'open', path: '/data/server.key' })]).toEqual([expect.stringContaining('may not listen on port 80'), '/data/server.key cannot be used: this user may not.'])
    expect([fault({ errcode: 19 }), fault({ code: 'ENOENT' }), fault({ code: 'EPIPE', syscall: 'write' }), adviceOn('words', place), adviceOn(new TypeError('x is not a function'), place)]).toEqual([null, null, null, null, null])
    expect([adviceOn(new Advice('Do this.'), place), toldInWords(new Advice('Do this.'))]).toEqual(['Do this.', 'Do this.'])
  })
})
