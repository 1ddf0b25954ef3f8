import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { PhotoAnswer } from '#device/media/photo-maker.ts'
import { aChallenge } from '../support/contents.ts'
import { stubObjectUrls } from '../support/object-urls.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
const cutOff = /^Terrain was closed while a photo was being added/
let answers: ((data: PhotoAnswer) => void)[] = []

class SlowWorker {
  onmessage: ((event: MessageEvent<PhotoAnswer>) => void) | null = null
  postMessage(): void {
    answers.push((data) => this.onmessage?.(new MessageEvent('message', { data })))
  }
  terminate(): void {
    this.onmessage = null
  }
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('Worker', SlowWorker)
  stubObjectUrls()
  answers = []
})
afterEach(async () => {
  cleanup()
  await new Promise((resolve) => setTimeout(resolve, 100))
  vi.unstubAllGlobals()
  for (const phone of phones.splice(0)) phone.device.close()
})

async function drafting() {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge() } })
  const { user } = openAt(`/record/${id}/words`, phone.device)
  return { phone, id, user, camera: await screen.findByLabelText('Take a photo') }
}
const comes = ({ device }: Phone, id: EntryId, count: number) => waitFor(async () => expect((await device.readDraft(id))?.photosComing).toBe(count))

/** The page of before is gone with all that it held in its memory, and so are its locks. */
function openedAgain({ phone, id }: { readonly phone: Phone; readonly id: EntryId }, step: string, locks?: Pick<LockManager, 'request'>) {
  cleanup()
  return openAt(`/record/${id}/${step}`, phone.device, { ground: volunteerGround({ locks }) })
}

test.each(['words', 'review'])('[VO366] of a photo that was being made small when the browser was ended, the draft says that it is missing (%s)', async (step) => {
  const before = await drafting()
  await before.user.upload(before.camera, new File(['a picture'], 'first.jpg', { type: 'image/jpeg' }))
  await comes(before.phone, before.id, 1)
  openedAgain(before, step)
  expect(await screen.findByText(cutOff)).toBeTruthy()
})

test('[VO366] it says so each time, until a photo is added, and saves without one', async () => {
  const before = await drafting()
  await before.user.click(before.camera)
  await comes(before.phone, before.id, 1)
  openedAgain(before, 'words')
  await screen.findByText(cutOff)
  const { user } = openedAgain(before, 'words')
  await screen.findByText(cutOff)
  await user.upload(screen.getByLabelText('Choose from this phone'), new File(['a picture'], 'second.jpg', { type: 'image/jpeg' }))
  act(() => answers.at(-1)?.({ kind: 'made', photo: onePixelPhoto(5) }))
  await comes(before.phone, before.id, 0)
  expect(screen.queryByText(cutOff)).toBeNull()
  openedAgain(before, 'review')
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(before.phone.device.entries, (all) => all.length === 1)
  expect(entry?.state.content.photos).toHaveLength(1)
})

test('[VO366] a camera that was closed without a picture, and a picture that cannot be read, leave no such word', async () => {
  const before = await drafting()
  await before.user.click(before.camera)
  await comes(before.phone, before.id, 1)
  fireEvent(before.camera, new Event('cancel', { bubbles: true }))
  await comes(before.phone, before.id, 0)
  await before.user.upload(before.camera, new File(['no picture'], 'first.jpg', { type: 'image/jpeg' }))
  await comes(before.phone, before.id, 1)
  act(() => answers.at(-1)?.({ kind: 'unreadable' }))
  await comes(before.phone, before.id, 0)
  openedAgain(before, 'words')
  await screen.findByLabelText('Take a photo')
  expect(screen.queryByText(cutOff)).toBeNull()
})

test('[VO366] the mark goes with the last photo, in the transaction that keeps it', async () => {
  const { phone, id } = await drafting()
  await phone.device.writeDraft(id, { photosComing: 2 })
  await phone.device.addPhoto(id, onePixelPhoto(5))
  expect((await phone.device.readDraft(id))?.photosComing).toBe(1)
  await phone.device.addPhoto(id, onePixelPhoto(6))
  expect((await phone.device.readDraft(id))?.photosComing).toBe(0)
})

test('[VO366] where another window is still at it, nothing is called missing', async () => {
  const before = await drafting()
  await before.user.click(before.camera)
  await comes(before.phone, before.id, 1)
  // As the browser answers while somebody holds the lock.
  const request = ((_name: string, _options: LockOptions, run: (lock: Lock | null) => unknown) => Promise.resolve(run(null))) as LockManager['request']
  openedAgain(before, 'words', { request })
  await screen.findByLabelText('Take a photo')
  expect(screen.queryByText(cutOff)).toBeNull()
})
