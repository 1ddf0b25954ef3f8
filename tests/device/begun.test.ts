import { Dexie } from 'dexie'
import { expect, it } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { openDevice } from '#device/open-device.ts'
import { firstVersion } from '#device/store/versions/first.ts'
import { reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { phonesOfTests } from '../support/phones-of-tests.ts'
import { testGround } from '../support/test-ground.ts'

const { closeLater, join } = phonesOfTests()

async function phoneWithEntry(): Promise<Phone & { readonly id: EntryId }> {
  const phone = await join()
  return { ...phone, id: await savedChallenge(phone.device) }
}

const fieldsOf = async ({ device }: Phone) => (await until(device.begun, (all) => all.length > 0))[0]

it('[DS55] what was begun on a saved entry outlives the browser: fields, taken-away fields, comment and caret', async () => {
  const phone = await phoneWithEntry()
  await phone.device.writeBegun(phone.id, { fields: { placeName: 'Kajulu' }, focus: 'placeName' })
  await phone.device.writeBegun(phone.id, { fields: { adm1Name: undefined }, comment: 'Two other villages' })
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  expect(await fieldsOf(again)).toMatchObject({ entryId: phone.id, fields: { placeName: 'Kajulu', adm1Name: undefined }, comment: 'Two other villages', focus: 'placeName' })
  expect(Object.keys((await fieldsOf(again))?.fields ?? {})).toEqual(['placeName', 'adm1Name'])
})

it('[DS142] why an entry is to be taken back or erased is kept beside it, each by itself, and goes with the act or when it is given up', async () => {
  const phone = await phoneWithEntry()
  await phone.device.writeBegun(phone.id, { reasons: { withdraw: 'They asked for it.' } })
  await phone.device.writeBegun(phone.id, { reasons: { erase: 'It names them.' }, fields: { placeName: 'Kajulu' } })
  phone.device.close()
  const again = await reopened(phone)
  closeLater(again)
  expect(await again.device.readBegun(phone.id)).toMatchObject({ fields: { placeName: 'Kajulu' }, reasons: { withdraw: 'They asked for it.', erase: 'It names them.' } })
  await again.device.writeBegun(phone.id, { forget: ['placeName'], reasons: { erase: '' } })
  expect(await again.device.readBegun(phone.id)).toMatchObject({ fields: {}, reasons: { withdraw: 'They asked for it.' } })
  expect((await again.device.withdraw(phone.id)).ok).toBe(true)
  expect(await again.device.readBegun(phone.id)).toBeNull()
  await again.device.writeBegun(phone.id, { reasons: { erase: 'It names them.' } })
  expect((await again.device.erase(phone.id, null, '')).ok).toBe(true)
  expect(await again.device.readBegun(phone.id)).toBeUndefined()
})

it('[DS55] of it nothing is sent or counted, and when all of it is taken back nothing is left', async () => {
  const phone = await phoneWithEntry()
  await phone.device.flush()
  const sent = phone.server.stored().length
  await phone.device.writeBegun(phone.id, { fields: { placeName: 'Kajulu' }, comment: 'Two' })
  await phone.device.flush()
  expect([phone.server.stored().length, (await phone.device.flush()).pendingChanges]).toEqual([sent, 0])
  await phone.device.writeBegun(phone.id, { forget: ['placeName'], comment: '' })
  expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
})

it('[DS56] a kept revision takes its fields along and leaves the others; so does a comment; taking back takes all', async () => {
  const phone = await phoneWithEntry()
  const { device, id } = phone
  await device.writeBegun(id, { fields: { placeName: 'Kajulu', severity: 4 }, comment: 'Two other villages' })
  expect((await device.revise(id, { set: { placeName: 'Kajulu' }, unset: [], answers: [] })).ok).toBe(true)
  expect((await until(device.begun, ([first]) => first?.fields['placeName'] === undefined))[0]).toMatchObject({ fields: { severity: 4 }, comment: 'Two other villages' })
  await device.commentAs(id, (await until(device.watchEntry(id), (entry) => entry !== null))?.state.head ?? ('' as never), 'From the desk.', 'en')
  await device.comment(id, 'Two other villages', 'en')
  expect((await until(device.begun, ([first]) => first?.comment === ''))[0]).toMatchObject({ fields: { severity: 4 } })
  await device.withdraw(id)
  expect(await until(device.begun, (all) => all.length === 0)).toEqual([])
})

it('[DS56] a revision that is refused leaves what was begun', async () => {
  const phone = await phoneWithEntry()
  await phone.device.writeBegun(phone.id, { fields: { description: 'Short' } })
  expect((await phone.device.revise(phone.id, { set: { description: 'Short' }, unset: [], answers: [] })).ok).toBe(false)
  expect((await fieldsOf(phone))?.fields).toEqual({ description: 'Short' })
})

it('[DS57] older code opens the database, sees no new entry in it, and what was begun is there afterwards', async () => {
  const phone = await phoneWithEntry()
  await phone.device.writeBegun(phone.id, { fields: { placeName: 'Kajulu' } })
  phone.device.close()
  const older = new Dexie(phone.ground.databaseName)
  older.version(1).stores(firstVersion)
  await older.open()
  expect(await older.table('drafts').toArray()).toEqual([])
  older.close()
  const device = await openDevice(testGround({ databaseName: phone.ground.databaseName, fetch: phone.server.fetch, seed: 'newer' }))
  expect((await until(device.begun, (all) => all.length > 0))[0]?.fields).toEqual({ placeName: 'Kajulu' })
  device.close()
})
