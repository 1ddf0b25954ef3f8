import { createHash } from 'node:crypto'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CampaignId } from '#domain/ids.ts'
import { createDiskShelf } from '#server/files/disk-shelf.ts'
import { inertShelf } from '#server/files/inert-shelf.ts'
import { hidden, hostileImages } from '../../support/hostile-images.ts'

const campaignId = '10000000-0000-7000-8000-000000000001' as CampaignId
const placeOf = (bytes: Uint8Array) => ({ campaignId, sha256: createHash('sha256').update(bytes).digest('hex') as never })

describe('what was received', () => {
  let root = ''
  beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'terrain-inert-'))))
  afterEach(() => rm(root, { recursive: true, force: true }))

  it('[SE330] lies on the shelf as nothing that anybody sent, and is read back as it came, by the same name and no other', async () => {
    const shelf = inertShelf(createDiskShelf(root))
    const images = await hostileImages()
    for (const { bytes } of images) await shelf.keepBytes('received', placeOf(bytes), bytes)
    const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    const lying = await Promise.all(names.map(async (entry) => readFile(join(entry.parentPath, entry.name))))
    expect(lying.length).toBe(new Set(images.map(({ bytes }) => placeOf(bytes).sha256)).size)
    expect(images.filter(({ bytes }) => bytes.length > 8 && lying.some((each) => each.includes(bytes.subarray(0, 64))))).toEqual([])
    expect(lying.filter((each) => each.includes(hidden))).toEqual([])
    for (const { bytes } of images) expect(Buffer.from((await shelf.read('received', placeOf(bytes))) ?? []).equals(bytes)).toBe(true)
    const [one, other] = images.map(({ bytes }) => bytes)
    if (one === undefined || other === undefined) throw new Error('no pictures')
    expect(await shelf.read('received', { ...placeOf(one), campaignId: '10000000-0000-7000-8000-000000000002' as CampaignId })).toBeNull()
  })

  it('[SE330] the same file is the same bytes, whoever keeps it; one of a Terrain of before is read as it is, and a shown copy lies there as it is', async () => {
    const [plain, shelf, again] = [createDiskShelf(root), inertShelf(createDiskShelf(root)), inertShelf(createDiskShelf(root))]
    const [bytes, older] = [Buffer.from('<script>1</script>'), Buffer.from('a photo of before')]
    await shelf.keepBytes('received', placeOf(bytes), bytes)
    const first = await plain.read('received', placeOf(bytes))
    await again.keepBytes('received', placeOf(bytes), bytes)
    expect([first, Buffer.from(first ?? []).includes('script')]).toEqual([await plain.read('received', placeOf(bytes)), false])
    await plain.keepBytes('received', placeOf(older), older)
    expect(Buffer.from((await shelf.read('received', placeOf(older))) ?? []).toString()).toBe('a photo of before')
    await shelf.keepBytes('shown', placeOf(older), older)
    expect(Buffer.from((await plain.read('shown', placeOf(older))) ?? []).toString()).toBe('a photo of before')
    await shelf.remove('received', placeOf(bytes))
    expect([await shelf.has('received', placeOf(bytes)), await shelf.read('received', placeOf(bytes))]).toEqual([false, null])
  })
})
