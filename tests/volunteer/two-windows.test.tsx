import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { aChallenge } from '../support/contents.ts'
import { joinedPhone, onePixelPhoto, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { decidedEntry } from './decided-entry.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** A draft that could be saved; the other window is the device itself. */
async function begun(): Promise<Phone & { readonly id: EntryId }> {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  const { kind: _kind, ...fields } = aChallenge({ description: 'The pump gives no water.' })
  await phone.device.writeDraft(id, { fields, step: 'words' })
  return { ...phone, id }
}

async function decided(): ReturnType<typeof decidedEntry> {
  const phone = await decidedEntry({ verdict: 'approve' }, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
  phones.push(phone)
  return phone
}

const wordsOf = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: /What happens|What is the difficulty/ })
const late = /had already saved this, or thrown it away/

test('[VO340] words typed after another window has saved the draft are begun on its entry, to which their author is brought; a reload finds them', async () => {
  const { device, id } = await begun()
  const first = openAt(`/record/${id}/words`, device)
  const field = await wordsOf()
  fireEvent.change(field, { target: { value: 'The pump gives no water. And the tank is empty.' } })
  expect((await device.saveDraft(id)).ok).toBe(true)
  await waitFor(() => expect(location.pathname).toBe(`/entry/${id}`))
  expect(await screen.findByText(late)).toBeTruthy()
  await until(device.begun, ([one]) => one?.fields['description'] === 'The pump gives no water. And the tank is empty.')
  expect(device.drafts.get()).toEqual([])
  first.unmount()
  const again = openAt(`/entry/${id}`, device)
  const kept = await screen.findByDisplayValue('The pump gives no water. And the tank is empty.')
  expect(kept).toBeTruthy()
  await again.user.click(screen.getByRole('button', { name: 'Save the change' }))
  await until(device.entries, ([entry]) => entry?.state.content.description === 'The pump gives no water. And the tank is empty.')
  expect(await until(device.begun, (all) => all.length === 0)).toEqual([])
})

test('[VO340] and home leads to them; given up they go', async () => {
  const { device, id } = await begun()
  const first = openAt(`/record/${id}/words`, device)
  const field = await wordsOf()
  fireEvent.change(field, { target: { value: 'The pump gives no water. Late.' } })
  expect((await device.saveDraft(id)).ok).toBe(true)
  await until(device.begun, (all) => all.length === 1)
  first.unmount()
  const { user } = openAt('/', device)
  const drafts = within((await screen.findByRole('heading', { name: 'Not finished yet' })).closest('section') ?? document.body)
  await user.click(drafts.getByRole('link', { name: /The pump gives no water/ }))
  await user.click(await screen.findByRole('button', { name: 'Cancel' }))
  expect(await until(device.begun, (all) => all.length === 0)).toEqual([])
})

test('[VO340] words typed after another window has thrown the draft away make it a draft again, without its photos; the screen says so', async () => {
  const { device, id } = await begun()
  await device.addPhoto(id, onePixelPhoto())
  const { user, unmount } = openAt(`/record/${id}/words`, device)
  const field = await wordsOf()
  fireEvent.change(field, { target: { value: 'The pump gives no water. And the tank is empty.' } })
  await device.discardDraft(id)
  expect(await screen.findByText(late)).toBeTruthy()
  await user.type(field, ' Since May.')
  const words = 'The pump gives no water. And the tank is empty. Since May.'
  const [draft] = await until(device.drafts, ([one]) => one?.content['description'] === words)
  expect([draft?.id, draft?.step, draft?.content.topic, draft?.content.photos]).toEqual([id, 'words', 'EDU', undefined])
  expect(field.value).toBe(words)
  expect(location.pathname).toBe(`/record/${id}/words`)
  unmount()
  openAt(`/record/${id}/words`, device)
  expect((await wordsOf()).value).toBe(words)
})

test('[VO341] what another window writes of a draft stands here while one looks, without coming back to it', async () => {
  const { device, id } = await begun()
  openAt(`/record/${id}/words`, device)
  const field = await wordsOf()
  await device.writeDraft(id, { fields: { description: 'The other window says that the pump is broken.' } })
  await waitFor(() => expect(field.value).toBe('The other window says that the pump is broken.'))
  expect((await device.saveDraft(id)).ok).toBe(true)
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
})

test('[VO341] and of a saved entry: words, answers and the comment, never over what is typed here', async () => {
  const { device, id } = await decided()
  const { user } = openAt(`/entry/${id}`, device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: Words' }))
  const field = screen.getAllByRole<HTMLTextAreaElement>('textbox')[0] ?? (document.body as never)
  await user.type(field, ' Here.')
  await until(device.begun, ([one]) => String(one?.fields['description']).endsWith('Here.'))
  await device.writeBegun(id, { fields: { description: 'The kiosk sells no water. There.' }, comment: 'Two villages.', commentLang: 'en' })
  await waitFor(() => expect(field.value).toBe('The kiosk sells no water. There.'))
  expect(await screen.findByRole('textbox', { name: 'Your comment' })).toHaveProperty('value', 'Two villages.')
  // Here somebody types on, and has not been written yet, while the other window writes.
  fireEvent.change(field, { target: { value: 'The kiosk sells no water. Here again.' } })
  await device.writeBegun(id, { fields: { description: 'The kiosk is closed. There.', severity: 4 }, comment: 'Three villages.', commentLang: 'en' })
  expect(await screen.findByDisplayValue('Three villages.')).toBeTruthy()
  expect(field.value).toBe('The kiosk sells no water. Here again.')
  await until(device.begun, ([one]) => one?.fields['description'] === 'The kiosk sells no water. Here again.' && one.fields['severity'] === 4)
  expect(await screen.findByRole('radio', { name: /People lack most essentials/ })).toHaveProperty('checked', true)
})

test('[VO341] a change that another window begins opens here, too', async () => {
  const { device, id } = await decided()
  openAt(`/entry/${id}`, device)
  await screen.findByRole('button', { name: 'Correct this entry' })
  await device.writeBegun(id, { fields: { description: 'The kiosk sells no water. There.' } })
  expect(await screen.findByDisplayValue('The kiosk sells no water. There.')).toBeTruthy()
})

test('[VO340] what is begun has its line on the entry, also where it would not be asked, so that it can be given up', async () => {
  const { device, id } = await decided()
  await device.writeBegun(id, { fields: { quote: 'The queue begins at four.' } })
  const { user } = openAt(`/entry/${id}`, device)
  expect(await screen.findByDisplayValue('The queue begins at four.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await until(device.begun, (all) => all.length === 0)).toEqual([])
})
