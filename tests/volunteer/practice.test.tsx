import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { DeviceDatabase } from '#device/store/database.ts'
import { createPracticeDevice, practiceId } from '#volunteer/practice/practice-device.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { noon, openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** Everything that the phone keeps, as text. */
async function storeOf({ ground }: Phone): Promise<string> {
  const db = new DeviceDatabase(ground.databaseName)
  const tables = await Promise.all(db.tables.map(async (table) => [table.name, await table.toArray()]))
  db.shut()
  return JSON.stringify(tables, (_, value: unknown) => (value instanceof ArrayBuffer ? `bytes ${value.byteLength}` : value))
}

async function settledPhone(): Promise<Phone> {
  const phone = await joinedPhone()
  phones.push(phone)
  await phone.device.flush()
  return phone
}

const pick = async (user: ReturnType<typeof openAt>['user'], role: 'radio' | 'checkbox', name: string | RegExp) => {
  await user.click(await screen.findByRole(role, { name }))
  await user.click(screen.getByRole('button', { name: 'Next' }))
}

test('[VO90] a whole practice entry by the real form leaves the store as it was and makes no request', async () => {
  const phone = await settledPhone()
  const before = await storeOf(phone)
  const requests = phone.server.requests.length
  const { user } = openAt('/practice', phone.device)
  await user.click(await screen.findByRole('link', { name: /^Challenge/ }))
  await pick(user, 'radio', 'Water, sanitation and hygiene')
  expect(screen.getByRole('complementary', { name: 'Practice' }).textContent).toContain('Nothing of this is kept or sent.')
  await pick(user, 'radio', /People lack some essentials/)
  await pick(user, 'checkbox', 'Mothers and other caregivers')
  await user.type(await screen.findByRole('textbox', { name: 'Place' }), 'Nyalenda')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await pick(user, 'radio', /Today/)
  await user.type(await screen.findByRole('textbox', { name: 'What happens?' }), 'Only for practice, this never leaves the phone.')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await pick(user, 'radio', 'I saw it myself')
  await pick(user, 'radio', 'Nobody can be recognised')
  await screen.findByRole('heading', { level: 1, name: 'Read it once more' })
  expect(screen.getByRole('complementary', { name: 'Practice' })).toBeTruthy()
  // What would be a promise in earnest is not made here.
  expect(screen.queryByText(/Save on this phone|Draft kept/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'End the practice' }))
  expect(await screen.findByRole('heading', { name: 'That was a whole entry' })).toBeTruthy()
  expect(screen.getByText(/nothing was kept, nothing was sent/)).toBeTruthy()
  expect(await storeOf(phone)).toBe(before)
  expect(phone.server.requests).toHaveLength(requests)
  await phone.device.flush()
  expect(phone.server.stored()).toEqual([])
  expect(await phone.device.exportUnsent()).toMatchObject({ entries: 0, photos: 0 })
})

test('[VO90] its photos live in memory alone, and every call that stores, sends or hands out fails', async () => {
  const phone = await settledPhone()
  const before = await storeOf(phone)
  const practice = createPracticeDevice(phone.device, () => noon)
  const draft = await practice.createDraft('challenge')
  await practice.writeDraft(draft.id, { fields: { ...aChallenge() } })
  const added = await practice.addPhoto(draft.id, onePixelPhoto())
  expect(added.ok && (await practice.readFile(added.value))?.type).toBe('image/webp')
  expect((await practice.readDraft(draft.id))?.content.photos).toHaveLength(1)
  const calls = [
    () => practice.exportUnsent(), () => practice.flush(), () => practice.comment(practiceId, 'x', 'en'), () => practice.revise(practiceId, { set: {}, unset: [], answers: [] }),
    () => practice.withdraw(practiceId), () => practice.writeBegun(practiceId, {}), () => practice.join({ invite: 'x', name: 'x', language: 'en' }),
  ]
  for (const call of calls) await expect(call()).rejects.toThrow('neither stored nor sent')
  expect(() => practice.api).toThrow('neither stored nor sent')
  expect(await practice.saveDraft(draft.id)).toEqual({ ok: true, value: practiceId })
  expect(await practice.readDraft(draft.id)).toBeNull()
  expect(await storeOf(phone)).toBe(before)
})

test('[VO91] a practice can be stopped from every screen, thrown away and begun again', async () => {
  const phone = await settledPhone()
  const { user } = openAt('/practice', phone.device)
  await user.click(await screen.findByRole('link', { name: /^Action/ }))
  await screen.findByRole('heading', { level: 1 })
  await user.click(screen.getByRole('link', { name: 'Stop' }))
  expect(await screen.findByRole('heading', { name: 'My entries' })).toBeTruthy()
  expect(screen.queryByText('Not finished yet')).toBeNull()
  expect(location.pathname).toBe('/')
})
