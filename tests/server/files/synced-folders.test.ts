import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { ensureStrace } from '../../support/failing-disk.ts'

const campaign = '0190a0b0-0000-7000-8000-000000000001'
const [sha256, neighbour] = ['ab'.repeat(32), `ab${'c'.repeat(62)}`]

/** Keeps two files, the second in a folder that is there already, and makes a folder as a mark after each answer. */
const program = (root: string) => `
  import { mkdirSync } from 'node:fs'
  import { createDiskShelf } from '#server/files/disk-shelf.ts'
  const shelf = createDiskShelf(${JSON.stringify(join(root, 'new', 'files'))})
  for (const [mark, sha256] of ${JSON.stringify([['first', sha256], ['second', neighbour]])}) {
    await shelf.keepBytes('received', { campaignId: '${campaign}', sha256 }, Buffer.from('photo'))
    mkdirSync(${JSON.stringify(root)} + '/' + mark)
  }`

it('[SE68] before the answer the file, its folder and each folder that was made for it are on the disk', { timeout: 120_000 }, async () => {
  const strace = await ensureStrace()
  const root = await realpath(await mkdtemp(join(tmpdir(), 'terrain-synced-')))
  const { stderr } = await promisify(execFile)(strace, ['-f', '-qqq', '-y', '-e', 'trace=fsync,fdatasync,mkdir', process.execPath, '--input-type=module', '-e', program(root)], { cwd: join(import.meta.dirname, '../../..') })
  await rm(root, { recursive: true })
  const [first = '', second = ''] = stderr.split(/^.*mkdir\("[^"]*\/(?:first|second)".*$/m)
  const folder = join(root, 'new', 'files', 'received', campaign, 'ab')
  const above = [folder]
  while (above.at(-1) !== root) above.push(dirname(above.at(-1) ?? ''))
  const synced = (text: string) => [...text.matchAll(/f(?:data)?sync\(\d+<([^>]+)>/g)].map(([, path = '']) => (path.endsWith('.part') ? 'the file' : path))
  expect(synced(first)).toEqual(['the file', ...above])
  expect(synced(second)).toEqual(['the file', folder])
})
