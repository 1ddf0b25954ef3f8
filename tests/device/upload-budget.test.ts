import { describe, expect, it } from 'vitest'
import { ok } from '#domain/result.ts'
import type { UploadFile } from '#device/upload-file.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { readMeta } from '#device/store/meta.ts'
import { dailyBytes, dailyLimit, spend } from '#device/sync/upload-budget.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'

describe('how much may go', () => {
  it.each([
    [false, null, null], [false, 'small', null], [false, 'some', null],
    [true, null, dailyBytes], [true, 'small', 0], [true, 'some', dailyBytes], [true, 'all', null],
    [null, null, null], [null, 'small', 0], [null, 'some', dailyBytes], [null, 'all', null],
  ] as const)('[SY29] counted: %s, chosen: %s, bytes a day: %s', (isMetered, wish, bytes) => {
    expect(dailyLimit(isMetered, wish)).toBe(bytes)
  })
})

describe('a connection that counts data', () => {
  it('[SY29] words and thumbnails go, originals stop at the share of the day, and go on the next day', async () => {
    const { phone, sent } = await phoneThatCounts()
    const { device, ground } = phone
    const db = new DeviceDatabase(ground.databaseName)
    await spend({ db, clock: ground.clock, network: ground.network }, 9_000_000)
    for (const byte of [1, 3, 5]) await savedWithPhoto(phone, byte)
    expect(await device.flush()).toMatchObject({ pendingChanges: 0, pendingFiles: 2, heldFiles: 2, problem: null, phase: 'idle', isMetered: true })
    expect(sent()).toEqual([3, 3, 3, 600_000])
    expect((await readMeta(db, 'uploaded'))?.bytes).toBe(9_600_009)
    ground.time.advance(24 * 3_600_000)
    expect(await until(device.sync, ({ pendingFiles, phase }) => pendingFiles === 0 && phase === 'idle')).toMatchObject({ heldFiles: 0 })
    expect((await readMeta(db, 'uploaded'))?.bytes).toBe(1_200_000)
    db.shut()
  })

  it('[SY29] a person sends all, once; what is saved later waits again', async () => {
    const { phone, sent } = await phoneThatCounts()
    await phone.device.setPreferences({ mobilePhotos: 'small' })
    await savedWithPhoto(phone, 1)
    expect(await phone.device.flush()).toMatchObject({ pendingFiles: 1, heldFiles: 1 })
    expect(await phone.device.flush({ allPhotos: true })).toMatchObject({ pendingFiles: 0, heldFiles: 0 })
    await savedWithPhoto(phone, 3)
    expect(await phone.device.flush()).toMatchObject({ pendingFiles: 1, heldFiles: 1 })
    expect(sent()).toEqual([3, 600_000, 3])
  })

  it('[SY29] on a free connection what was held goes, and is not counted', async () => {
    let isMetered = true
    const { phone } = await phoneThatCounts(() => isMetered)
    await phone.device.setPreferences({ mobilePhotos: 'small' })
    await savedWithPhoto(phone, 1)
    expect(await phone.device.flush()).toMatchObject({ heldFiles: 1 })
    isMetered = false
    phone.ground.setOnline(true)
    expect(await until(phone.device.sync, ({ pendingFiles, phase }) => pendingFiles === 0 && phase === 'idle')).toMatchObject({ heldFiles: 0, isMetered: false })
    const db = new DeviceDatabase(phone.ground.databaseName)
    expect((await readMeta(db, 'uploaded'))?.bytes).toBe(3)
    db.shut()
  })

  it('[SY29] only what went over the air is counted, from the byte where it went on', async () => {
    const places = [[250_000, 400_000], [400_000, 600_000]]
    const { phone } = await phoneThatCounts(() => true, (file) => {
      if (file.bytes.byteLength > 3) for (const place of places.shift() ?? []) file.onProgress(place)
    })
    await savedWithPhoto(phone, 1)
    await phone.device.flush()
    const db = new DeviceDatabase(phone.ground.databaseName)
    expect((await readMeta(db, 'uploaded'))?.bytes).toBe(150_000)
    db.shut()
  })
})

it('[SY30] words that are saved while photos go are sent before the next photo', async () => {
  const order: string[] = []
  let save: (() => Promise<unknown>) | null = null
  const { phone } = await phoneThatCounts(() => false, async (file) => {
    if (file.bytes.byteLength > 3) order.push('photo')
    const now = save
    save = null
    await now?.()
  })
  phone.ground.setOnline(false)
  for (const byte of [1, 3]) await savedWithPhoto(phone, byte)
  phone.server.fault({ before: (path, { body }) => {
    if (path === '/sync' && typeof body === 'string' && body.includes('"run"')) order.push('words')
    return undefined
  } })
  // With the first thumbnail, an entry is saved.
  save = () => savedChallenge(phone.device)
  phone.ground.setOnline(true)
  await until(phone.device.sync, ({ pendingChanges, pendingFiles, phase }) => pendingChanges + pendingFiles === 0 && phase === 'idle')
  expect(order).toEqual(['words', 'words', 'photo', 'photo'])
})

async function phoneThatCounts(isMetered: () => boolean | null = () => true, during: (file: UploadFile) => void | Promise<void> = whole): Promise<{ readonly phone: Phone; readonly sent: () => readonly number[] }> {
  const sent: number[] = []
  const phone = await joinedPhone({ isMetered, upload: async (file) => {
    await during(file)
    sent.push(file.bytes.byteLength)
    return ok(null)
  } })
  return { phone, sent: () => sent }
}

function whole(file: UploadFile): void {
  file.onProgress(0)
  file.onProgress(file.bytes.byteLength)
}

async function savedWithPhoto({ device }: Phone, byte: number): Promise<void> {
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: aChallenge({ consentPhoto: true }) })
  await device.addPhoto(draft.id, onePixelPhoto(byte))
  const saved = await device.saveDraft(draft.id)
  if (!saved.ok) throw new Error('not saved')
}
