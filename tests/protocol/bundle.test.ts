import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { EntryId, MemberId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { bundleHeaderSchema, bundleInfo, maxHeadBytes, readBundleHead, writeBundleHead } from '#protocol/bundle-file.ts'
import type { BundleHeader } from '#protocol/bundle-file.ts'
import { endRecord, framed } from '#protocol/bundle-frame.ts'
import { readRecords } from '#protocol/bundle-records.ts'
import { BrokenBundle, chunkBytes, nonceOf, openChunks, sealChunks, sealedLength, tagBytes } from '#protocol/chunk-stream.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { openerOf } from '#server/auth/sealed.ts'
import type { StoredCampaign } from '#server/store/store.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import { importSealed } from '#server/transfer/import-sealed.ts'
import { sealFor } from '#device/media/seal-for.ts'
import { createServerKeyPair } from '#server/auth/keys.ts'
import { startTestServer } from '../support/test-server.ts'
import type { TestServer } from '../support/test-server.ts'

const { publicKey, privateKey } = createServerKeyPair()
const header: BundleHeader = {
  id: '0190a0b0-0000-7000-8000-000000000001' as never, campaignId: '0190a0b0-0000-7000-8000-000000000002' as never, createdAt: '2026-03-01T08:00:00Z' as never,
  entries: 2, photos: 1, bytes: 100, key: publicKey, to: publicKey.x,
}

/** Seals on WebCrypto as a phone does, and opens as the server does. */
async function pairOfEnds(about: Partial<BundleHeader> = {}) {
  const sealer = await sealFor(globalThis.crypto.subtle, publicKey)
  const head = writeBundleHead({ ...header, ...about, key: sealer.key })
  const seal = await sealer.begin(head, bundleInfo(publicKey))
  const read = readBundleHead(head)
  const open = read.ok ? openerOf({ encryptionKey: publicKey, encryptionPrivateKey: privateKey }, read.value) : null
  if (open === null) throw new Error('it does not open')
  return { seal, open }
}

describe('a stream sealed in chunks', () => {
  it('[PR20] what was sealed comes back, however it is cut into pieces, and is as long as was foretold', async () => {
    const { seal, open } = await pairOfEnds()
    const lengths = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(-1, 0, 1).map((by) => chunkBytes + by), fc.constantFrom(-1, 0, 1).map((by) => 3 * chunkBytes + by))
    await fc.assert(fc.asyncProperty(lengths, fc.integer({ min: 1, max: 200_000 }), async (length, piece) => {
      const plain = Uint8Array.from({ length }, (_, at) => at % 251)
      const sealed = await gathered(sealChunks(inPieces(plain, piece), seal))
      expect(sealed.length).toBe(sealedLength(length))
      expect((await gathered(openChunks(inPieces(sealed, piece), open))).equals(plain)).toBe(true)
    }), { numRuns: 30 })
  })

  it('[PR21] no chunk opens at another place, as the last when it is not, under another head, or with any bit changed', async () => {
    const { seal, open } = await pairOfEnds()
    const other = await pairOfEnds({ entries: 3 })
    const [plain] = [Uint8Array.from([1, 2, 3])]
    const sealed = await seal(nonceOf(4, false), plain)
    expect(await open(nonceOf(4, false), sealed)).toEqual(Buffer.from(plain))
    for (const nonce of [nonceOf(3, false), nonceOf(5, false), nonceOf(4, true), nonceOf(4 + 256, false)]) expect(await open(nonce, sealed)).toBeNull()
    expect(await other.open(nonceOf(4, false), sealed)).toBeNull()
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Uint8Array.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await open(nonceOf(4, false), changed)).toBeNull()
    }
    expect(new Set(Array.from({ length: 5000 }, (_, n) => Buffer.from(nonceOf(n >> 1, n % 2 === 1)).toString('hex'))).size).toBe(5000)
  })

  it('[PR21] a stream that ends too early or late is broken, an empty one too', async () => {
    const { seal, open } = await pairOfEnds()
    const sealed = await gathered(sealChunks(inPieces(new Uint8Array(2 * chunkBytes + 10), 70_000), seal))
    const whole = chunkBytes + tagBytes
    for (const part of [sealed.subarray(0, 0), sealed.subarray(0, 5), sealed.subarray(0, whole), sealed.subarray(0, 2 * whole), sealed.subarray(0, -1), Buffer.concat([sealed, Buffer.from([0])]), sealed.subarray(whole)]) {
      await expect(gathered(openChunks(inPieces(part, 50_000), open))).rejects.toThrow(BrokenBundle)
    }
  })
})

describe('the head of a bundle', () => {
  it('[PR22] reads without a key, names no author, and is told from what is no bundle or a newer one', () => {
    const bytes = writeBundleHead(header)
    const read = readBundleHead(Buffer.concat([bytes, Buffer.from([0xff, 0x0a, 0x00])]))
    expect(read.ok && read.value.header).toEqual(header)
    expect(read.ok && Buffer.from(read.value.bytes).equals(bytes)).toBe(true)
    expect(bytes.length).toBeLessThan(maxHeadBytes)
    expect(Object.keys(bundleHeaderSchema.entries).filter((key) => /device|member|name|author|credential/i.test(key))).toEqual([])
    for (const [text, problem] of [['', 'no-bundle'], ['terrain-bundle/2\n', 'no-bundle'], ['terrain-bundle/2\n{}\n', 'no-bundle'], ['terrain-bundle/1\n{}\n', 'no-bundle'], ['{"format":"terrain-bundle"}', 'no-bundle'], ['terrain-bundle/3\n???', 'newer'], [`terrain-bundle/2\n${' '.repeat(3000)}\n`, 'no-bundle']] as const) {
      expect([text.slice(0, 30), readBundleHead(Buffer.from(text))]).toEqual([text.slice(0, 30), { ok: false, problem }])
    }
  })
})

describe('the records of a bundle', () => {
  const file = (bytes: number) => ({ kind: 'file', sha256: 'a'.repeat(64), type: 'image/webp', entryId: '0190a0b0-0000-7000-8000-000000000003', bytes })
  const recordsOf = async (...parts: readonly unknown[]) => {
    const size = parts.some((part) => part instanceof Uint8Array && part.length > 1000) ? 100_000 : 7
    const bytes = Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : framed(Buffer.from(JSON.stringify(part))))))
    const kinds: string[] = []
    for await (const entry of readRecords(inPieces(bytes, size), (one) => Buffer.from(one).toString())) kinds.push('content' in entry ? `${entry.record.kind} ${entry.content?.length ?? 'too large'}` : entry.record.kind)
    return kinds
  }

  it('[PR23] come in their order with their bytes; kinds of a later version are passed over', async () => {
    expect(await recordsOf({ kind: 'author', deviceId: '0190a0b0-0000-7000-8000-000000000004', publicKey, credential: 'c' }, { kind: 'sketch', bytes: 9 }, Buffer.from('123456789'), file(5), Buffer.from('12345'), { kind: 'note' }, file(0), endRecord)).toEqual(['author', 'file 5', 'file 0'])
  })

  it('[PR23] a stream that does not say its end, says more behind it, or does not read is broken; a file of giants is passed over', async () => {
    const giant = 8_000_001
    expect(await recordsOf(file(giant), new Uint8Array(giant), endRecord)).toEqual(['file too large'])
    for (const broken of [[], [file(5), Buffer.from('123')], [file(0)], [endRecord, file(0)], [{ kind: 'file', bytes: 0 }, endRecord], [{ no: 'kind' }, endRecord], [Buffer.from([0, 0, 0, 1, 0x7b])], [Buffer.from([0xff, 0xff, 0xff, 0xff])]]) {
      await expect(recordsOf(...broken)).rejects.toThrow(BrokenBundle)
    }
  })
})

interface Released {
  readonly campaign: StoredCampaign
  readonly author: MemberId
  readonly entryId: EntryId
  readonly took: ImportResponse
  readonly base64: string
}

/** Made with the code of that version, by a phone that exists no more. Never edited. */
const folder = new URL('released-bundles/', import.meta.url)
const released = readdirSync(folder).map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Released) }))

describe('bundles of released versions', () => {
  let server: TestServer
  afterEach(() => server.close())

  it.each(released)('[PR24] $name is taken by the server of today, which does not know the phone that made it', async ({ campaign, author, entryId, took, base64 }) => {
    server = await startTestServer()
    const { context } = server
    const at = instantOf(context.clock)
    await context.store.campaigns.create(campaign, at)
    await context.store.members.add({ id: campaign.serverMemberId, campaignId: campaign.id, role: 'coordinator', name: 'Terrain', language: 'en', joinedAt: at, endedAt: null }, { id: campaign.serverDeviceId, campaignId: campaign.id, memberId: campaign.serverMemberId, publicKey: campaign.publicKey, label: 'server', createdAt: at, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null })
    const kept = await context.store.campaigns.get(campaign.id)
    if (kept === null) throw new Error('no campaign')
    const bring = () => importSealed(context, { campaign: kept, memberId: campaign.serverMemberId }, inPieces(Buffer.from(base64, 'base64'), 10_000), receiptFor(context))
    expect(await bring()).toEqual(took)
    expect(await bring()).toMatchObject({ accepted: 0, duplicates: took.accepted })
    expect((await context.store.entries.row(campaign.id, entryId))?.author.id).toBe(author)
  })
})

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
