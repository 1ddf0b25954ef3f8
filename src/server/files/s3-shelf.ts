import type { Result } from '#domain/result.ts'
import type { S3Client, S3Problem } from '#server/files/s3-client.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import type { FileKind, FilePlace, FileShelf } from '#server/files/shelf.ts'

/**
 * Files as objects `kind/campaign/hash` of one bucket. An answer of 200 is not believed: what was put is read back and compared,
 * because a storage that ignores checksums, or a proxy before it, would otherwise make the server promise what nobody has.
 */
export function createS3Shelf(client: S3Client): FileShelf {
  const keyOf = (kind: FileKind, { campaignId, sha256 }: FilePlace) => `${kind}/${campaignId}/${sha256}`
  return {
    keepBytes: async (kind, place, bytes) => {
      const key = keyOf(kind, place)
      sureOf(await client.put(key, bytes))
      const back = sureOf(await client.get(key))
      if (back === null || !Buffer.from(back).equals(bytes)) throw new ShelfUnavailable(`S3: ${key} does not read back as it was put`)
    },
    read: async (kind, place) => sureOf(await client.get(keyOf(kind, place))),
    has: async (kind, place) => sureOf(await client.has(keyOf(kind, place))),
    remove: async (kind, place) => void sureOf(await client.remove(keyOf(kind, place))),
    tidy: () => Promise.resolve(),
  }
}

function sureOf<Value>(result: Result<Value, S3Problem>): Value {
  if (result.ok) return result.value
  throw new ShelfUnavailable(`S3: ${result.problem.kind}: ${result.problem.reason}`)
}
