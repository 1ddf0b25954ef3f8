import { afterEach, expect, it, vi } from 'vitest'
import { fileOf } from '#device/media/file-of.ts'
import { bundleType } from '#protocol/bundle-file.ts'
import { chunkBytes, tagBytes } from '#protocol/chunk-stream.ts'
import type { PublicKey } from '#protocol/membership.ts'
import { aChallenge } from '../support/contents.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, onePixelPhoto } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

const phones: Phone[] = []
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  for (const { device } of phones.splice(0)) device.close()
})

const photos = 12
const { byteLength: photoBytes } = onePixelPhoto().bytes

async function phoneWithPhotos(): Promise<Phone> {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  const encryptionKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y }
  const phone = await joinedPhone({ server: createFakeServer({ encryptionKey }) })
  phones.push(phone)
  phone.ground.setOnline(false)
  for (let n = 1; n <= photos; n += 1) {
    const draft = await phone.device.createDraft('challenge')
    await phone.device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
    await phone.device.addPhoto(draft.id, onePixelPhoto(n))
    await phone.device.saveDraft(draft.id)
  }
  return phone
}

/** What is read out of the files' bytes, from now on. */
function countReads(): () => number {
  let bytes = 0
  // oxlint-disable-next-line typescript/unbound-method -- it is called on its own store below
  const { getAll } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...range: Parameters<typeof getAll>) {
    const request = getAll.apply(this, range)
    if (this.name === 'fileChunks') request.addEventListener('success', () => {
      for (const { data } of request.result as readonly { readonly data: ArrayBuffer }[]) bytes += data.byteLength
    })
    return request
  })
  return () => bytes
}

it('[DS72] an export reads one file at a time, and each piece that it makes is one chunk', async () => {
  const { device } = await phoneWithPhotos()
  const read = countReads()
  const { isSealed, parts } = await device.exportUnsent()
  // Nothing but words and sizes until somebody takes the pieces.
  expect([isSealed, read()]).toEqual([true, 0])
  let [written, largest, ahead] = [0, 0, 0]
  for await (const part of parts) {
    ahead = Math.max(ahead, read() - written)
    written += part.length
    largest = Math.max(largest, part.length)
  }
  expect(read()).toBeGreaterThanOrEqual(photos * photoBytes)
  expect(written).toBeGreaterThan(photos * photoBytes)
  expect(largest).toBeLessThanOrEqual(chunkBytes + tagBytes)
  // The file that is being sealed, the rest of a chunk before it, and a thumbnail.
  expect(ahead).toBeLessThanOrEqual(photoBytes + 2 * chunkBytes)
})

it('[DS72] the file is put together out of pieces of a megabyte, which the browser keeps where it likes', async () => {
  const { device } = await phoneWithPhotos()
  const gathered: number[] = []
  const Real = Blob
  vi.stubGlobal('Blob', class extends Real {
    constructor(pieces: BlobPart[] = [], options?: BlobPropertyBag) {
      super(pieces, options)
      gathered.push(this.size)
    }
  })
  const file = await fileOf(await device.exportUnsent())
  expect([file.type, file.size > photos * photoBytes]).toEqual([bundleType, true])
  expect(gathered.length).toBeGreaterThanOrEqual(Math.floor((photos * photoBytes) / 1_100_000))
  expect(Math.max(...gathered)).toBeLessThanOrEqual(1_000_000 + chunkBytes + tagBytes)
})
