import { describe, expect, it } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { Device, LocalEntry, Travel } from '#device/device.ts'
import { travelOf } from '#device/travel.ts'
import type { TravelFacts } from '#device/travel.ts'
import { joinedPhone, onePixelPhoto, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { aChallenge } from '../support/contents.ts'

const [photo, thumb] = ['a'.repeat(64) as Sha256, 'b'.repeat(64) as Sha256]
const arrived: TravelFacts = { pendingChanges: 0, pendingFiles: 0, isSending: false, namedFiles: [], storedFiles: [], proved: { seq: 7, epoch: 'e' }, backup: { seq: 7, epoch: 'e' } }

describe('where an entry is', () => {
  const cases: readonly (readonly [string, Partial<TravelFacts>, Travel])[] = [
    ['a change without a receipt', { pendingChanges: 1 }, 'here'],
    ['a change in a request without an answer', { pendingChanges: 1, isSending: true }, 'sending'],
    ['a later change without a receipt, although a backup has the others', { pendingChanges: 1, proved: { seq: 1, epoch: 'e' } }, 'here'],
    ['every change proved, and in no request', { isSending: true, backup: null }, 'received'],
    ['no backup yet', { backup: { seq: 0, epoch: 'e' } }, 'received'],
    ['a backup that ends one before', { backup: { seq: 6, epoch: 'e' } }, 'received'],
    ['a backup of another epoch', { backup: { seq: 99, epoch: 'f' } }, 'received'],
    ['a proof of another epoch', { proved: { seq: 1, epoch: 'd' } }, 'received'],
    ['a change whose place in the log is not known', { proved: null }, 'received'],
    ['a backup that ends with it', {}, 'safe'],
    ['a photo that is still here', { pendingFiles: 1 }, 'received'],
    ['a photo without a receipt', { namedFiles: [photo, thumb], storedFiles: [thumb] }, 'received'],
    ['a thumbnail without a receipt', { namedFiles: [photo, thumb], storedFiles: [photo] }, 'received'],
    ['all files with receipts', { namedFiles: [photo, thumb], storedFiles: [thumb, photo] }, 'safe'],
    ['all receipts, the last of them above the backup', { namedFiles: [photo], storedFiles: [photo], proved: { seq: 8, epoch: 'e' } }, 'received'],
  ]
  it.each(cases)('[SY28] %s', (_, facts, travel) => {
    expect(travelOf({ ...arrived, ...facts })).toBe(travel)
  })
})

describe('on the phone', () => {
  it('[SY28] words go from here over received to safe, and back when the server was restored', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ before: () => 'no-answer' })
    const id = await savedChallenge(device)
    expect(await until(device.watchEntry(id), (entry) => entry?.travel === 'here')).toBeTruthy()
    server.fault(null)
    await device.flush()
    expect(await travel(device, id, 'received')).toBe('received')
    server.setSafeSeq(1)
    await device.flush()
    expect(await travel(device, id, 'safe')).toBe('safe')

    await device.revise(id, { set: { severity: 5 }, unset: [], answers: [] })
    await device.flush()
    expect(await travel(device, id, 'received')).toBe('received')
    server.setSafeSeq(2)
    await device.flush()
    expect(await travel(device, id, 'safe')).toBe('safe')

    server.restore(1)
    await device.flush()
    expect(server.stored()).toHaveLength(2)
    expect(await travel(device, id, 'received')).toBe('received')
    server.setSafeSeq(2)
    await device.flush()
    expect(await travel(device, id, 'safe')).toBe('safe')
  })

  it('[SY28] an entry with a photo is safe only when a backup has the receipts of photo and thumbnail', async () => {
    const phone = await joinedPhone()
    const { device, server } = phone
    const { id, files } = await savedWithPhoto(phone)
    await device.flush()
    server.setSafeSeq(1)
    await device.flush()
    expect(await travel(device, id, 'received')).toBe('received')
    for (const sha256 of files) server.addChange({ entryId: id, type: 'fileStored', body: { sha256, entryId: id } })
    server.setSafeSeq(2)
    await device.flush()
    expect(await travel(device, id, 'received')).toBe('received')
    server.setSafeSeq(3)
    await device.flush()
    expect(await travel(device, id, 'safe')).toBe('safe')
    const again = await reopened(phone)
    expect(await travel(again.device, id, 'safe')).toBe('safe')
  })

  it('[SY28] a lost answer leaves an entry here, whatever the server has', async () => {
    const { device, server } = await joinedPhone()
    server.fault({ after: (path, answer) => (path === '/sync' ? 'no-answer' : answer) })
    const id = await savedChallenge(device)
    await device.flush()
    expect(server.stored()).toHaveLength(1)
    expect(await travel(device, id, 'here')).toBe('here')
  })
})

describe('room on a full phone', () => {
  it('[SY31] photos go when storage is tight, and only those whose receipt a backup of this epoch has; thumbnails stay', async () => {
    let usage = 0
    const storage = { persist: () => Promise.resolve(true), persisted: () => Promise.resolve(false), estimate: () => Promise.resolve({ usage, quota: 1_000_000 }) }
    const phone = await joinedPhone({ storage })
    const { device, server } = phone
    const [first, second, third] = [await savedWithPhoto(phone, 1), await savedWithPhoto(phone, 3), await savedWithPhoto(phone, 5)]
    await device.flush()
    const receipts = (entry: SavedPhoto) => entry.files.forEach((sha256) => server.addChange({ entryId: entry.id, type: 'fileStored', body: { sha256, entryId: entry.id } }))
    receipts(first)
    server.setSafeSeq(4)
    await device.flush()
    expect(await held(device, first, second, third), 'room enough').toEqual([true, true, true])

    usage = 950_000
    await device.flush()
    expect(await held(device, first, second, third), 'the receipt of the first photo is the fourth change, that of its thumbnail the fifth').toEqual([false, true, true])
    expect(await device.readFile(first.thumb)).not.toBeNull()
    receipts(second)
    await device.flush()
    expect(await held(device, second, third), 'a receipt above the backup').toEqual([true, true])
    server.restore(5)
    server.setSafeSeq(5)
    await device.flush()
    expect(await held(device, second, third), 'a receipt that the restored server has forgotten').toEqual([true, true])
    receipts(second)
    receipts(third)
    server.setSafeSeq(9)
    await device.flush()
    expect(await held(device, second, third), 'one photo makes room enough').toEqual([false, true])
    await until(device.sync, ({ phase, pendingFiles }) => phase === 'idle' && pendingFiles === 0)
  })
})

interface SavedPhoto {
  readonly id: EntryId
  readonly photo: Sha256
  readonly thumb: Sha256
  readonly files: readonly Sha256[]
}

async function savedWithPhoto({ device, ground }: Phone, byte = 1): Promise<SavedPhoto> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: aChallenge({ consentPhoto: true }) })
  const made = onePixelPhoto(byte)
  const added = await device.addPhoto(draft.id, made)
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok || !added.ok) throw new Error('not saved')
  const small = await ground.crypto.digestBytes(made.thumb)
  return { id: saved.value, photo: added.value, thumb: small, files: [added.value, small] }
}

async function held(device: Device, ...photos: readonly SavedPhoto[]): Promise<readonly boolean[]> {
  return Promise.all(photos.map(async (one) => (await device.readFile(one.photo)) !== null))
}

/** Looked for with patience and then a moment longer: a state that only passes by is none. */
async function travel(device: Device, id: EntryId, wanted: Travel): Promise<Travel | undefined> {
  const watch = device.watchEntry(id)
  await until(watch, (entry: LocalEntry | null) => entry?.travel === wanted)
  await new Promise((resolve) => setTimeout(resolve, 20))
  const listed = await until(device.entries, (entries) => entries.some((entry) => entry.state.id === id && entry.travel === wanted))
  expect(listed.find((entry) => entry.state.id === id)?.travel).toBe(wanted)
  return watch.get()?.travel
}
