import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLog, linesTo } from '#server/log.ts'

afterEach(() => vi.restoreAllMocks())

describe('a log on a full disk', () => {
  it('[SE730] keeps no process from going on, nor from ending', () => {
    const full = fs.openSync('/dev/full', 'w')
    const lines = `import { createLog } from '#server/log.ts'
      const log = createLog('info')
      for (let n = 0; n < 5000; n += 1) log.info({ n }, 'a line that has no room')
      setTimeout(() => process.stderr.write('went on'), 50)`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '--eval', lines], { stdio: ['ignore', full, 'pipe'], timeout: 60_000, encoding: 'utf8' })
    fs.closeSync(full)
    expect({ status, stderr }).toEqual({ status: 0, stderr: 'went on' })
  })

  it('[SE730] goes on once there is room, with what had room to wait, and every line is whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'terrain-log-'))
    const path = join(folder, 'log')
    const log = createLog('info', linesTo(path))
    log.info({ n: 'before' }, 'a line')
    const real = fs.writeSync
    let isFull = true
    vi.spyOn(fs, 'writeSync').mockImplementation(((...given: Parameters<typeof real>) => {
      if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
      return real(...given)
    }) as typeof real)
    for (let n = 0; n < 20_000; n += 1) log.info({ n }, 'a line that has no room')
    isFull = false
    for (const n of ['after', 'last']) log.info({ n }, 'a line')
    const told = (await readFile(path, 'utf8')).trimEnd().split('\n').map((line) => (JSON.parse(line) as { readonly n: unknown }).n)
    expect(told.slice(0, 3)).toEqual(['before', 0, 1])
    expect(told.at(-1)).toBe('last')
    expect(told.length).toBeLessThan(5000)
    await rm(folder, { recursive: true })
  })
})
