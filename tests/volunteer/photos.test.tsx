import { cleanup, renderHook, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Photo } from '#domain/entry.ts'
import type { EntryId } from '#domain/ids.ts'
import { fail } from '#domain/result.ts'
import type { PhotoAnswer } from '#device/media/photo-maker.ts'
import { useCardKeys } from '#volunteer/photos/use-card-keys.ts'
import { aChallenge } from '../support/contents.ts'
import { stubObjectUrls } from '../support/object-urls.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
/** The first of each screen is loaded when it is needed. */
let answers: PhotoAnswer[] = []
let asked: unknown[] = []

/** The browser has no canvas here: what the worker would make of a picture is given. */
class StandInWorker {
  onmessage: ((event: MessageEvent<PhotoAnswer>) => void) | null = null
  readonly address: unknown
  constructor(address: unknown) {
    this.address = address
  }
  postMessage(original: unknown): void {
    asked.push([this.address, original instanceof File ? original.name : typeof original])
    const data = answers.shift() ?? { kind: 'made', photo: onePixelPhoto(asked.length) }
    queueMicrotask(() => this.onmessage?.(new MessageEvent('message', { data })))
  }
  terminate(): void {
    this.onmessage = null
  }
}

beforeEach(() => {
  ;[answers, asked] = [[], []]
  vi.stubGlobal('Worker', StandInWorker)
  stubObjectUrls()
})
afterEach(async () => {
  cleanup()
  // A screen that was left still writes what was said on it.
  await new Promise((resolve) => setTimeout(resolve, 100))
  vi.unstubAllGlobals()
  for (const phone of phones.splice(0)) phone.device.close()
})

async function onWords(): Promise<{ readonly phone: Phone; readonly draft: EntryId; readonly user: ReturnType<typeof openAt>['user']; readonly unmount: () => void }> {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const { user, unmount } = openAt(`/record/${draft.id}/words`, phone.device)
  await screen.findByRole('heading', { name: 'Photos' })
  return { phone, draft: draft.id, user, unmount }
}

const picture = (name: string) => new File(['a picture'], name, { type: 'image/jpeg' })
const contentOf = async ({ device }: Phone, draft: EntryId) => (await device.readDraft(draft))?.content

test('[VO642] how many photos there are is said when one has come and when one has gone', async () => {
  const { user } = await onWords()
  await user.upload(screen.getByLabelText('Take a photo'), picture('first.jpg'))
  await waitFor(() => expect(screen.getAllByRole('status').map((one) => one.textContent)).toContain('1 photo'))
  await user.upload(screen.getByLabelText('Take a photo'), picture('second.jpg'))
  await waitFor(() => expect(screen.getAllByRole('status').map((one) => one.textContent)).toContain('2 photos'))
})

test('[VO50] camera and gallery are two ways: one opens the camera, the other takes several pictures', async () => {
  const { phone, draft, user } = await onWords()
  const camera = screen.getByLabelText('Take a photo')
  const gallery = screen.getByLabelText('Choose from this phone')
  expect([camera.getAttribute('capture'), camera.hasAttribute('multiple'), gallery.getAttribute('capture'), gallery.hasAttribute('multiple')]).toEqual(['environment', false, null, true])
  await user.upload(camera, picture('first.jpg'))
  await screen.findByRole('img', { name: 'Photo 1' })
  await user.upload(gallery, [picture('second.jpg'), picture('third.jpg'), picture('fourth.jpg')])
  await screen.findByRole('img', { name: 'Photo 3' })
  expect(await screen.findByText('Three photos are the most. The others were not added.')).toBeTruthy()
  expect(asked.map((one) => (one as readonly unknown[])[1])).toEqual(['first.jpg', 'second.jpg', 'third.jpg'])
  expect((await contentOf(phone, draft))?.photos).toHaveLength(3)
  expect(screen.queryByLabelText('Take a photo')).toBeNull()
})

test('[VO50] what is no picture is told, and nothing is kept of it', async () => {
  const { phone, draft, user } = await onWords()
  answers = [{ kind: 'unreadable' }]
  await user.upload(screen.getByLabelText('Choose from this phone'), picture('letter.jpg'))
  expect((await screen.findByRole('alert')).textContent).toContain('This picture cannot be read')
  expect((await contentOf(phone, draft))?.photos).toBeUndefined()
})

test('[VO50] one of several that is no picture keeps none of the others out', async () => {
  const { phone, draft, user } = await onWords()
  answers = [{ kind: 'unreadable' }]
  await user.upload(screen.getByLabelText('Choose from this phone'), [picture('letter.jpg'), picture('second.jpg'), picture('third.jpg')])
  await screen.findByRole('img', { name: 'Photo 2' })
  expect((await screen.findByRole('alert')).textContent).toContain('This picture cannot be read')
  expect((await contentOf(phone, draft))?.photos).toHaveLength(2)
})

test('[VO51] each photo says what it shows; the words are kept soon, and when the screen is left', async () => {
  const { phone, draft, user, unmount } = await onWords()
  await user.upload(screen.getByLabelText('Take a photo'), picture('first.jpg'))
  await screen.findByRole('img', { name: 'Photo 1' })
  await user.upload(screen.getByLabelText('Take a photo'), picture('second.jpg'))
  await user.type(await screen.findByRole('textbox', { name: 'What does photo 2 show?' }), 'The empty kiosk')
  await waitFor(async () => expect((await contentOf(phone, draft))?.photos).toMatchObject([{}, { caption: 'The empty kiosk' }]))
  await user.type(screen.getByRole('textbox', { name: 'What does photo 1 show?' }), 'A queue')
  unmount()
  await waitFor(async () => expect((await contentOf(phone, draft))?.photos).toMatchObject([{ caption: 'A queue' }, { caption: 'The empty kiosk' }]))
})

test('[VO265] what a photo shows is told when it could not be written, and goes with the next write', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id: draft } = await phone.device.createDraft('challenge')
  await phone.device.addPhoto(draft, onePixelPhoto())
  let isFull = true
  const { user } = openAt(`/record/${draft}/words`, deviceWith(phone.device, { captionPhoto: (...asking) => (isFull ? Promise.resolve(fail({ kind: 'storage-full' })) : phone.device.captionPhoto(...asking)) }))
  await user.type(await screen.findByRole('textbox', { name: 'What does photo 1 show?' }), 'A queue')
  expect((await screen.findByRole('alert')).textContent).toContain('The phone is full')
  isFull = false
  await user.tab()
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  expect((await contentOf(phone, draft))?.photos).toMatchObject([{ caption: 'A queue' }])
})

test('[VO265] saving waits for the words of a photo that were typed last', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id: draft } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft, { fields: aChallenge({ consentPhoto: true }), step: 'review' })
  await phone.device.addPhoto(draft, onePixelPhoto())
  // The first caption of a start loads its code: an old phone takes that long and longer.
  const captionPhoto: Phone['device']['captionPhoto'] = async (...asking) => {
    await new Promise((resolve) => setTimeout(resolve, 150))
    return phone.device.captionPhoto(...asking)
  }
  const { user } = openAt(`/record/${draft}/review`, deviceWith(phone.device, { captionPhoto }))
  await user.type(await screen.findByRole('textbox', { name: 'What does photo 1 show?' }), 'A queue')
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  await waitFor(() => expect(location.pathname).toBe('/'))
  expect((await until(phone.device.entries, ([entry]) => entry !== undefined))[0]?.state.content.photos).toMatchObject([{ caption: 'A queue' }])
})

test('[VO277] a photo that comes after somebody agreed to another one takes that yes back: it is asked anew', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.addPhoto(id, onePixelPhoto(7))
  await phone.device.writeDraft(id, { fields: aChallenge({ consentBasis: 'verbal', consentPhoto: true }) as unknown as Readonly<Record<string, unknown>> })
  const { user } = openAt(`/record/${id}/words?from=review`, phone.device)
  await user.upload(await screen.findByLabelText('Take a photo'), picture('second.jpg'))
  await screen.findByRole('img', { name: 'Photo 2' })
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ consentBasis: 'verbal', consentPhoto: false, photos: [{}, {}] })
})

test('[VO274] a draft was last worked on when a photo of it came, or its words', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const earlier = await phone.device.createDraft('challenge')
  const later = await phone.device.createDraft('challenge')
  const newest = async (): Promise<EntryId | undefined> => (await until(phone.device.drafts, (drafts) => drafts.length === 2))[0]?.id
  expect(await newest()).toBe(later.id)
  const first = openAt(`/record/${earlier.id}/words`, phone.device)
  await first.user.upload(await screen.findByLabelText('Take a photo'), picture('first.jpg'))
  await screen.findByRole('img', { name: 'Photo 1' })
  await waitFor(async () => expect(await newest()).toBe(earlier.id))
  await phone.device.writeDraft(later.id, { fields: { topic: 'WSH' } })
  await until(phone.device.drafts, ([one]) => one?.id === later.id)
  await first.user.type(screen.getByRole('textbox', { name: 'What does photo 1 show?' }), 'A queue')
  await first.user.tab()
  await waitFor(async () => expect(await newest()).toBe(earlier.id))
})

test('[VO51] after the first of two photos was removed, the other one has its own caption', async () => {
  const { phone, draft, user } = await onWords()
  await user.upload(screen.getByLabelText('Choose from this phone'), [picture('first.jpg'), picture('second.jpg')])
  await user.type(await screen.findByRole('textbox', { name: 'What does photo 2 show?' }), 'The empty kiosk')
  await user.type(screen.getByRole('textbox', { name: 'What does photo 1 show?' }), 'Burnt school')
  await user.tab()
  await waitFor(async () => expect((await contentOf(phone, draft))?.photos).toMatchObject([{ caption: 'Burnt school' }, { caption: 'The empty kiosk' }]))
  await user.click(screen.getByRole('button', { name: 'Remove photo 1' }))
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByRole('img', { name: 'Photo 2' })).toBeNull())
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'What does photo 1 show?' })
  expect(field.value).toBe('The empty kiosk')
  await user.type(field, ' today')
  await user.tab()
  await waitFor(async () => expect((await contentOf(phone, draft))?.photos).toMatchObject([{ caption: 'The empty kiosk today' }]))
})

test('[VO51] the card of a photo stays the same while the photo becomes another file, and goes with its photo', () => {
  const named = (...names: readonly string[]) => names.map((sha256) => ({ sha256 }) as Photo)
  const { result, rerender } = renderHook(({ photos }) => useCardKeys(photos), { initialProps: { photos: named('a', 'b') } })
  const [first, second] = result.current
  rerender({ photos: named('a', 'b-hidden') })
  expect(result.current).toEqual([first, second])
  rerender({ photos: named('b-hidden') })
  expect(result.current).toEqual([second])
  rerender({ photos: named('b-hidden', 'c') })
  expect(result.current[0]).toBe(second)
  expect(new Set(result.current).size).toBe(2)
})

test('[VO52] a photo is removed only after a question, and the answer about showing it goes with the last one', async () => {
  const { phone, draft, user } = await onWords()
  await user.upload(screen.getByLabelText('Take a photo'), picture('first.jpg'))
  await phone.device.writeDraft(draft, { fields: { consentPhoto: true } })
  await user.click(await screen.findByRole('button', { name: 'Remove photo 1' }))
  const question = screen.getByRole('dialog', { name: 'Remove photo 1?' })
  await user.click(within(question).getByRole('button', { name: 'Keep it' }))
  expect(screen.getByRole('img', { name: 'Photo 1' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Remove photo 1' }))
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByRole('img', { name: 'Photo 1' })).toBeNull())
  await waitFor(async () => expect(await contentOf(phone, draft)).not.toMatchObject({ consentPhoto: true }))
  expect((await contentOf(phone, draft))?.photos).toBeUndefined()
})

test('[VO52] the review shows the photos with the same acts, so that a face seen late can still be hidden', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  openAt(`/record/${draft.id}/review`, phone.device)
  expect(await screen.findByRole('button', { name: 'Hide faces in photo 1' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Remove photo 1' })).toBeTruthy()
  expect(screen.getByRole('textbox', { name: 'What does photo 1 show?' })).toBeTruthy()
})

test('[VO53] a photo that has no room is told; the words stay', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const device = deviceWith(phone.device, { addPhoto: () => Promise.resolve({ ok: false, problem: { kind: 'photo-full' } }) })
  const { user } = openAt(`/record/${draft.id}/words`, device)
  await user.upload(await screen.findByLabelText('Take a photo'), picture('first.jpg'))
  expect((await screen.findByRole('alert')).textContent).toContain('this photo was not kept')
})
