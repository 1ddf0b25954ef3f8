import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** An entry on a phone that has sent it, or that never had a connection since. */
async function phoneWith(entry: 'sent' | 'unsent'): Promise<Phone & { readonly id: EntryId }> {
  const phone = await joinedPhone()
  phones.push(phone)
  if (entry === 'unsent') phone.ground.setOnline(false)
  const id = await savedChallenge(phone.device, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
  if (entry === 'unsent') return { ...phone, id }
  await phone.device.flush()
  await until(phone.device.entries, ([first]) => first?.travel === 'received')
  return { ...phone, id }
}

const open = async (phone: Phone & { readonly id: EntryId }) => {
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  // The first of these tests waits for the screen's chunk, which a busy machine takes a while to read.
  await user.click(await screen.findByRole('button', { name: 'Erase for good' }))
  return { user, dialog: within(screen.getByRole('dialog', { name: 'Erase this entry for good?' })) }
}

test('[VO240] erasing says what goes, what stays and how it differs from taking back, and needs no reason', async () => {
  const phone = await phoneWith('sent')
  const { user, dialog } = await open(phone)
  expect(dialog.getByText(/words, photos, voice note, comments and decisions go: .* cannot be undone/)).toBeTruthy()
  expect(dialog.getByText(/What stays: that there was an entry, its number and dates/)).toBeTruthy()
  expect(dialog.getByText(/Take it back instead: coordinators can still read it/)).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Keep it' }))
  expect(phone.device.entries.get()).toHaveLength(1)
  await user.click(screen.getByRole('button', { name: 'Erase for good' }))
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Erase for good' }))
  expect(await screen.findByRole('heading', { name: 'Erased for good' })).toBeTruthy()
  expect(screen.getByRole('status').textContent).toContain('Nothing of it is left on this phone.')
  await phone.device.flush()
  expect(phone.server.stored().at(-1)?.change).toMatchObject({ type: 'erase', entryId: phone.id, body: { reason: '' } })
  expect(await until(phone.device.entries, (entries) => entries.length === 0)).toEqual([])
})

test('[VO240] a reason that is given goes along; one that is too long says so and nothing is erased', async () => {
  const phone = await phoneWith('sent')
  const { user, dialog } = await open(phone)
  await user.click(dialog.getByRole('textbox'))
  await user.paste('x'.repeat(501))
  await user.click(dialog.getByRole('button', { name: 'Erase for good' }))
  expect(phone.device.entries.get()).toHaveLength(1)
  await user.clear(dialog.getByRole('textbox'))
  await user.type(dialog.getByRole('textbox'), 'They asked for it.')
  await user.click(dialog.getByRole('button', { name: 'Erase for good' }))
  await screen.findByRole('heading', { name: 'Erased for good' })
  await phone.device.flush()
  expect(phone.server.stored().at(-1)?.change.body).toEqual({ reason: 'They asked for it.' })
})

test('[VO241] an entry that was never sent is erased too, and its question speaks of no number and no server', async () => {
  const phone = await phoneWith('unsent')
  const { user, dialog } = await open(phone)
  expect(dialog.getByText(/nothing of it has arrived anywhere/)).toBeTruthy()
  expect(dialog.queryByText(/What stays: that there was an entry/)).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Erase for good' }))
  expect(await screen.findByRole('heading', { name: 'Erased for good' })).toBeTruthy()
  expect(await until(phone.device.entries, (entries) => entries.length === 0)).toEqual([])
  await user.click(screen.getByRole('link', { name: 'Back to my entries' }))
  expect(await screen.findByText('1 erasure still has to reach the server')).toBeTruthy()
  expect(screen.queryByText(/still only here/)).toBeNull()
})

test('[VO241] so is one that was taken back before, and nothing offers to take it back again', async () => {
  const phone = await phoneWith('sent')
  await phone.device.withdraw(phone.id)
  const { user, dialog } = await open(phone)
  expect(dialog.queryByText(/Take it back instead/)).toBeNull()
  expect(screen.queryByRole('button', { name: 'Take this entry back' })).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Erase for good' }))
  expect(await screen.findByRole('heading', { name: 'Erased for good' })).toBeTruthy()
})
