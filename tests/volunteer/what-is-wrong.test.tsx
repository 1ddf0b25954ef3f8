import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Kind } from '#domain/entry.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
/** What was brought before the eye. */
const seen: (string | null)[] = []
/** The first of each screen is loaded when it is needed. */

beforeEach(() => {
  seen.length = 0
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this.textContent)
  }
})
afterEach(() => {
  Reflect.deleteProperty(Element.prototype, 'scrollIntoView')
  for (const phone of phones.splice(0)) phone.device.close()
})

async function draftOn(kind: Kind, step: string, fields: Readonly<Record<string, unknown>>) {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft(kind)
  await phone.device.writeDraft(id, { fields: { ...(kind === 'challenge' ? aChallenge() : anAction()), ...fields } })
  return openAt(`/record/${id}/${step}`, phone.device)
}

/** A screen that has just come takes the focus to its heading. */
const settled = () => waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 })))

test.each([
  ['challenge', 'topic', { topic: undefined }],
  ['challenge', 'severity', { severity: undefined }],
  ['challenge', 'who', { populationGroup: undefined }],
  ['challenge', 'source', { sourceType: undefined }],
  ['challenge', 'consent', { consentBasis: undefined }],
  ['action', 'type', { actionType: undefined }],
  ['action', 'status', { status: undefined }],
  ['action', 'answers', { noneListed: undefined }],
] as const)('[VO298] Next with nothing chosen leads to the first answer, and its sentence is seen and heard: %s, %s', async (kind, step, fields) => {
  const { user } = await draftOn(kind, step, fields)
  await screen.findByRole('button', { name: 'Next' })
  await settled()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  const sentence = await screen.findByRole('alert')
  const group = sentence.closest('fieldset')
  await waitFor(() => expect(document.activeElement).toBe(group?.querySelector('input')))
  expect(group?.getAttribute('aria-describedby')).toContain(sentence.id)
  expect(seen).toEqual([sentence.textContent])
})

test('[VO298] in a group of lists it leads to the first of them', async () => {
  const { user } = await draftOn('action', 'status', { status: 'completed', startOn: '2026-02-01', endOn: '2025-12-01' })
  await screen.findByRole('button', { name: 'Next' })
  await settled()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  const sentence = await screen.findByText('The end is before the start. Correct one of the two.')
  const [month] = within(sentence.closest('fieldset') ?? document.body).getAllByRole('combobox')
  await waitFor(() => expect(document.activeElement).toBe(month))
})

test('[VO298] where an answer of the group is chosen it leads to that one', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...aChallenge(), observedOn: '2026-02-28' } })
  const membership = phone.device.membership.get()
  if (membership === null || membership === undefined) throw new Error('joined')
  const later = { ...membership, campaign: { ...membership.campaign, startsOn: '2026-03-01' } }
  const { user } = openAt(`/record/${id}/date`, deviceWith(phone.device, { membership: { ...phone.device.membership, get: () => later } }))
  const yesterday = await screen.findByRole('radio', { name: /^Yesterday/ })
  await settled()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(document.activeElement).toBe(yesterday))
})

test('[VO72] a table that contradicts the number of people takes the focus, although it is drawn a moment later', async () => {
  const { user } = await draftOn('challenge', 'review', { affectedMin: 10, affectedMax: 40, affectedSadd: { f: { '5_17': 30 }, m: { '5_17': 11 } } })
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const sentence = await screen.findByText(/^This is more than all the people you counted/)
  await waitFor(() => expect(document.activeElement).toBe(sentence.closest('fieldset')?.querySelector('input')))
  expect(seen.at(-1)).toBe(sentence.textContent)
})

test('[VO298] a part that is wrong by itself takes the focus before its group', async () => {
  const { user } = await draftOn('challenge', 'review', { affectedMin: 10, affectedSadd: { f: { '5_17': 3 }, m: { '5_17': 'some' } } })
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const sentence = await screen.findByText('Write a whole number.')
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-describedby')).toContain(sentence.id))
  expect(document.activeElement).toHaveProperty('value', 'some')
})

test('[VO298] a change of a saved entry that is refused leads to what is wrong with it', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const id = await savedChallenge(phone.device, {})
  const { user } = openAt(`/entry/${id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: Words' }))
  const words = await screen.findByRole('textbox', { name: /What happens|Words/ })
  await user.clear(words)
  await user.type(words, 'Short')
  await user.click(screen.getByRole('button', { name: 'Save the change' }))
  await waitFor(() => expect(document.activeElement).toBe(words))
  expect(seen.at(-1)).toMatch(/at least ten characters/)
  await until(phone.device.entries, ([entry]) => entry?.state.content.description !== 'Short')
})

test.each([['Words', 'What happens?', { description: 'The kiosk sells water only until ten.' }], ['When', 'When was it?', { observedOn: '2026-02-27' }]] as const)('[VO298] what no entry can be without is not taken away from a saved one, and its line says so: %s', async (line, label, fields) => {
  const phone = await joinedPhone()
  phones.push(phone)
  const id = await savedChallenge(phone.device, fields)
  const { user } = openAt(`/entry/${id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: `Change: ${line}` }))
  const control = await screen.findByLabelText(label)
  await user.clear(control)
  await user.click(screen.getByRole('button', { name: 'Save the change' }))
  await waitFor(() => expect(document.activeElement).toBe(control))
  expect(seen.at(-1)).toBe('This is still missing.')
})
