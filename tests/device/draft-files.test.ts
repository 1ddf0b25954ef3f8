import { Dexie } from 'dexie'
import { describe, expect, it } from 'vitest'
import type { Device } from '#device/device.ts'
import type { RecordedVoice } from '#device/new-files.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, reopened, until } from '../support/phone.ts'

describe('a photo in the place of another', () => {
  it('[DS45] keeps place and caption, and nothing of the former bytes stays', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await aDraft(device)
    const [first, second] = [added(await device.addPhoto(draft, onePixelPhoto(1))), added(await device.addPhoto(draft, onePixelPhoto(2)))]
    await device.captionPhoto(draft, { sha256: first, caption: 'The kiosk' })
    expect(await bytesIn(ground.databaseName, onePixelPhoto(1).bytes)).toBeGreaterThan(0)
    const hidden = added(await device.replacePhoto(draft, { old: first, photo: onePixelPhoto(3) }))
    expect((await device.readDraft(draft))?.content.photos).toMatchObject([{ sha256: hidden, caption: 'The kiosk' }, { sha256: second }])
    expect([await device.readFile(first), (await device.readFile(hidden))?.bytes.byteLength]).toEqual([null, 600_000])
    expect(await bytesIn(ground.databaseName, onePixelPhoto(1).bytes)).toBe(0)
    expect(await bytesIn(ground.databaseName, onePixelPhoto(3).bytes)).toBeGreaterThan(0)
  })

  it('[DS45] where the former is gone meanwhile, nothing is put', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await aDraft(device)
    const first = added(await device.addPhoto(draft, onePixelPhoto(1)))
    await device.removePhoto(draft, first)
    expect(await device.replacePhoto(draft, { old: first, photo: onePixelPhoto(2) })).toEqual({ ok: false, problem: { kind: 'storage-failed', name: 'no-photo' } })
    expect(await bytesIn(ground.databaseName, onePixelPhoto(2).bytes)).toBe(0)
  })

  it('[DS45] the same picture again is the same file', async () => {
    const { device } = await joinedPhone()
    const draft = await aDraft(device)
    const first = added(await device.addPhoto(draft, onePixelPhoto(1)))
    expect(await device.replacePhoto(draft, { old: first, photo: onePixelPhoto(1) })).toEqual({ ok: true, value: first })
    expect((await device.readFile(first))?.bytes.byteLength).toBe(600_000)
  })
})

describe('captions', () => {
  it('[DS46] a caption goes into its photo, and blank words take it away', async () => {
    const { device } = await joinedPhone()
    const draft = await aDraft(device)
    const first = added(await device.addPhoto(draft, onePixelPhoto(1)))
    await Promise.all([device.captionPhoto(draft, { sha256: first, caption: 'A queue \ud800' }), device.addPhoto(draft, onePixelPhoto(2))])
    expect((await device.readDraft(draft))?.content.photos).toMatchObject([{ sha256: first, caption: 'A queue \uFFFD' }, {}])
    await device.captionPhoto(draft, { sha256: first, caption: '  ' })
    expect((await device.readDraft(draft))?.content.photos).not.toMatchObject([{ caption: expect.anything() as string }, {}])
    expect(await device.captionPhoto('gone' as EntryId, { sha256: first, caption: 'x' })).toEqual({ ok: false, problem: { kind: 'storage-failed', name: 'no-draft' } })
  })
})

describe('a voice note', () => {
  it('[DS47] grows second by second, and a killed browser finds the last state whole', async () => {
    const phone = await joinedPhone()
    const draft = await aDraft(phone.device)
    for (const seconds of [1, 2, 3]) added(await phone.device.keepVoice(draft, aVoice(seconds)))
    const { device } = await reopened(phone)
    const audio = (await device.readDraft(draft))?.content.audio
    expect(audio).toMatchObject({ type: 'audio/webm', seconds: 3, bytes: 12_000 })
    const file = await device.readFile((audio as { readonly sha256: Sha256 }).sha256)
    expect([file?.type, Buffer.from(file?.bytes ?? new ArrayBuffer(0)).equals(Buffer.from(aVoice(3).bytes))]).toEqual(['audio/webm', true])
    expect(await rowsOf(phone.ground.databaseName)).toMatchObject({ files: 1, fileChunks: 1 })
    device.close()
  })

  it('[DS47] taken out it goes with its bytes, and the photos stay', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await aDraft(device)
    const photo = added(await device.addPhoto(draft, onePixelPhoto(1)))
    added(await device.keepVoice(draft, aVoice(2)))
    await device.removeVoice(draft)
    expect((await device.readDraft(draft))?.content).not.toHaveProperty('audio')
    expect((await device.readFile(photo))?.bytes.byteLength).toBe(600_000)
    expect(await rowsOf(ground.databaseName)).toMatchObject({ files: 2 })
  })

  it('[DS49] stands for the words, is saved with the entry, and travels as an original', async () => {
    const { device, ground } = await joinedPhone()
    const draft = await device.createDraft('challenge')
    const { description: _, ...silent } = aChallenge()
    await device.writeDraft(draft.id, { fields: silent })
    expect(await device.saveDraft(draft.id)).toMatchObject({ ok: false, problem: { kind: 'incomplete', fields: ['description'] } })
    const sha256 = added(await device.keepVoice(draft.id, aVoice(4)))
    expect(await device.saveDraft(draft.id)).toEqual({ ok: true, value: draft.id })
    const [entry] = await until(device.entries, (entries) => entries.length === 1)
    expect([entry?.state.content.audio, entry?.pendingFiles]).toMatchObject([{ sha256, seconds: 4 }, 1])
    const raw = new DeviceDatabase(ground.databaseName)
    expect(await raw.files.toArray()).toMatchObject([{ sha256, role: 'original', saved: true, type: 'audio/webm' }])
    raw.shut()
    // What a recorder still hands over comes too late, and changes nothing.
    expect(await device.keepVoice(draft.id, aVoice(5))).toEqual({ ok: false, problem: { kind: 'storage-failed', name: 'no-draft' } })
    expect((await device.readFile(sha256))?.bytes.byteLength).toBe(16_000)
  })
})

async function aDraft(device: Device): Promise<EntryId> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge() } })
  return draft.id
}

function aVoice(seconds: number): RecordedVoice {
  return { bytes: Uint8Array.from({ length: seconds * 4000 }, (_, at) => (at * 7) % 256).buffer, type: 'audio/webm', seconds }
}

function added(result: Awaited<ReturnType<Device['addPhoto']>>): Sha256 {
  if (!result.ok) throw new Error(result.problem.kind)
  return result.value
}

async function rowsOf(name: string): Promise<Record<string, number>> {
  const db = await new Dexie(name).open()
  const counts = await Promise.all(db.tables.map(async (table) => [table.name, await table.count()] as const))
  db.close()
  return Object.fromEntries(counts)
}

/** How often a piece out of the middle of these bytes stands anywhere in the store. */
async function bytesIn(name: string, bytes: ArrayBuffer): Promise<number> {
  const piece = Buffer.from(bytes.slice(5000, 5300))
  const db = await new Dexie(name).open()
  const rows = (await Promise.all(db.tables.map((table) => table.toArray() as Promise<unknown[]>))).flat()
  db.close()
  const buffers = rows.flatMap((row) => Object.values(row as object)).filter((value) => Object.prototype.toString.call(value) === '[object ArrayBuffer]') as ArrayBuffer[]
  return buffers.filter((buffer) => Buffer.from(buffer).includes(piece)).length
}
