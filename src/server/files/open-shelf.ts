import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '#domain/ids.ts'
import type { Config } from '#server/config.ts'
import { createDiskShelf } from '#server/files/disk-shelf.ts'
import { inertShelf } from '#server/files/inert-shelf.ts'
import { createS3Client, s3Times } from '#server/files/s3-client.ts'
import { createS3Shelf } from '#server/files/s3-shelf.ts'
import type { FileShelf } from '#server/files/shelf.ts'

/** The shelf that the environment names: a bucket, or else a folder beside the database. */
export function openShelf({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>, clock: Clock): FileShelf {
  return inertShelf(s3 === undefined ? createDiskShelf(join(dataDir, 'files')) : createS3Shelf(createS3Client(s3, { clock, fetch, wait, times: s3Times })))
}

/** Unfinished uploads lie on a disk in any case: what a phone sends in pieces is too small for the parts that S3 wants. */
export function uploadDirOf({ uploadDir, dataDir }: Pick<Config, 'uploadDir' | 'dataDir'>): string {
  return uploadDir ?? join(dataDir, 'files', 'uploads')
}
