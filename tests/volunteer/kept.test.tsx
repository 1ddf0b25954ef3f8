import { render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { SyncState } from '#device/device.ts'
import { arabic } from '#i18n/ar/language.ts'
import { english } from '#i18n/en/language.ts'
import { french } from '#i18n/fr/language.ts'
import { LanguageProvider, useLanguage } from '#ui/language/language.tsx'
import { sayContact, sayKept } from '#volunteer/home/kept-words.ts'
import { createWords } from '#volunteer/words.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { noon, openAt, volunteerGround } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})
async function join(parts: Parameters<typeof joinedPhone>[0] = {}): Promise<Phone> {
  const phone = await joinedPhone(parts)
  phones.push(phone)
  return phone
}

const calm: SyncState = { phase: 'idle', online: true, isMetered: null, pendingEntries: 0, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, heldFiles: 0, lastContactAt: '2026-03-01T07:00:00Z' as SyncState['lastContactAt'], nextTryAt: null, problem: null, attention: null }

function Line({ sync, travels }: { readonly sync: SyncState; readonly travels: readonly ('received' | 'safe')[] }) {
  const words = createWords(useLanguage(), null)
  return <p>{sayKept(words, sync, travels.length > 0 && travels.every((travel) => travel === 'safe'))} | {sayContact(words, sync, noon)}</p>
}

function lineIn(language: typeof english, sync: Partial<SyncState>, travels: readonly ('received' | 'safe')[] = []): string {
  const { container, unmount } = render(<LanguageProvider language={language} timeZone="UTC"><Line sync={{ ...calm, ...sync }} travels={travels} /></LanguageProvider>)
  const text = container.textContent ?? ''
  unmount()
  return text
}

test('[VO22] one line says what is still only here, and never more than is proved', () => {
  expect(lineIn(english, { pendingEntries: 3, pendingFiles: 2 })).toBe('3 entries and 2 photos still only here | Last contact 2 hours ago')
  expect(lineIn(english, { pendingEntries: 1 })).toMatch(/^1 entry still only here/)
  expect(lineIn(english, { pendingFiles: 1 }, ['received'])).toMatch(/^1 photo still only here/)
  expect(lineIn(english, {}, ['received', 'safe'])).toMatch(/^Everything has been received/)
  expect(lineIn(english, {}, ['safe', 'safe'])).toMatch(/^Everything is in a backup as well/)
  // Without contact nothing has been proved, however little waits.
  expect(lineIn(english, { lastContactAt: null })).toBe('Nothing waits | No contact yet')
  expect(lineIn(english, { pendingFiles: 2, heldFiles: 2 })).toContain('Waiting for Wi-Fi or for tomorrow: 2 photos')
})

test('[VO22] it counts in the plurals of the language', () => {
  expect(lineIn(french, { pendingEntries: 1, pendingFiles: 2 })).toMatch(/^Encore seulement ici\u00a0: 1 fiche et 2 photos/)
  const said = [1, 2, 3, 11].map((pendingEntries) => lineIn(arabic, { pendingEntries }).split('|')[0])
  expect(new Set(said.map((text) => text?.replaceAll(/[\d\u0660-\u0669]+/g, '#'))).size).toBe(4)
})

test('[VO97] photos and voice notes are counted apart, in what waits and in what is held back', () => {
  expect(lineIn(english, { pendingEntries: 3, pendingFiles: 3, pendingVoices: 1 })).toMatch(/^3 entries, 2 photos and 1 voice note still only here/)
  expect(lineIn(english, { pendingFiles: 2, pendingVoices: 2 })).toMatch(/^2 voice notes still only here/)
  expect(lineIn(english, { pendingFiles: 4, pendingVoices: 2, heldFiles: 3, heldVoices: 1 })).toContain('Waiting for Wi-Fi or for tomorrow: 2 photos and 1 voice note')
  expect(lineIn(french, { pendingFiles: 3, pendingVoices: 1 })).toMatch(/^Encore seulement ici\u00a0: 2 photos et 1 note vocale/)
  expect(lineIn(arabic, { pendingFiles: 4, pendingVoices: 2 })).toMatch(/^ما زال هنا فقط: صورتان ورسالتان صوتيتان/)
})

test('[VO97] an entry, the settings and the file say a voice note, from what lies on the phone', async () => {
  const phone = await join({ isMetered: () => true })
  await phone.device.setPreferences({ mobilePhotos: 'small' })
  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  await phone.device.keepVoice(draft.id, { bytes: new ArrayBuffer(900), type: 'audio/webm', seconds: 4 })
  await phone.device.saveDraft(draft.id)
  expect(await phone.device.exportUnsent()).toMatchObject({ entries: 1, photos: 1, voices: 1 })
  await phone.device.flush()
  await until(phone.device.sync, ({ heldVoices, phase }) => heldVoices === 1 && phase === 'idle')
  const home = openAt('/', phone.device)
  expect(await screen.findByText('Words received, 1 photo and 1 voice note still here')).toBeTruthy()
  home.unmount()
  openAt('/settings', phone.device)
  expect(await screen.findByText('Waiting for Wi-Fi or for tomorrow: 1 photo and 1 voice note')).toBeTruthy()
  expect(await screen.findByText('1 entry, 1 photo and 1 voice note kept here')).toBeTruthy()
})

test('[VO23] what of the photos goes over counted data is the person’s choice, and what waits for it can be sent at once', async () => {
  const sent: number[] = []
  const phone = await join({ isMetered: () => true, upload: (file) => Promise.resolve({ ok: true as const, value: void sent.push(file.bytes.byteLength) as unknown as null }) })
  const { user } = openAt('/settings', phone.device)
  await user.click(await screen.findByRole('radio', { name: 'Small pictures only' }))
  await until(phone.device.preferences, ({ mobilePhotos }) => mobilePhotos === 'small')
  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  await phone.device.saveDraft(draft.id)
  await phone.device.flush()
  expect(sent).toEqual([3])
  expect(screen.getByText('This connection counts data. Words always go.')).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: 'Send all now' }))
  await until(phone.device.sync, ({ pendingFiles }) => pendingFiles === 0)
  expect(sent).toEqual([3, 600_000])
  expect(await screen.findByText('Done. Everything has been received.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Send all now' })).toBeNull()
})

test.each([[true, 'The system has promised not to clear it.'], [false, /has not promised to keep it/]] as const)('[VO24] the browser answered %s when it was asked to keep the data, and that is what is said', async (answer, words) => {
  let isKept = false
  const storage = { persist: () => Promise.resolve((isKept = answer)), persisted: () => Promise.resolve(isKept), estimate: () => Promise.resolve({ usage: 1000, quota: 1_000_000_000 }) }
  const phone = await join({ storage })
  const { user } = openAt('/settings', phone.device)
  expect(await screen.findByText(/has not promised to keep it/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Ask' }))
  expect(await screen.findByText(words)).toBeTruthy()
  expect(await until(phone.device.health, ({ persisted }) => persisted === answer)).toMatchObject({ persisted: answer })
})

test.each([['ahead', 20], ['behind', -20]])('[SY793] a phone whose clock is twenty days %s tells the last contact by that clock, and warns of no silence', async (_, days) => {
  const { device, ground } = await join()
  const { lastToldAt } = await until(device.sync, ({ lastContactAt }) => lastContactAt !== null)
  ground.time.advance(days * 86_400_000)
  await device.flush()
  const now = ground.time.now() + 5 * 60_000
  expect(await until(device.sync, ({ lastContactAt }) => Math.abs(Date.parse(lastContactAt ?? '') - now) < 10 * 60_000)).toMatchObject({ lastToldAt })
  ground.setOnline(false)
  await savedChallenge(device)
  openAt('/', device, { ground: volunteerGround({ now: () => now }) })
  expect(await screen.findByText('1 entry still only here')).toBeTruthy()
  expect(await screen.findByText('Last contact 5 minutes ago')).toBeTruthy()
  expect(screen.queryByRole('link', { name: /file/i })).toBeNull()
})
