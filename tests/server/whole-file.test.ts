import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { namedWhenWhole, writeWhole } from '#server/cli/whole-file.ts'

const module = join(import.meta.dirname, '../../src/server/cli/whole-file.ts')

describe('a file that a command writes', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'terrain-whole-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('[SE442] leaves nothing of it behind when the command is ended by %s, and what stood there stays', async (signal) => {
    const path = join(folder, 'held.zip')
    await writeFile(path, 'before')
    const code = `import { writeWhole } from ${JSON.stringify(module)}
      await writeWhole(${JSON.stringify(path)}, (async function* () { yield 'words of somebody'; setTimeout(() => process.stdout.write('half'), 50); await new Promise((go) => setTimeout(go, 60_000)) })())`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    expect(await readdir(folder)).toContain('held.zip.part')
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([null, signal])
    expect([await readdir(folder), await readFile(path, 'utf8')]).toEqual([['held.zip'], 'before'])
  })

  it('[SE442] stands in the log when it has its name: not what failed, and no file that the log could not be told of', async () => {
    const told: string[] = []
    const tell = (what: string) => () => Promise.resolve(void told.push(what))
    const path = join(folder, 'export.csv')
    const failing = (function* () {
      yield 'half'
      throw new Error('the database is away')
    })()
    await expect(writeWhole(path, failing, { tell: tell('half') })).rejects.toThrow('the database is away')
    await expect(writeWhole(path, ['whole'], { tell: () => Promise.reject(new Error('the log is full')) })).rejects.toThrow('the log is full')
    expect(await namedWhenWhole(path, () => Promise.resolve(false), { tell: tell('nothing') })).toBe(false)
    expect([told, (await readdir(folder)).filter((name) => name.startsWith('export'))]).toEqual([[], []])
    await writeWhole(path, ['whole'], { tell: tell('whole') })
    expect([told, await readFile(path, 'utf8')]).toEqual([['whole'], 'whole'])
  })
})
