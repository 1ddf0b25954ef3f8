import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { FileStore } from '@tus/file-store'
import type { Upload } from '@tus/server'

/**
 * The library's folder of unfinished uploads, which empties a file whenever it is created. A creation whose answer got lost may come
 * late, behind a second one and the first bytes, and a write that was let go a moment before may still reach the disk: the file would
 * have a hole. An upload has the name of its bytes, so what is there already is the beginning of what will come: it stays.
 */
export class UploadFolder extends FileStore {
  override async create(file: Upload): Promise<Upload> {
    const begun = await this.getUpload(file.id).catch(() => null)
    if (begun === null || begun.size !== file.size) return super.create(file)
    // Which entry it is for may have changed: one photo may be in two.
    await this.configstore.set(file.id, file)
    if (begun.storage !== undefined) file.storage = begun.storage
    return file
  }

  /** The library makes the same answer of whatever goes wrong here, and tells nobody what it was: a full disk could not be told from a fault of ours. */
  override async write(bytes: Readable, id: string, offset: number): Promise<number> {
    const file = createWriteStream(join(this.directory, id), { flags: 'r+', start: offset })
    await pipeline(bytes, file)
    return offset + file.bytesWritten
  }
}
