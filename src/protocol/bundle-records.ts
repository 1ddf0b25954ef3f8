import * as v from 'valibot'
import { deviceIdSchema, entryIdSchema, sha256Schema } from '#domain/ids.ts'
import { BrokenBundle } from '#protocol/chunk-stream.ts'
import { publicKeySchema } from '#protocol/membership.ts'
import { runSchema } from '#protocol/sync-request.ts'

// Read by the server alone; what phones write of it stands in bundle-frame.ts.

/** A run is at most a megabyte, as in a push. */
const maxRecordBytes = 2_000_000
/** Files that are larger are passed over: no phone makes them, and nobody shall fill our memory. */
const maxContentBytes = 8_000_000

/** The first record: who made it, with the membership as the server signed it. */
export const bundleAuthorSchema = v.looseObject({ kind: v.literal('author'), deviceId: deviceIdSchema, publicKey: publicKeySchema, credential: v.pipe(v.string(), v.maxLength(4000)) })
export const bundleRunSchema = v.looseObject({ kind: v.literal('run'), run: runSchema })
/** `bytes` bytes of the file follow it. */
export const bundleFileSchema = v.looseObject({ kind: v.literal('file'), sha256: sha256Schema, type: v.pipe(v.string(), v.maxLength(100)), entryId: entryIdSchema, bytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)) })
export type BundleAuthor = v.InferOutput<typeof bundleAuthorSchema>

const otherSchema = v.looseObject({ kind: v.string(), bytes: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))) })
const endSchema = v.looseObject({ kind: v.literal('end') })

/** Not `otherSchema`: a known kind that does not fit its form is no unknown kind. */
const recordSchemas = { author: bundleAuthorSchema, run: bundleRunSchema, file: bundleFileSchema, end: endSchema } as const

export type BundleRecord =
  | { readonly record: v.InferOutput<typeof bundleAuthorSchema> | v.InferOutput<typeof bundleRunSchema> }
  /** `content` is null when the file is too large to be taken. */
  | { readonly record: v.InferOutput<typeof bundleFileSchema>; readonly content: Uint8Array | null }

/** The records one after the other; throws BrokenBundle where they do not read, or where the stream ends before they do. */
export async function* readRecords(plain: AsyncIterable<Uint8Array>, decode: (bytes: Uint8Array) => string): AsyncGenerator<BundleRecord> {
  const reader = new Reader(plain)
  for (;;) {
    const length = new DataView((await reader.take(4)).buffer).getUint32(0)
    if (length > maxRecordBytes) throw new BrokenBundle('a record is too long')
    const record = parsed(decode(await reader.take(length)))
    if (record.kind === 'end') break
    if (record.kind === 'file') {
      const content = record.bytes > maxContentBytes ? null : await reader.take(record.bytes)
      if (content === null) await reader.skip(record.bytes)
      yield { record, content }
    } else if (record.kind === 'other') await reader.skip(record.bytes)
    else yield { record }
  }
  if (!(await reader.isAtEnd())) throw new BrokenBundle('something follows the end')
}

type Parsed = BundleRecord['record'] | v.InferOutput<typeof endSchema> | { readonly kind: 'other'; readonly bytes: number }

function parsed(text: string): Parsed {
  const any = v.safeParse(otherSchema, jsonOf(text))
  if (!any.success) throw new BrokenBundle('a record does not read')
  const { kind, bytes = 0 } = any.output
  if (!isKnown(kind)) return { kind: 'other', bytes }
  const known = v.safeParse(recordSchemas[kind], any.output)
  if (!known.success) throw new BrokenBundle('a record does not read')
  return known.output
}

function isKnown(kind: string): kind is keyof typeof recordSchemas {
  return Object.hasOwn(recordSchemas, kind)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Takes lengths out of a stream of pieces. */
class Reader {
  readonly #pieces: AsyncIterator<Uint8Array>
  #piece = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#pieces = source[Symbol.asyncIterator]()
  }

  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(length)
    let filled = 0
    await this.#each(length, (part) => {
      bytes.set(part, filled)
      filled += part.length
    })
    return bytes
  }

  skip(length: number): Promise<void> {
    return this.#each(length, () => undefined)
  }

  async isAtEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next()
      if (next.done === true) return true
      this.#piece = Uint8Array.from(next.value)
    }
    return false
  }

  async #each(length: number, onPart: (part: Uint8Array) => void): Promise<void> {
    let left = length
    while (left > 0) {
      if (await this.isAtEnd()) throw new BrokenBundle('it ends in the middle')
      const part = this.#piece.subarray(0, left)
      onPart(part)
      this.#piece = this.#piece.subarray(part.length)
      left -= part.length
    }
  }
}
