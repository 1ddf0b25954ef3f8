import { createHash } from 'node:crypto'
import { afterEach, expect, it, vi } from 'vitest'
import { fail, ok } from '#domain/result.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import { unsentFile } from '#device/media/file-of.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { aChallenge } from '../support/contents.ts'

afterEach(() => vi.restoreAllMocks())

it('[SY790] a photo whose bytes are no longer what they were is refused once, sent no more and told; the others go', async () => {
  const tries: string[] = []
  const upload: DeviceGround['upload'] = ({ sha256, bytes }) => {
    if (bytes.byteLength > 10) tries.push(sha256)
    return Promise.resolve(sha256Of(bytes) === sha256 ? ok(null) : fail({ kind: 'refused', code: 'upload-422' }))
  }
  const phone = await joinedPhone({ upload })
  phone.ground.setOnline(false)
  const [first, second] = [await withPhoto(phone, 1), await withPhoto(phone, 3)]
  await behind(phone, (db) => db.fileChunks.update([first.entry, first.photo, 1], { data: new ArrayBuffer(256 * 1024) }))
  phone.ground.setOnline(true)
  for (let sending = 0; sending < 2; sending += 1) expect(await phone.device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 0, problem: null })
  expect(tries.toSorted()).toEqual([first.photo, second.photo].toSorted())
  expect(await until(phone.device.notice, (notice) => notice !== null)).toEqual({ kind: 'damaged', entries: 1, changes: 0 })
  expect(await phone.device.readFile(first.photo)).toBeNull()
  phone.device.close()
})

it('[SY790] so is one whose bytes the browser says are gone for good', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const [first, second] = [await withPhoto(phone, 1), await withPhoto(phone, 3)]
  failReading(first.photo, 'NotReadableError')
  expect(JSON.stringify(JSON.parse(await (await unsentFile(phone.device)).text()))).not.toContain(`"${first.photo}","type"`)
  phone.ground.setOnline(true)
  expect(await phone.device.flush()).toMatchObject({ pendingFiles: 0, problem: null })
  expect(originals(phone)).toEqual([second.photo])
  expect(await until(phone.device.notice, (notice) => notice !== null)).toEqual({ kind: 'damaged', entries: 1, changes: 0 })
  phone.device.close()
})

it('[SY791] a photo that the browser does not hand out holds up none behind it, by the line and in a file; it is told, and goes once it can be read', async () => {
  const phone = await joinedPhone()
  phone.ground.setOnline(false)
  const [first, second] = [await withPhoto(phone, 1), await withPhoto(phone, 3)]
  const heal = failReading(first.photo, 'UnknownError')
  expect(await phone.device.exportUnsent()).toMatchObject({ entries: 2, photos: 2 })
  const file: unknown = JSON.parse(await (await unsentFile(phone.device)).text())
  expect(file).toMatchObject({ files: expect.arrayContaining([expect.objectContaining({ sha256: second.photo })]) as unknown })
  expect(JSON.stringify(file)).not.toContain(`"${first.photo}","type"`)
  phone.ground.setOnline(true)
  expect(await phone.device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 1, problem: { code: 'unread-file', by: 'unread' } })
  expect(originals(phone)).toEqual([second.photo])
  // A screen shows it as what is not here, and none breaks over it.
  expect(await phone.device.readFile(first.photo)).toBeNull()
  heal()
  expect(await phone.device.flush()).toMatchObject({ pendingFiles: 0, problem: null })
  expect(originals(phone)).toEqual([second.photo, first.photo])
  expect(phone.device.notice.get()).toBeNull()
  phone.device.close()
})

it('[SY792] a file that the server refuses after it has come goes again after an hour, then after two, and at once where a person sends; the others go', async () => {
  let [isRefusing, tries] = [true, 0]
  const sent: string[] = []
  const upload: DeviceGround['upload'] = ({ sha256, bytes, onProgress }) => {
    onProgress(0)
    onProgress(bytes.byteLength)
    if (sha256 === refused) tries += 1
    if (sha256 === refused && isRefusing) return Promise.resolve(fail({ kind: 'refused', code: 'upload-422' }))
    sent.push(sha256)
    return Promise.resolve(ok(null))
  }
  let refused = ''
  const phone = await joinedPhone({ upload })
  phone.ground.setOnline(false)
  const [first, second] = [await withPhoto(phone, 1), await withPhoto(phone, 3)]
  refused = first.photo
  phone.ground.setOnline(true)
  expect(await until(phone.device.sync, ({ problem, phase, pendingFiles }) => problem?.code === 'upload-422' && phase === 'waiting' && pendingFiles === 1)).toMatchObject({ pendingFiles: 1, problem: { code: 'upload-422', by: 'between' } })
  expect([tries, sent.includes(second.photo)]).toEqual([1, true])
  const afterMinutes = async (minutes: number): Promise<number> => {
    for (let minute = 0; minute < minutes; minute += 15) {
      phone.ground.time.advance(15 * 60_000)
      await until(phone.device.sync, ({ phase }) => phase === 'waiting')
    }
    return tries
  }
  expect(await afterMinutes(45)).toBe(1)
  expect(phone.device.sync.get()).toMatchObject({ pendingFiles: 1, problem: { by: 'between' } })
  expect(await afterMinutes(30)).toBe(2)
  expect(await afterMinutes(90)).toBe(2)
  expect(await phone.device.flush()).toMatchObject({ pendingFiles: 1 })
  expect(tries).toBe(3)
  isRefusing = false
  expect(await phone.device.flush()).toMatchObject({ pendingFiles: 0, problem: null })
  phone.device.close()
})

async function withPhoto({ device }: Phone, byte: number): Promise<{ readonly entry: EntryId; readonly photo: Sha256 }> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { ...aChallenge(), consentPhoto: true } })
  const photo = await device.addPhoto(draft.id, onePixelPhoto(byte))
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok || !photo.ok) throw new Error('not saved')
  return { entry: saved.value, photo: photo.value }
}

async function behind({ ground }: Phone, change: (db: DeviceDatabase) => PromiseLike<unknown>): Promise<void> {
  const db = new DeviceDatabase(ground.databaseName)
  await change(db)
  db.shut()
}

function sha256Of(bytes: ArrayBuffer): string {
  return createHash('sha256').update(new Uint8Array(bytes)).digest('hex')
}

/** Photos without their thumbnails, as they went. */
function originals({ ground }: Phone): readonly string[] {
  return ground.uploads.filter(({ bytes }) => bytes.byteLength > 10).map(({ sha256 }) => sha256)
}

/** As a browser fails whose file for a large value is missing, or too short. */
function failReading(photo: Sha256, name: string): () => void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called on its own store below
  const { getAll } = IDBObjectStore.prototype
  let isBroken = true
  vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...asked: Parameters<typeof getAll>) {
    if (isBroken && this.name === 'fileChunks' && JSON.stringify(asked).includes(photo)) throw new DOMException('it cannot be read', name)
    return getAll.apply(this, asked)
  })
  return () => {
    isBroken = false
  }
}
