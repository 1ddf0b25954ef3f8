import { act, cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { fakeVoice } from '../support/fake-voice.ts'
import type { FakeVoice } from '../support/fake-voice.ts'
import { aChallenge } from '../support/contents.ts'
import { stubObjectUrls } from '../support/object-urls.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, deviceWith, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
/** The first of each screen is loaded when it is needed. */

beforeEach(() => {
  stubObjectUrls()
  // jsdom plays nothing; what the player asks of the element is what is looked at.
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('play'))
    return Promise.resolve()
  })
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(function (this: HTMLMediaElement) {
    this.dispatchEvent(new Event('pause'))
  })
})
afterEach(async () => {
  cleanup()
  // A screen that was left still writes what was said on it.
  await new Promise((resolve) => setTimeout(resolve, 100))
  vi.unstubAllGlobals()
  for (const phone of phones.splice(0)) phone.device.close()
})

async function onWords(voice: FakeVoice, parts: Parameters<typeof deviceWith>[1] = {}) {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const { description: _, ...silent } = aChallenge()
  await phone.device.writeDraft(draft.id, { fields: silent })
  const opened = openAt(`/record/${draft.id}/words`, deviceWith(phone.device, parts), { ground: volunteerGround({ voice: voice.ground }) })
  return { phone, draft: draft.id, ...opened }
}

const passes = (voice: FakeVoice, seconds: number) => act(() => voice.second(seconds))
const audioOf = async ({ device }: Phone, draft: EntryId) => (await device.readDraft(draft))?.content.audio

test('[VO54] a voice note is recorded, played, and stands for the words when the entry is saved', async () => {
  const voice = fakeVoice()
  const { phone, draft, user } = await onWords(voice)
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 3)
  expect(screen.getByRole('timer').textContent).toBe('0:03 of 1:00')
  await waitFor(async () => expect(await audioOf(phone, draft)).toMatchObject({ seconds: 3 }))
  await user.click(screen.getByRole('button', { name: 'Stop' }))
  expect(await screen.findByText('The voice note is kept on this phone.')).toBeTruthy()
  expect(voice.isOpen()).toBe(false)
  await user.click(await screen.findByRole('button', { name: 'Play the voice note' }))
  await user.click(screen.getByRole('button', { name: 'Pause' }))
  expect(screen.getByRole('button', { name: 'Play the voice note' })).toBeTruthy()

  // Without a word written, Next goes on and the entry is complete.
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await screen.findByRole('heading', { name: 'How do you know?' })
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await user.click(await screen.findByRole('button', { name: 'Next' }))
  await screen.findByRole('heading', { name: 'Read it once more' })
  expect(await screen.findByRole('button', { name: 'Play the voice note' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ audio: { seconds: 3, type: 'audio/webm' } })
})

test('[VO55] a minute is the most; it ends by itself and says so', async () => {
  const voice = fakeVoice()
  const { phone, draft, user } = await onWords(voice)
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 61)
  expect(await screen.findByText('One minute is over. The voice note is kept.')).toBeTruthy()
  expect(await audioOf(phone, draft)).toMatchObject({ seconds: 60 })
})

test('[VO55] who leaves the screen while recording ends it, and what was said is kept', async () => {
  const voice = fakeVoice()
  const { phone, draft, user } = await onWords(voice)
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 2)
  await waitFor(async () => expect(await audioOf(phone, draft)).toMatchObject({ seconds: 2 }))
  await voice.second()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await screen.findByRole('heading', { name: 'How do you know?' })
  expect([voice.isOpen(), voice.isAwake()]).toEqual([false, false])
  await waitFor(async () => expect(await audioOf(phone, draft)).toMatchObject({ seconds: 3 }))
})

test('[VO272] who saves right after leaving the recording saves all of what was said', async () => {
  const voice = fakeVoice()
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: aChallenge() as unknown as Readonly<Record<string, unknown>> })
  const keepVoice: Phone['device']['keepVoice'] = async (...asking) => {
    await new Promise((resolve) => setTimeout(resolve, 400))
    return phone.device.keepVoice(...asking)
  }
  const { user } = openAt(`/record/${id}/words?from=review`, deviceWith(phone.device, { keepVoice }), { ground: volunteerGround({ voice: voice.ground }) })
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 3)
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content.audio).toMatchObject({ seconds: 3 })
})

test('[VO55] an interrupted or too short recording and a full phone say what is kept', async () => {
  const voice = fakeVoice()
  const { user } = await onWords(voice)
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await user.click(await screen.findByRole('button', { name: 'Stop' }))
  expect(await screen.findByText(/That was too short/)).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 2)
  act(() => voice.unplug())
  expect(await screen.findByText(/What you said until then is kept/)).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Play the voice note' })).toBeTruthy()
})

test('[VO55] a full phone ends the recording and says that words still fit', async () => {
  const voice = fakeVoice()
  const { user } = await onWords(voice, { keepVoice: () => Promise.resolve({ ok: false, problem: { kind: 'photo-full' } }) })
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 2)
  expect(await screen.findByText(/The phone is full/)).toBeTruthy()
  expect(voice.isOpen()).toBe(false)
})

test('[VO56] why there is no microphone, and what to do, is said in words', async () => {
  const voice = fakeVoice()
  const { user } = await onWords(voice)
  for (const [problem, words] of [['refused', /Allow it in the browser’s settings/], ['missing', /No microphone was found/], ['busy', /End the call/], ['unsupported', /This browser cannot record/]] as const) {
    voice.problem = problem
    await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
    expect(await screen.findByText(words)).toBeTruthy()
  }
})

test('[VO284] while the browser asks for the microphone it is said what to do, and Next stays open', async () => {
  const voice = fakeVoice()
  const { user } = await onWords({ ...voice, ground: { ...voice.ground, open: () => new Promise(() => undefined) } })
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  expect(await screen.findByText('If the browser asks, allow the microphone. You can also go on and write instead.')).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: 'What happens?' }), 'The well is dry since May.')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByRole('heading', { name: 'How do you know?' })).toBeTruthy()
})

test('[VO284] a recorder that does not begin is said, and can be tried again', async () => {
  const voice = fakeVoice()
  const { user } = await onWords({ ...voice, ground: { ...voice.ground, open: () => Promise.reject(new DOMException('no', 'NotSupportedError')) } })
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  expect(await screen.findByText(/This browser cannot record/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Record your voice' }).getAttribute('aria-disabled')).toBeNull()
})

test('[VO56] silence is pointed out while there is still time', async () => {
  const voice = fakeVoice()
  voice.level = 0.02
  const { user } = await onWords(voice)
  await user.click(await screen.findByRole('button', { name: 'Record your voice' }))
  await screen.findByText('Recording')
  await passes(voice, 31)
  expect(await screen.findByText('Almost nothing is heard. Hold the phone closer.')).toBeTruthy()
  voice.level = 0.6
  await passes(voice, 1)
  expect(screen.queryByText('Almost nothing is heard. Hold the phone closer.')).toBeNull()
})

test('[VO57] a voice note is deleted only after a question, with its bytes', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const kept = await phone.device.keepVoice(draft.id, { bytes: new ArrayBuffer(4000), type: 'audio/webm', seconds: 7 })
  const { user } = openAt(`/record/${draft.id}/words`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Delete the voice note' }))
  const question = screen.getByRole('dialog', { name: 'Delete the voice note?' })
  await user.click(within(question).getByRole('button', { name: 'Keep it' }))
  expect(screen.getByRole('button', { name: 'Play the voice note' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Delete the voice note' }))
  await user.click(screen.getByRole('button', { name: 'Delete' }))
  expect(await screen.findByRole('button', { name: 'Record your voice' })).toBeTruthy()
  expect([await audioOf(phone, draft.id), kept.ok && (await phone.device.readFile(kept.value))]).toEqual([undefined, null])
})

test('[VO57] an entry plays its voice note and says that it is still only here', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const { description: _, ...silent } = aChallenge()
  await phone.device.writeDraft(draft.id, { fields: silent })
  await phone.device.keepVoice(draft.id, { bytes: new ArrayBuffer(4000), type: 'audio/webm', seconds: 7 })
  await phone.device.saveDraft(draft.id)
  openAt(`/entry/${draft.id}`, phone.device, { language: arabic })
  expect(await screen.findByRole('button', { name: 'استمع إلى الرسالة الصوتية' })).toBeTruthy()
})

test('[VO57] what waits is not called a photo when a voice note is among it', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  phone.server.fault({ before: () => 'no-answer' })
  const draft = await phone.device.createDraft('challenge')
  const { description: _, ...silent } = aChallenge()
  await phone.device.writeDraft(draft.id, { fields: silent })
  await phone.device.keepVoice(draft.id, { bytes: new ArrayBuffer(4000), type: 'audio/webm', seconds: 7 })
  await phone.device.saveDraft(draft.id)
  openAt('/', phone.device)
  expect(await screen.findByText(/^1 entry and 1 voice note still only here/)).toBeTruthy()
})

test('[VO791] a voice note and a photo that are not whole here are said to be on the server only where the server has them', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  phone.ground.setOnline(false)
  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields: aChallenge({ consentPhoto: true }) })
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  await phone.device.keepVoice(draft.id, { bytes: Uint8Array.from({ length: 90_000 }, (_, at) => at % 251).buffer, type: 'audio/webm', seconds: 30 })
  const review = openAt(`/record/${draft.id}/review`, unreadable(phone))
  expect(await screen.findByText('The voice note is not whole on this phone, and not on the server.')).toBeTruthy()
  review.unmount()
  expect(await phone.device.saveDraft(draft.id)).toMatchObject({ ok: true })
  const entry = openAt(`/entry/${draft.id}`, unreadable(phone))
  expect(await screen.findByText('The voice note is not whole on this phone, and not on the server.')).toBeTruthy()
  expect(await screen.findByText('The photo is not whole on this phone, and not on the server.')).toBeTruthy()
  expect(screen.queryByText(/is on the server, not/)).toBeNull()
  entry.unmount()
  const { content } = (await until(phone.device.watchEntry(draft.id), (one) => one !== null))?.state ?? {}
  phone.ground.setOnline(true)
  await phone.device.flush()
  for (const sha256 of [content?.audio?.sha256, content?.photos?.[0]?.sha256]) phone.server.addChange({ entryId: draft.id, type: 'fileStored', body: { sha256, entryId: draft.id } })
  await phone.device.flush()
  openAt(`/entry/${draft.id}`, unreadable(phone))
  expect(await screen.findByText('The voice note is on the server, not on this phone.')).toBeTruthy()
  expect(await screen.findByText('The photo is on the server, not on this phone.')).toBeTruthy()
})

/** As a phone answers whose browser has lost the bytes. */
function unreadable({ device }: Phone): Phone['device'] {
  return { ...device, readFile: () => Promise.resolve(null) }
}
