import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openDevice } from '#device/open-device.ts'
import { aChallenge } from '../support/contents.ts'
import { eventually } from '../support/eventually.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { stubObjectUrls } from '../support/object-urls.ts'
import { joinedPhone, newDatabaseName, onePixelPhoto } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
/** The first of each screen is loaded when it is needed. */
const full = { ok: false, problem: { kind: 'storage-full' } } as const

class QuickWorker {
  onmessage: ((event: MessageEvent) => void) | null = null
  postMessage(): void {
    setTimeout(() => this.onmessage?.(new MessageEvent('message', { data: { kind: 'made', photo: onePixelPhoto(3) } })), 0)
  }
  terminate(): void {
    this.onmessage = null
  }
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('Worker', QuickWorker)
})
afterEach(() => {
  vi.unstubAllGlobals()
  for (const phone of phones.splice(0)) phone.device.close()
})

/** A draft on a phone whose storage takes neither words nor photos any more. */
async function onWords() {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  const device = deviceWith(phone.device, { writeDraft: () => Promise.resolve(full), addPhoto: () => Promise.resolve({ ok: false, problem: { kind: 'photo-full' } }) })
  const { user } = openAt(`/record/${id}/words`, device)
  await user.type(await screen.findByRole('textbox', { name: 'What happens?' }), ' And more.')
  return user
}

test('[VO286] “Not kept” leads to the reason, which may stand a screen further down than the caret', async () => {
  const seen: (string | null)[] = []
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this.textContent)
  }
  const user = await onWords()
  await user.click(await screen.findByRole('button', { name: 'Not kept', description: /^The phone is full; even the room/ }))
  expect(seen.at(-1)).toMatch(/^The phone is full; even the room/)
})

test('[VO287] where neither a photo nor the words find room, nothing says that the words are kept', async () => {
  const user = await onWords()
  await user.upload(await screen.findByLabelText('Choose from this phone'), new File(['a picture'], 'first.jpg', { type: 'image/jpeg' }))
  expect(await screen.findByText('This photo was not kept either.')).toBeTruthy()
  expect(screen.queryByText(/Your words are kept/)).toBeNull()
  expect(screen.getByText(/^The phone is full; even the room/)).toBeTruthy()
})

test('[VO287] where there is no room for a new entry, the words are about that, and ask for no photo to be taken out of it', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  openAt('/new/challenge', deviceWith(phone.device, { writeDraft: () => Promise.resolve(full) }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/^The phone is full: there is no room for a new entry/)
})

/** As Dexie fails where the storage takes nothing. */
const noRoom = (): Promise<never> => Promise.reject(Object.assign(new Error('full'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } }))
const fullWords = /^The phone is full; even the room/

test('[VO290] an entry is saved where the place of last time cannot be kept any more, and no screen stops for it', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  const asked: unknown[] = []
  const { user } = openAt(`/record/${id}/review`, deviceWith(phone.device, { setPreferences: (wish) => {
    asked.push(wish)
    return noRoom()
  } }))
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  expect(asked).toHaveLength(1)
})

test('[VO290] a language that could not be kept is told where it was chosen', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { user } = openAt('/settings', deviceWith(phone.device, { setPreferences: noRoom }))
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Language' }), 'fr')
  expect((await screen.findByRole('alert')).textContent).toMatch(fullWords)
  expect(screen.getByRole('combobox', { name: 'Language' })).toHaveProperty('value', 'en')
})

test('[VO290] a draft that could not be thrown away is told, on home and at the review', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  const device = deviceWith(phone.device, { discardDraft: noRoom })
  const home = openAt('/', device)
  await home.user.click(await screen.findByRole('button', { name: /^Throw away the draft/ }))
  await home.user.click(await screen.findByRole('button', { name: 'Throw away' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(fullWords)
  home.unmount()
  const review = openAt(`/record/${id}/review`, device)
  await review.user.click(await screen.findByRole('button', { name: 'Throw this draft away' }))
  await review.user.click(await screen.findByRole('button', { name: 'Throw away' }))
  expect(await screen.findByText(fullWords)).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('[VO290] a photo or a voice note that could not be taken away is told, and stands there still', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  await phone.device.addPhoto(id, onePixelPhoto())
  await phone.device.keepVoice(id, { bytes: new ArrayBuffer(8), type: 'audio/webm', seconds: 4 })
  stubObjectUrls()
  const { user } = openAt(`/record/${id}/words`, deviceWith(phone.device, { removePhoto: noRoom, removeVoice: noRoom }))
  await user.click(await screen.findByRole('button', { name: 'Remove photo 1' }))
  await user.click(await screen.findByRole('button', { name: 'Remove' }))
  expect(await screen.findAllByText(fullWords)).toHaveLength(1)
  await user.click(await screen.findByRole('button', { name: 'Delete the voice note' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(screen.getAllByText(fullWords)).toHaveLength(2))
  expect(screen.getByRole('button', { name: 'Remove photo 1' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Play the voice note' })).toBeTruthy()
})

test('[VO300] the question about a voice note is gone once it is answered, also where the phone could not take the note away', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  await phone.device.keepVoice(id, { bytes: new ArrayBuffer(8), type: 'audio/webm', seconds: 4 })
  stubObjectUrls()
  const { user } = openAt(`/record/${id}/words`, deviceWith(phone.device, { removeVoice: noRoom }))
  await user.click(await screen.findByRole('button', { name: 'Delete the voice note' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  expect(await screen.findByText(fullWords)).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('[VO291] who joins on a full phone is told that it is, and that the link is still good, and may try again', async () => {
  const server = createFakeServer()
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
  let isFull = true
  const { user } = openAt(`/join#${'s'.repeat(22)}`, deviceWith(device, { join: (request) => (isFull ? noRoom() : device.join(request)) }))
  await user.type(await screen.findByRole('textbox', { name: 'What should we call you?' }), 'Achieng')
  await user.click(screen.getByRole('button', { name: 'Join' }))
  expect((await screen.findByRole('alert')).textContent).toMatch(/^This phone could not keep it: perhaps it is full/)
  isFull = false
  await user.click(screen.getByRole('button', { name: 'Join' }))
  expect(await screen.findByRole('link', { name: /^Challenge/ })).toBeTruthy()
  device.close()
})

test('[VO287] nor does home, once the room that is kept for words had to be given up', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { sync } = phone.device
  await eventually(() => expect(sync.get()).toBeDefined())
  const stored = sync.get()
  if (stored === undefined) throw new Error('no state')
  const full = { ...stored, attention: 'storage-full' } as const
  openAt('/', deviceWith(phone.device, { sync: { get: () => full, subscribe: (onChange) => sync.subscribe(onChange) } }))
  expect((await screen.findByText(/^The phone is full/)).textContent).toBe('The phone is full. Photos do not fit, words hardly.')
  expect(screen.queryByText(/still fit/)).toBeNull()
})
