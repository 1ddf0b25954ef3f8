import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'
import { createLog } from '#server/log.ts'
import { openContext } from '#server/open-context.ts'
import { seededChance, steppedClock } from '../support/seeded.ts'

describe('the key of a server on SQLite', () => {
  let dataDir: string
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'terrain-key-'))
  })
  afterAll(() => rm(dataDir, { recursive: true }))

  it('[SE444] is made once, for its user alone; what a full disk has left of one, which would sign with what everybody knows, is none', async () => {
    const path = join(dataDir, 'server.key')
    const first = await keyOf('first')
    expect([first.length, await keyOf('second'), ((await stat(path)).mode & 0o777).toString(8)]).toEqual([32, first, '600'])
    for (const [seed, left] of [['third', ''], ['fourth', Buffer.from(first).toString('base64').slice(0, 20)]] as const) {
      await writeFile(path, left)
      const made = await keyOf(seed)
      expect([made.length, made, Buffer.from(await readFile(path, 'utf8'), 'base64').equals(made)]).toEqual([32, expect.not.objectContaining(first), true])
      expect(await keyOf('later')).toEqual(made)
    }
  })

  async function keyOf(seed: string): Promise<Uint8Array> {
    const config = readConfig({ TERRAIN_DATA: dataDir }, '/')
    if (!config.ok) throw new Error(config.problem.join())
    const { serverKey, store } = await openContext(config.value, { log: createLog('silent'), clock: steppedClock(), chance: seededChance(seed), appDir: null })
    await store.close()
    return Uint8Array.from(serverKey)
  }
})
