import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDiskShelf } from '#server/files/disk-shelf.ts'
import { createS3Client } from '#server/files/s3-client.ts'
import type { S3Bucket, S3Times } from '#server/files/s3-client.ts'
import { createS3Shelf } from '#server/files/s3-shelf.ts'
import type { FileShelf } from '#server/files/shelf.ts'
import { S3Server } from '../s3-server.ts'

export interface OpenedShelf {
  readonly shelf: FileShelf
  /** The same storage, as another process sees it. */
  readonly other: () => FileShelf
  readonly remove: () => Promise<void>
}

/** Every implementation of the shelf; `tests/server/files/shelf.test.ts` runs each of them through the same claims. */
export const shelves: readonly { readonly name: string; readonly open: () => Promise<OpenedShelf> }[] = [
  {
    name: 'disk',
    open: async () => {
      const root = await mkdtemp(join(tmpdir(), 'terrain-shelf-'))
      return { shelf: createDiskShelf(root), other: () => createDiskShelf(root), remove: () => rm(root, { recursive: true, force: true }) }
    },
  },
  {
    name: 'S3',
    open: async () => {
      const server = await S3Server.start()
      return { shelf: s3ShelfOn(server.bucket), other: () => s3ShelfOn(server.bucket), remove: () => server.close() }
    },
  },
]

/**
 * As many tries as in earnest, and soon over where no answer will come. Storage that is well has as long as it takes: on a machine that stands still
 * for a moment it would be taken for silent.
 */
export function hastyTimes(server: S3Server, waitsMs: readonly number[] = [5, 10]): S3Times {
  return {
    get tryMs() {
      return server.mood === 'silent' ? 200 : 20_000
    },
    waitsMs,
  }
}

export function s3ShelfOn(bucket: S3Bucket, times: S3Times = { tryMs: 20_000, waitsMs: [5, 10] }): FileShelf {
  return createS3Shelf(createS3Client(bucket, { clock: { now: () => Date.now() }, fetch, wait: () => Promise.resolve(), times }))
}
