import * as v from 'valibot'
import { campaignIdSchema, instantSchema } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { publicKeySchema } from '#protocol/membership.ts'
import type { PublicKey } from '#protocol/membership.ts'

/**
 * What a phone without a connection hands over, so that anybody may carry it and only the campaign's server can read it.
 *
 *   terrain-bundle/2 ⏎  {header as JSON} ⏎  chunk, chunk, … last chunk
 *
 * The header can be read by everyone. The chunks hold records (`bundle-records.ts`), sealed by AES-256-GCM (`chunk-stream.ts`)
 * under a key that nobody keeps: ECDH of a pair made for this file and the campaign's key, then HKDF-SHA-256 with the two lines
 * as salt, so that an altered header opens nothing. Version 1 was plain JSON (`bundle.ts`) and is taken for ever.
 */
export const bundleVersion = 2
export const bundleType = 'application/vnd.terrain.bundle'
export const bundleEnding = '.terrain'

/** More than any header needs: whoever has so many bytes and no second line end has another file. */
export const maxHeadBytes = 2000

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const bundleIdSchema = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/), v.brand('BundleId'))
export type BundleId = v.InferOutput<typeof bundleIdSchema>

/** Nothing in it says who the author is: whoever finds the file on a carrier's phone learns no name. */
export const bundleHeaderSchema = v.looseObject({
  id: bundleIdSchema,
  campaignId: campaignIdSchema,
  createdAt: instantSchema,
  entries: count,
  photos: count,
  /** Absent in files of older phones, which counted voice notes among the photos. */
  voices: v.optional(count),
  /** Of everything behind the header: a copy that was cut off is recognised by whoever takes the file. */
  bytes: count,
  /** The public half of the pair that was made for this file. */
  key: publicKeySchema,
  /** `x` of the campaign's key that it is sealed for. */
  to: v.string(),
})
export type BundleHeader = v.InferOutput<typeof bundleHeaderSchema>

/** How far the server has a bundle that is sent in parts. */
export const bundlePartResponseSchema = v.looseObject({ size: count })

/** What HKDF takes as info: the purpose, and for whom. */
export function bundleInfo({ x, y }: PublicKey): string {
  return `terrain-bundle/${bundleVersion} for ${x}.${y}`
}

/** The two readable lines. They are the salt of the key, byte for byte. */
export function writeBundleHead(header: BundleHeader): Uint8Array<ArrayBuffer> {
  return asciiBytes(`terrain-bundle/${bundleVersion}\n${JSON.stringify(header)}\n`)
}

export interface BundleHead {
  readonly header: BundleHeader
  /** The two lines as they are. */
  readonly bytes: Uint8Array
}

/** Reads the head out of the first bytes of a file (`maxHeadBytes` are enough). */
export function readBundleHead(start: Uint8Array): Result<BundleHead, 'no-bundle' | 'newer'> {
  const text = String.fromCharCode(...start.subarray(0, maxHeadBytes))
  const version = /^terrain-bundle\/(\d{1,4})\n/.exec(text)?.[1]
  if (version === undefined || version === '0' || version === '1') return fail('no-bundle')
  if (Number(version) > bundleVersion) return fail('newer')
  const end = text.indexOf('\n', text.indexOf('\n') + 1)
  const header = end < 0 ? null : headerIn(text.slice(text.indexOf('\n') + 1, end))
  return header === null ? fail('no-bundle') : ok({ header, bytes: start.slice(0, end + 1) })
}

function headerIn(line: string): BundleHeader | null {
  try {
    const parsed = v.safeParse(bundleHeaderSchema, JSON.parse(line))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** Everything in a header is ASCII: ids, numbers, times and base64url. */
function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}
