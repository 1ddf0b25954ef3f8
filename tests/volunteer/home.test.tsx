import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { SyncState } from '#device/device.ts'
import { noteMember } from '#device/media/was-here.ts'
import { openDevice } from '#device/open-device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import { writeMeta } from '#device/store/meta.ts'
import { fail } from '#domain/result.ts'
import { weatherOf } from '#volunteer/home/weather.ts'
import { aChallenge } from '../support/contents.ts'
import { createFakeServer, problem, text } from '../support/fake-server.ts'
import { joinedPhone, newDatabaseName, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, openAt, volunteerGround } from './on-screen.tsx'

const opened: Pick<Phone['device'], 'close'>[] = []
afterEach(() => {
  for (const device of opened.splice(0)) device.close()
})

async function join(parts: Parameters<typeof joinedPhone>[0] = {}): Promise<Phone> {
  const phone = await joinedPhone(parts)
  opened.push(phone.device)
  return phone
}

const challenge = { topic: 'WSH', severity: 3, placeName: 'Nyalenda', observedOn: '2026-03-01', description: 'The kiosk sells water only until ten.' }

test('[VO11] both record buttons are open without a connection, an entry or an answer of the server', async () => {
  const { device, ground, server } = await join()
  server.fault({ before: () => 'no-answer' })
  ground.setOnline(false)
  const { user } = openAt('/', device)
  expect(await screen.findByText('No connection. Nothing gets lost.')).toBeTruthy()
  expect(screen.getByText('Nothing here yet. What did you see today?')).toBeTruthy()
  expect(screen.getByRole('link', { name: /^Action/ }).getAttribute('href')).toBe('/new/action')
  await user.click(screen.getByRole('link', { name: /^Challenge/ }))
  expect(await screen.findByRole('heading', { name: 'What is it about?' })).toBeTruthy()
})

test('[VO13] an entry says where it stands: here, then received, then the question that waits', async () => {
  const phone = await join()
  phone.server.fault({ before: () => 'no-answer' })
  const id = await savedChallenge(phone.device, challenge)
  openAt('/', phone.device)
  const row = await screen.findByRole('link', { name: /The kiosk sells water.*On this phone/ })
  expect(await screen.findByText('1 entry still only here')).toBeTruthy()

  phone.server.fault(null)
  await phone.device.flush()
  expect(await within(row).findByText('Received')).toBeTruthy()

  const revision = phone.device.entries.get()?.[0]?.state.revision
  phone.server.addChange({ entryId: id, type: 'decide', body: { revision, contentHash: 'a'.repeat(64), verdict: 'askBack', questions: [{ id: '0190aaaa-0000-7000-8000-000000000001', field: 'placeName', text: 'Which part of Nyalenda?' }] } })
  await phone.device.flush()
  expect(await within(row).findByText('Question for you')).toBeTruthy()
  const card = screen.getByRole('region', { name: /Ines has a question/ })
  expect(within(card).getByText('Which part of Nyalenda?')).toBeTruthy()
  expect(within(card).getByRole('link', { name: 'Answer' }).getAttribute('href')).toBe(`/entry/${id}#placeName`)
})

const calm: SyncState = { phase: 'idle', online: true, isMetered: null, pendingEntries: 0, pendingChanges: 0, pendingFiles: 0, pendingBytes: 0, heldFiles: 0, lastContactAt: null, nextTryAt: null, problem: null, attention: null }

test('[VO14] the weather says the most urgent thing, and nothing while all is well', () => {
  expect(weatherOf(calm)).toBeNull()
  expect(weatherOf({ ...calm, online: false })).toBe('offline')
  expect(weatherOf({ ...calm, online: false, attention: 'join-again' })).toBe('joinAgain')
  expect(weatherOf({ ...calm, attention: 'storage-full', phase: 'syncing', pendingEntries: 1 })).toBe('full')
  expect(weatherOf({ ...calm, phase: 'syncing', pendingEntries: 2 })).toBe('sending')
  expect(weatherOf({ ...calm, problem: { kind: 'unreachable', code: 'no-answer' } })).toBe('unreachable')
})

test('[VO910] a server that does not answer is told by what waits for it', async () => {
  const phone = await join()
  phone.server.fault({ before: (path) => (path === '/sync' ? problem('internal') : undefined) })
  openAt('/', phone.device)
  await phone.device.flush()
  expect(await screen.findByText('The server does not answer. Nothing waits to be sent; we try again.')).toBeTruthy()
  await savedChallenge(phone.device, challenge)
  await phone.device.flush()
  expect(await screen.findByText(/^The server does not answer\. It is all still on this phone; we try again/)).toBeTruthy()
})

test('[VO780] what something on the way refuses is not laid to the server, and a way out stands with it', async () => {
  const phone = await join()
  phone.server.fault({ before: (path) => (path === '/sync' ? text('<h1>Access denied</h1>', 403, 'text/html') : undefined) })
  await savedChallenge(phone.device, challenge)
  openAt('/', phone.device)
  expect(await screen.findByText(/^Something on the way refuses it: .* Use another connection, or hand it over as a file \(Settings\)\.$/)).toBeTruthy()
  phone.server.fault({ before: (path) => (path === '/sync' ? problem('too-many-requests') : undefined) })
  await phone.device.flush()
  expect(await screen.findByText(/^The server takes no more from this phone for the moment/)).toBeTruthy()
  expect(screen.queryByText(/does not answer/)).toBeNull()
  phone.server.fault(null)
  await phone.device.flush()
  expect(await screen.findByText('Everything has been received')).toBeTruthy()
})

test('[VO780] who joins behind a filter is told of it, and not to wait for the server', async () => {
  const server = createFakeServer()
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
  opened.push(device)
  server.fault({ before: (path) => (path === '/join' ? text('<h1>Access denied</h1>', 403, 'text/html') : undefined) })
  const { user } = openAt(`/join#${'s'.repeat(22)}`, device)
  await user.type(await screen.findByRole('textbox', { name: 'What should we call you?' }), 'Achieng')
  await user.click(screen.getByRole('button', { name: 'Join' }))
  expect(await screen.findByText(/^Something on the way refuses it, .* Try another connection; the link stays good\.$/)).toBeTruthy()
})

test('[VO781] a server that was set up anew does not know the phone, and that is what is said', async () => {
  const phone = await join()
  phone.server.fault({ before: (path) => (path === '/session' ? problem('bad-signature') : undefined) })
  phone.server.endSessions()
  await savedChallenge(phone.device, challenge)
  openAt('/', phone.device)
  expect(await screen.findByText(/^The server does not know this phone: it may have been set up anew\./)).toBeTruthy()
  expect(screen.getByText('1 entry still only here')).toBeTruthy()
})

test('[VO19] the desk is linked for whoever may review, and for nobody else', async () => {
  const volunteer = await join()
  const first = openAt('/', volunteer.device)
  await screen.findByRole('link', { name: /^Challenge/ })
  expect(screen.queryByRole('link', { name: 'To the desk' })).toBeNull()
  first.unmount()
  const coordinator = await join({ server: createFakeServer({ role: 'coordinator' }) })
  openAt('/', coordinator.device)
  expect((await screen.findByRole('link', { name: 'To the desk' })).getAttribute('href')).toBe('/desk')
})

test('[VO9] home speaks Arabic, with dates and plurals of its own', async () => {
  const phone = await join()
  phone.server.fault({ before: () => 'no-answer' })
  await savedChallenge(phone.device, { ...challenge, description: 'الماء يصل ساعتين كل يومين.', lang: 'ar' })
  openAt('/', phone.device, { language: arabic })
  const row = await screen.findByRole('link', { name: /الماء يصل.*على هذا الهاتف/ })
  expect(within(row).getByText(/اليوم/)).toBeTruthy()
  expect(await screen.findByText('ما زال هنا فقط: مدخل واحد')).toBeTruthy()
})

test('[VO15] without a membership there is only the way in', async () => {
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
  opened.push(device)
  openAt('/record/some-draft/topic', device)
  expect(await screen.findByRole('heading', { name: 'A notebook for what you see' })).toBeTruthy()
  expect(screen.queryByRole('link', { name: /Challenge/ })).toBeNull()
})

test('[VO670] whoever stands before the way in with something begun here is told that it is kept', async () => {
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
  opened.push(device)
  const kept = /What you have begun on this phone is kept/
  openAt('/', device)
  expect(await screen.findByText('Did you use Terrain in the browser of this phone?')).toBeTruthy()
  expect(screen.queryByText(kept)).toBeNull()
  await device.createDraft('challenge')
  expect(await screen.findByText(kept)).toBeTruthy()
})

test('[VO860] whoever was a member here and finds the way in is told that the browser has thrown its storage away', async () => {
  const cleared = /^This browser has thrown away what Terrain kept here/
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
  opened.push(device)
  const newcomer = openAt('/', device)
  expect(await screen.findByText('Did you use Terrain in the browser of this phone?')).toBeTruthy()
  expect(screen.queryByText(cleared)).toBeNull()
  newcomer.unmount()
  const member = await join()
  noteMember()
  const home = openAt('/', member.device)
  expect(await screen.findByRole('link', { name: /^Challenge/ })).toBeTruthy()
  expect(screen.queryByText(cleared)).toBeNull()
  home.unmount()
  openAt('/', device)
  expect(await screen.findByText(cleared)).toBeTruthy()
  localStorage.clear()
})

test('[VO861] what was begun by a clock that was ahead is not said to have been begun in the future', async () => {
  const { device } = await join()
  const draft = await device.createDraft('challenge')
  await device.writeDraft(draft.id, { fields: { description: 'The road is under water.' } })
  const row = () => screen.findByRole('link', { name: /The road is under water\./ })
  const begunAt = Date.parse((await device.readDraft(draft.id))?.updatedAt ?? '')
  const rightClock = openAt('/', device, { ground: volunteerGround({ now: () => begunAt + 3 * 3_600_000 }) })
  expect((await row()).textContent).toContain('3 hours ago')
  rightClock.unmount()
  openAt('/', device, { ground: volunteerGround({ now: () => begunAt - 2 * 365 * 86_400_000 }) })
  expect((await row()).textContent).not.toMatch(/\bin\b|year/)
})

test('[VO15] [VO250] joining says who sees the name, takes the secret from the fragment, and waits for a name', async () => {
  const server = createFakeServer()
  const device = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: server.fetch }))
  opened.push(device)
  const { user } = openAt(`/join#${'s'.repeat(22)}`, device)
  expect(await screen.findByText('An alias is fine. Coordinators see it. If you coordinate, so do those whose entries you answer or decide on.')).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: 'Join' }))
  expect(screen.getByText('Write a name or an alias.')).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: 'What should we call you?' }), 'Achieng')
  await user.click(screen.getByRole('button', { name: 'Join' }))
  await until(device.membership, (membership) => membership !== null)
  expect(await screen.findByText('Solidarity Network')).toBeTruthy()
  expect(location.hash).toBe('')
  expect(server.requests.find(({ path }) => path === '/join')?.body).toMatchObject({ invite: 's'.repeat(22), name: 'Achieng', language: 'en' })
})

test('[VO15] joining without a connection says that it needs one once', async () => {
  const ground = testGround({ databaseName: newDatabaseName(), fetch: () => Promise.reject(new TypeError('Failed to fetch')), isOnline: false })
  const device = await openDevice(ground)
  opened.push(device)
  const { user } = openAt(`/join#${'s'.repeat(22)}`, device)
  await user.type(await screen.findByRole('textbox', { name: 'What should we call you?' }), 'Achieng')
  await user.click(screen.getByRole('button', { name: 'Join' }))
  expect(await screen.findByText(/Joining needs one once; the link stays good/)).toBeTruthy()
})

test('[VO790] where something that was kept here is damaged nothing says that everything has been received, and a photo that cannot be read is not laid to the server', async () => {
  const phone = await join({ upload: () => Promise.resolve(fail({ kind: 'refused', code: 'unread-file' })) })
  await savedChallenge(phone.device, challenge)
  await phone.device.flush()
  openAt('/', phone.device)
  expect(await screen.findByText('Everything has been received')).toBeTruthy()
  const db = new DeviceDatabase(phone.ground.databaseName)
  await db.write([db.meta], () => writeMeta(db, 'damage', { entries: 1, changes: 0 }))
  db.shut()
  expect(await screen.findByText('Nothing waits')).toBeTruthy()
  expect(screen.queryByText('Everything has been received')).toBeNull()

  const draft = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(draft.id, { fields: { ...aChallenge({ consentPhoto: true }) } })
  await phone.device.addPhoto(draft.id, onePixelPhoto())
  await phone.device.saveDraft(draft.id)
  expect(await screen.findByText(/^This phone cannot read a photo or voice note that it keeps\. .*nothing was deleted/)).toBeTruthy()
})
