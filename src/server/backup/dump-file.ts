import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { pipeline as piped } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import * as v from 'valibot'
import { backupTables } from '#server/store/backup-store.ts'
import type { BackupRow } from '#server/store/backup-store.ts'

const rowSchema = v.object({ table: v.picklist(backupTables), row: v.record(v.string(), v.union([v.string(), v.number(), v.null()])) })

/** Writes rows as packed lines, one by one, and has them on the disk when it resolves; with the SHA-256 of the lines. */
export async function writeDump(path: string, rows: AsyncIterable<BackupRow>, onRow: (row: BackupRow) => void): Promise<string> {
  const hash = createHash('sha256')
  async function* lines(): AsyncGenerator<string> {
    for await (const row of rows) {
      onRow(row)
      const line = `${JSON.stringify(row)}\n`
      hash.update(line)
      yield line
    }
  }
  await piped(Readable.from(lines()), createGzip(), createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }))
  return hash.digest('hex')
}

/** The rows of a dump again. After the last one it fails when the lines were not those of this SHA-256, so that nothing of them is committed. */
export async function* readDump(path: string, sha256: string): AsyncGenerator<BackupRow> {
  const hash = createHash('sha256')
  // What breaks the reading or the unpacking ends this stream with an error, which reaches whoever iterates.
  const unpacked = pipeline(createReadStream(path), createGunzip(), () => undefined)
  for await (const line of linesOf(unpacked, hash)) yield v.parse(rowSchema, JSON.parse(line))
  if (hash.digest('hex') !== sha256) throw new Error('it is not the one that was written, its SHA-256 differs')
}

/** Split at line feeds alone: Node's readline also splits at U+2028, which a person's words may hold. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>, hash: { readonly update: (bytes: Uint8Array) => unknown }): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let rest = ''
  for await (const chunk of chunks) {
    hash.update(chunk)
    const parts = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '' || decoder.decode() !== '') throw new Error('the dump ends in the middle of a line')
}
