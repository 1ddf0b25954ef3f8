import { act, cleanup, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import type { PhotoAnswer } from '#device/media/photo-maker.ts'
import { photoPatienceMs } from '#volunteer/photos/additions.ts'
import { aChallenge } from '../support/contents.ts'
import { stubObjectUrls } from '../support/object-urls.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
/** The first of each screen is loaded when it is needed. */
let answer: (data: PhotoAnswer) => void = () => undefined

/** An old phone: the photo is small when the test says so. */
class SlowWorker {
  onmessage: ((event: MessageEvent<PhotoAnswer>) => void) | null = null
  postMessage(): void {
    answer = (data) => this.onmessage?.(new MessageEvent('message', { data }))
  }
  terminate(): void {
    this.onmessage = null
  }
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('Worker', SlowWorker)
  stubObjectUrls()
})
afterEach(async () => {
  cleanup()
  // A screen that was left still writes what was said on it.
  await new Promise((resolve) => setTimeout(resolve, 100))
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  for (const phone of phones.splice(0)) phone.device.close()
})

/** A draft whose photo is still being made small. */
async function onItsWay(fields: Readonly<Record<string, unknown>>, search = '') {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields })
  const { user } = openAt(`/record/${draft.id}/words${search}`, phone.device)
  await user.upload(await screen.findByLabelText('Take a photo'), new File(['a picture'], 'first.jpg', { type: 'image/jpeg' }))
  expect(screen.getByText('Making the photo small …')).toBeTruthy()
  return { phone, draft: draft.id, user }
}

async function savingMeanwhile() {
  const before = await onItsWay({ ...aChallenge() }, '?from=review')
  await before.user.click(screen.getByRole('button', { name: 'Done' }))
  expect(await screen.findByText('One photo is still being prepared. Saving waits for it.')).toBeTruthy()
  await before.user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  return before
}
const made: PhotoAnswer = { kind: 'made', photo: onePixelPhoto(5) }

test('[VO260] a save waits for the photo that is still being made small, and says so', async () => {
  const { phone } = await savingMeanwhile()
  expect(screen.getByRole('button', { name: 'Saving …' })).toBeTruthy()
  answer(made)
  const [entry] = await until(phone.device.entries, (all) => all.length === 1)
  expect(entry?.state.content.photos).toHaveLength(1)
})

test('[VO260] where that photo did not come, the first save says so and saves nothing; the next one saves without', async () => {
  const { phone, user } = await savingMeanwhile()
  answer({ kind: 'unreadable' })
  expect(await screen.findByText('A photo could not be added, so nothing was saved yet. Save once more to save without it.')).toBeTruthy()
  expect(screen.getByText('This picture cannot be read. Try another one.')).toBeTruthy()
  expect(phone.device.entries.get()).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  await until(phone.device.entries, (all) => all.length === 1)
})

const photoThere = ({ device }: Phone, draft: EntryId) => waitFor(async () => expect((await device.readDraft(draft))?.content.photos).toHaveLength(1))
/** Longer than what would go on behind the screen takes. */
const aWhile = () => act(() => new Promise((resolve) => setTimeout(resolve, 200)))

test('[VO299] who goes back while a save waits has not saved: what is written then stays a draft, and its screen', async () => {
  const { phone, draft, user } = await savingMeanwhile()
  await user.click(screen.getByRole('link', { name: 'Change: Words' }))
  const words = await screen.findByRole('textbox', { name: 'What happens?' })
  await user.clear(words)
  await user.type(words, 'Half a sen')
  answer(made)
  await photoThere(phone, draft)
  await aWhile()
  expect(phone.device.entries.get()).toEqual([])
  expect(location.pathname).toBe(`/record/${draft}/words`)
  expect(screen.getByRole('textbox', { name: 'What happens?' })).toHaveProperty('value', 'Half a sen')
})

test('[VO299] who closes the draft and begins another entry is not thrown out of that one', async () => {
  const { phone, draft, user } = await savingMeanwhile()
  await user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  await user.click(await screen.findByRole('link', { name: /^Action/ }))
  await screen.findByRole('heading', { name: 'What do people do?' })
  answer(made)
  await photoThere(phone, draft)
  await aWhile()
  expect(phone.device.entries.get()).toEqual([])
  expect(screen.getByRole('heading', { name: 'What do people do?' })).toBeTruthy()
})

test('[VO299] who comes back to the review saves with the next tap', async () => {
  const { phone, draft, user } = await savingMeanwhile()
  await user.click(screen.getByRole('link', { name: 'Change: Words' }))
  await user.click(await screen.findByRole('button', { name: 'Done' }))
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  answer(made)
  const [entry] = await until(phone.device.entries, (all) => all.length === 1)
  expect([entry?.state.id, entry?.state.content.photos?.length]).toEqual([draft, 1])
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
})

test('[VO260] a draft of nothing but a photo on its way is kept when it is closed', async () => {
  const { phone, draft, user } = await onItsWay({})
  await user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  await screen.findByRole('navigation', { name: 'Record' })
  answer(made)
  await waitFor(async () => expect((await phone.device.readDraft(draft))?.content.photos).toHaveLength(1))
})

test('[VO260] a photo whose draft went meanwhile is told on whatever screen is open, until it was read', async () => {
  const { phone, draft, user } = await onItsWay({ ...aChallenge() })
  await user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  await screen.findByRole('navigation', { name: 'Record' })
  // Another window saves it.
  expect((await phone.device.saveDraft(draft)).ok).toBe(true)
  answer(made)
  expect((await screen.findByRole('alert')).textContent).toContain('One photo was not added: its draft was saved or thrown away before the photo was ready.')
  await user.click(screen.getByRole('button', { name: 'Done' }))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('[VO260] who threw the draft away is told nothing of its photo', async () => {
  const { phone, draft, user } = await onItsWay({ ...aChallenge() }, '?from=review')
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await user.click(await screen.findByRole('button', { name: 'Throw this draft away' }))
  await user.click(screen.getByRole('button', { name: 'Throw away' }))
  await waitFor(async () => expect(await phone.device.readDraft(draft)).toBeNull())
  answer(made)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(screen.queryByRole('alert')).toBeNull()
})

test('[VO285] a photo that does not come holds up no save: after a minute it is told, and the second tap saves without it', async () => {
  const time = vi.spyOn(globalThis, 'setTimeout')
  const { phone, draft, user } = await savingMeanwhile()
  const patience = time.mock.calls.findLast(([, ms]) => ms === photoPatienceMs)?.[0] as () => void
  act(patience)
  expect(await screen.findByText(/^A photo could not be added, so nothing was saved yet/)).toBeTruthy()
  expect(screen.getByText(/^This photo takes very long/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect([entry?.state.id, entry?.state.content.photos]).toEqual([draft, undefined])
})

test('[VO285] one that comes late is still added before the save', async () => {
  const time = vi.spyOn(globalThis, 'setTimeout')
  const { phone } = await onItsWay({ ...aChallenge() })
  act(time.mock.calls.findLast(([, ms]) => ms === photoPatienceMs)?.[0] as () => void)
  expect(await screen.findByText(/^This photo takes very long/)).toBeTruthy()
  act(() => answer(made))
  await until(phone.device.drafts, ([one]) => Array.isArray(one?.content.photos) && one.content.photos.length === 1)
  await waitFor(() => expect(screen.queryByText(/^This photo takes very long/)).toBeNull())
})
