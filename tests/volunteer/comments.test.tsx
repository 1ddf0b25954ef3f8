import { fireEvent, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

async function writtenTo(...texts: readonly string[]): Promise<Phone & { readonly id: EntryId }> {
  const phone = await joinedPhone()
  phones.push(phone)
  const id = await savedChallenge(phone.device, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
  await phone.device.flush()
  for (const text of texts) phone.server.addChange({ entryId: id, type: 'comment', body: { text, lang: 'en' } })
  await phone.device.flush()
  phone.ground.setOnline(false)
  await until(phone.device.entries, ([entry]) => entry?.state.comments.length === texts.length)
  return { ...phone, id }
}

test('[VO96] home shows who wrote and the newest of it, the row how much is new, and both are settled once the entry was opened', async () => {
  const phone = await writtenTo('Thank you for this.', 'Is it open again?')
  const home = openAt('/', phone.device)
  const card = within(await screen.findByRole('region', { name: /Ines wrote to you/ }))
  expect(card.getByText('Is it open again?')).toBeTruthy()
  expect(screen.getByRole('link', { name: /The kiosk sells water.*2 new comments/ })).toBeTruthy()
  await home.user.click(card.getByRole('link', { name: 'Read' }))
  expect(location.pathname).toBe(`/entry/${phone.id}`)
  const talk = within((await screen.findByRole('heading', { name: 'Comments' })).closest('section') ?? document.body)
  // Settled on the phone, and still marked on the screen on which it is read.
  await until(phone.device.entries, ([entry]) => entry?.unread.length === 0)
  expect(talk.getAllByText('New')).toHaveLength(2)
  home.unmount()
  openAt('/', phone.device)
  expect(await screen.findByRole('link', { name: /The kiosk sells water/ })).toBeTruthy()
  expect(screen.queryByRole('region', { name: /wrote to you/ })).toBeNull()
  expect(screen.queryByText(/new comment/i)).toBeNull()
})

test('[VO96] what one wrote oneself is not told as new', async () => {
  const phone = await writtenTo()
  await phone.device.comment(phone.id, 'They opened again.', 'en')
  openAt('/', phone.device)
  expect(await screen.findByRole('link', { name: /The kiosk sells water/ })).toBeTruthy()
  await until(phone.device.entries, ([entry]) => entry?.state.comments.length === 1)
  expect(screen.queryByRole('region', { name: /wrote to you/ })).toBeNull()
  expect(screen.queryByText(/new comment/i)).toBeNull()
})

test('[VO261] two quick taps make one comment, and one that the phone refused can be sent once more', async () => {
  const phone = await writtenTo()
  const asked: string[] = []
  const device = deviceWith(phone.device, {
    comment: (entry, text, lang) => {
      asked.push(text)
      return asked.length === 1 ? Promise.resolve({ ok: false, problem: { kind: 'storage-full' } }) : phone.device.comment(entry, text, lang)
    },
  })
  const { user } = openAt(`/entry/${phone.id}`, device)
  await user.click(await screen.findByRole('button', { name: 'Write a comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'They opened again.')
  const tapTwice = (): void => {
    const send = screen.getByRole('button', { name: 'Save the comment' })
    fireEvent.click(send)
    fireEvent.click(send)
  }
  tapTwice()
  await screen.findByRole('alert')
  expect(asked).toHaveLength(1)
  tapTwice()
  expect(await screen.findByRole('button', { name: 'Write a comment' })).toBeTruthy()
  expect((await until(phone.device.entries, ([entry]) => entry?.state.comments.length !== 0))[0]?.state.comments).toHaveLength(1)
  expect(asked).toHaveLength(2)
})

test('[VO96] [VO502] a comment is told in Arabic, with its plurals, and the name keeps its dots to itself', async () => {
  const phone = await writtenTo('شكراً لك.', 'هل فُتح من جديد؟')
  openAt('/', phone.device, { language: arabic })
  expect(await screen.findByRole('region', { name: /رسالة لك من \u2068Ines\u2069/ })).toBeTruthy()
  expect(screen.getByText('تعليقان جديدان')).toBeTruthy()
})

test('[VO345] a comment of several lines keeps them on its entry, as on home', async () => {
  const phone = await writtenTo('Bring two things:\n- the list\n- a pen')
  const home = openAt('/', phone.device)
  const onHome = (await screen.findByText(/Bring two things/)).className
  home.unmount()
  openAt(`/entry/${phone.id}`, phone.device)
  const onEntry = await screen.findByText(/Bring two things/)
  expect([onEntry.className, onEntry.getAttribute('lang'), onEntry.dir]).toEqual([onHome, 'en', 'auto'])
})
