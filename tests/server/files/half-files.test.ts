import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sha256 } from '#domain/ids.ts'
import { createDiskShelf } from '#server/files/disk-shelf.ts'
import { startRetention } from '#server/jobs/retention.ts'
import { startTestServer } from '../../support/test-server.ts'

const place = { campaignId: '0190a0b0-0000-7000-8000-000000000001' as never, sha256: 'ab'.repeat(32) as Sha256 }
const half = `${place.sha256}.d5c6e846-8bdb-46e3-b32a-f9f5bdbb591d.part`

describe('files that were not written to their end', () => {
  let root = ''
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terrain-half-'))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))
  const folder = (within = root) => join(within, 'received', place.campaignId, 'ab')
  const leave = async (within: string, at: number) => {
    await mkdir(folder(within), { recursive: true })
    await writeFile(join(folder(within), half), 'half a photo')
    await utimes(join(folder(within), half), at / 1000, at / 1000)
  }

  it('[SE751] leave nothing where they could not be kept, however often it is tried', async () => {
    // A folder in the place of the file: it is refused at the very end, as a full disk refuses it before.
    await mkdir(join(folder(), place.sha256, 'in the way'), { recursive: true })
    const shelf = createDiskShelf(root)
    for (const _ of [1, 2]) await expect(shelf.keepBytes('received', place, Buffer.alloc(1000, 7))).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/)
    expect(await readdir(folder())).toEqual([place.sha256])
  })

  it('[SE751] go when they are older than what anybody is writing, and nothing else does', async () => {
    const shelf = createDiskShelf(root)
    await shelf.keepBytes('received', place, Buffer.from('whole'))
    await leave(root, 5_000_000)
    await shelf.tidy(4_000_000)
    expect(await readdir(folder())).toEqual([place.sha256, half])
    await shelf.tidy(6_000_000)
    expect(await readdir(folder())).toEqual([place.sha256])
    await createDiskShelf(join(root, 'not there')).tidy(6_000_000)
  })

  it('[SE751] that a killed server has left go with the first round of the next one', async () => {
    const server = await startTestServer()
    const within = join(server.context.config.dataDir, 'files')
    await leave(within, server.context.clock.now() - 2 * 3_600_000)
    await startRetention(server.context, () => () => undefined)()
    expect(await readdir(folder(within))).toEqual([])
    await server.close()
  })
})
