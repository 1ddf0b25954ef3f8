import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { keepRest, readShared } from '#device/media/shared.ts'
import type { SharedBatch } from '#device/media/shared.ts'
import { openDevice } from '#device/open-device.ts'
import { partAddress, sharedCache } from '#device/shared-address.ts'
import { createSignal } from '#device/signal.ts'
import { beginNote } from '#volunteer/shared/begin-note.ts'
import { createFakeCaches } from '../support/fake-caches.ts'
import type { FakeCaches } from '../support/fake-caches.ts'
import { createFakeServer } from '../support/fake-server.ts'
import { joinedPhone, newDatabaseName, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, deviceWith, openAt, today, volunteerGround } from './on-screen.tsx'

const opened: Pick<Phone['device'], 'close'>[] = []
afterEach(() => {
  for (const device of opened.splice(0)) device.close()
})

async function join(): Promise<Phone> {
  const phone = await joinedPhone()
  opened.push(phone.device)
  return phone
}

/** As the worker leaves it; picture n consists of the byte n. */
async function shared(caches: FakeCaches, text: string, pictures = 0): Promise<SharedBatch> {
  const files = Array.from({ length: pictures }, (_, n) => ({ n, type: 'image/jpeg', size: 1 }))
  const batch = { id: '2026-1', text, files }
  const cache = await caches.open(sharedCache)
  for (const { n } of files) await cache.put(partAddress(batch.id, n), new Response(Uint8Array.from([n]), { headers: { 'content-type': 'image/jpeg' } }))
  await keepRest(caches, batch)
  return batch
}

async function noteGround({ device }: Phone, caches: FakeCaches, unreadable: readonly number[] = []) {
  const [membership, preferences] = [await until(device.membership, (known) => known !== null), await until(device.preferences, () => true)]
  if (membership === null) throw new Error('not joined')
  const makePhoto = async (file: Blob | ImageBitmap) => {
    const n = 'arrayBuffer' in file ? (new Uint8Array(await file.arrayBuffer())[0] ?? -1) : -1
    return unreadable.includes(n) ? null : onePixelPhoto(n + 1)
  }
  return { device, caches, makePhoto, membership, preferences, today, language: 'en' }
}

const draftOf = async ({ device }: Phone, id: EntryId) => (await device.readDraft(id))?.content

test('[VO98] what was shared becomes a draft: the text its description, the pictures its photos, and nothing of it waits any more', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  const batch = await shared(caches, 'The well is dry.', 2)
  const note = await beginNote(await noteGround(phone, caches), 'challenge', batch)
  expect(await draftOf(phone, note.draft)).toMatchObject({ description: 'The well is dry.', observedOn: today, photos: [{}, {}] })
  expect([note.problem, note.rest.files, await readShared(caches), caches.held(sharedCache)]).toEqual([null, [], [], []])
})

test('[VO98] a fourth picture and one that cannot be read stay where they are, whole', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  const batch = await shared(caches, '', 5)
  const note = await beginNote(await noteGround(phone, caches, [1]), 'challenge', batch)
  expect((await draftOf(phone, note.draft))?.photos).toHaveLength(3)
  expect((await readShared(caches)).map(({ files }) => files.map(({ n }) => n))).toEqual([[1, 4]])
  expect(caches.held(sharedCache).toSorted()).toEqual(['/shared/2026-1', '/shared/2026-1/1', '/shared/2026-1/4'])
})

test('[VO98] a phone without room for the photo keeps it where it was, and the text is in the draft', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  const batch = await shared(caches, 'The well is dry.', 1)
  const ground = await noteGround(phone, caches)
  const full = { ...ground, device: { ...phone.device, addPhoto: async () => ({ ok: false as const, problem: { kind: 'photo-full' as const } }) } }
  const note = await beginNote(full, 'action', batch)
  expect(note.problem).toEqual({ kind: 'photo-full' })
  expect(await draftOf(phone, note.draft)).toMatchObject({ description: 'The well is dry.' })
  expect(await readShared(caches)).toMatchObject([{ text: '', files: [{ n: 0 }] }])
})

test('[VO98] the screen shows it offline, and a tap on the kind opens the note with its words', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  phone.ground.setOnline(false)
  await shared(caches, 'The well is dry.')
  const { user } = openAt('/shared', phone.device, { ground: volunteerGround({ caches }) })
  expect(await screen.findByText('The well is dry.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Challenge' }))
  expect(await screen.findByRole('heading', { name: 'What is it about?' })).toBeTruthy()
  const [draft] = await until(phone.device.drafts, (drafts) => drafts.length === 1)
  expect(draft?.content.description).toBe('The well is dry.')
  expect(await readShared(caches)).toEqual([])
})

test('[VO271] a phone that has no room for the note says so; what was shared waits, and can be tried again', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  await shared(caches, 'The well is dry.')
  const full = Object.assign(new Error('full'), { name: 'QuotaExceededError' })
  let isFull = true
  const { user } = openAt('/shared', deviceWith(phone.device, { createDraft: (...asking) => (isFull ? Promise.reject(full) : phone.device.createDraft(...asking)) }), { ground: volunteerGround({ caches }) })
  await user.click(await screen.findByRole('button', { name: 'Challenge' }))
  expect((await screen.findByRole('alert')).textContent).toContain('The phone is full')
  expect(await readShared(caches)).toMatchObject([{ text: 'The well is dry.' }])
  isFull = false
  await user.click(screen.getByRole('button', { name: 'Challenge' }))
  expect(await until(phone.device.drafts, ([draft]) => draft?.content.description === 'The well is dry.')).toHaveLength(1)
})

test('[VO99] before joining it is said that it is kept and what to do; afterwards home leads to it', async () => {
  const caches = createFakeCaches()
  await shared(caches, 'The well is dry.')
  const ground = volunteerGround({ caches })
  const stranger = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: createFakeServer().fetch }))
  opened.push(stranger)
  const before = openAt('/shared', stranger, { ground })
  expect(await screen.findByText(/has not joined a campaign yet/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Challenge' })).toBeNull()
  before.unmount()
  const phone = await join()
  openAt('/', phone.device, { ground })
  expect(await screen.findByText('Something from another app waits here.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Look at it' }).getAttribute('href')).toBe('/shared')
})

test('[VO99] what could not be kept is said with what to do, and what waits is thrown away only after a question', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  await shared(caches, 'The well is dry.')
  const { user } = openAt('/shared?failed', phone.device, { ground: volunteerGround({ caches }) })
  expect(await screen.findByText(/share it again from there/)).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: 'Throw it away' }))
  expect(await readShared(caches)).toHaveLength(1)
  await user.click(within(screen.getByRole('dialog', { name: 'Throw away what was shared?' })).getByRole('button', { name: 'Throw it away' }))
  await expect.poll(() => readShared(caches)).toEqual([])
})

test('[VO99] of more pictures than are kept at once it is said how many were not', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  const batch = await shared(caches, 'The well is dry.', 2)
  await keepRest(caches, { ...batch, notKept: 5 })
  openAt('/shared', phone.device, { ground: volunteerGround({ caches }) })
  expect(await screen.findByText('5 more pictures were too many at once and not kept. They are still in the other app.')).toBeTruthy()
})

test('[VO99] it speaks Arabic', async () => {
  const [phone, caches] = [await join(), createFakeCaches()]
  openAt('/shared', phone.device, { language: arabic, ground: volunteerGround({ caches }) })
  expect(await screen.findByText('لا شيء من تطبيق آخر ينتظر هنا.')).toBeTruthy()
})

test('[VO100] a file that the system opened with Terrain is taken along on the carry screen without a second choice', async () => {
  const phone = await join()
  const openedFile = createSignal<File | null>(null)
  openAt('/carry', phone.device, { ground: volunteerGround({ openedFile }) })
  expect(await screen.findByRole('heading', { name: 'Without a connection' })).toBeTruthy()
  openedFile.set(new File(['no bundle at all'], 'x.terrain'))
  expect(await screen.findByText(/This is no Terrain file/)).toBeTruthy()
  expect(openedFile.get()).toBeNull()
})
