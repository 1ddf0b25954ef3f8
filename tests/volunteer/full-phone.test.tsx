import { screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
/** The first of each screen is loaded when it is needed. */
const slow = { timeout: 5000 }
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
  await user.click(await screen.findByRole('button', { name: 'Not kept', description: /^The phone is full; even the room/ }, slow))
  expect(seen.at(-1)).toMatch(/^The phone is full; even the room/)
})

test('[VO287] where neither a photo nor the words find room, nothing says that the words are kept', async () => {
  const user = await onWords()
  await user.upload(await screen.findByLabelText('Choose from this phone', undefined, slow), new File(['a picture'], 'first.jpg', { type: 'image/jpeg' }))
  expect(await screen.findByText('This photo was not kept either.', undefined, slow)).toBeTruthy()
  expect(screen.queryByText(/Your words are kept/)).toBeNull()
  expect(screen.getByText(/^The phone is full; even the room/)).toBeTruthy()
})

test('[VO287] where there is no room for a new entry, the words are about that, and ask for no photo to be taken out of it', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  openAt('/new/challenge', deviceWith(phone.device, { writeDraft: () => Promise.resolve(full) }))
  expect((await screen.findByRole('alert', undefined, slow)).textContent).toMatch(/^The phone is full: there is no room for a new entry/)
})
