import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Phone } from '../support/phone.ts'
import { decidedEntry, questionId } from './decided-entry.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** An entry with an open question about its place. */
async function asked(): Promise<Phone & { readonly id: string }> {
  const phone = await decidedEntry({ verdict: 'askBack', questions: [{ id: questionId, field: 'placeName', text: 'Where is it?' }] }, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
  phones.push(phone)
  return phone
}

test('[VO640] what may still come says that it has not come', async () => {
  const phone = await asked()
  openAt(`/entry/${phone.id}`, phone.device)
  const steps = within((await screen.findByRole('heading', { name: 'What became of it' })).closest('section') ?? document.body).getAllByRole('listitem')
  expect(steps.map((step) => step.textContent.includes('Not yet'))).toEqual([false, false, false, true, true])
})

test.each([['question', 'placeName', 'Ines asks about this'], ['comment', 'talk', 'Comments']])('[VO641] who follows a %s from home goes on at its heading', async (_, place, name) => {
  const phone = await asked()
  openAt(`/entry/${phone.id}#${place}`, phone.device)
  const heading = await screen.findByRole('heading', { name })
  await waitFor(() => expect(document.activeElement).toBe(heading))
  cleanup()
  openAt(`/entry/${phone.id}`, phone.device)
  expect(await screen.findByRole('heading', { name })).not.toBe(document.activeElement)
})

test('[VO643] who asks to correct an entry goes on at the words that say how', async () => {
  const phone = await asked()
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  await user.click(await screen.findByTitle(/^More: tell what changed/))
  await user.click(screen.getByRole('button', { name: 'Correct this entry' }))
  expect(document.activeElement?.textContent).toBe('Choose what to change. The version before is kept.')
})
