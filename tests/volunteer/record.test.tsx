import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { openDevice } from '#device/open-device.ts'
import { fail } from '#domain/result.ts'
import { stepsBehind } from '#volunteer/record/draft-history.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPhone, newDatabaseName, reopened, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { testGround } from '../support/test-ground.ts'
import { arabic, deviceWith, openAt, today } from './on-screen.tsx'

const phones: Phone[] = []
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}

afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
type User = ReturnType<typeof openAt>['user']

/** Reaches a control as a keyboard does, and no other way. */
async function tabTo(user: User, control: HTMLElement): Promise<void> {
  for (let presses = 0; presses < 80 && document.activeElement !== control; presses += 1) await user.tab()
  expect(document.activeElement).toBe(control)
}

async function next(user: User): Promise<void> {
  await tabTo(user, screen.getByRole('button', { name: 'Next' }))
  await user.keyboard('{Enter}')
}

/** By keyboard, which never goes on by itself: a tap would race with Next. */
async function choose(user: User, role: 'radio' | 'checkbox', name: string | RegExp): Promise<void> {
  // A screen that has just come takes the keyboard to its heading, and names the document by it: what is pressed before goes there.
  await waitFor(() => expect(document.title.startsWith(screen.getByRole('heading', { level: 1 }).textContent ?? '')).toBe(true))
  const control = await screen.findByRole(role, { name })
  control.focus()
  await user.keyboard(' ')
}

test('[VO2] a challenge is recorded by keyboard, from the record button to "Saved on this phone."', async () => {
  const { device } = await join()
  const { user } = openAt('/', device)
  await tabTo(user, await screen.findByRole('link', { name: /^Challenge/ }))
  await user.keyboard('{Enter}')

  await heading('What is it about?')
  await choose(user, 'radio', 'Water, sanitation and hygiene')
  await next(user)
  await heading('How serious is it?')
  await choose(user, 'radio', /People lack some essentials/)
  await next(user)
  await heading('Who is it about?')
  await choose(user, 'checkbox', 'Mothers and other caregivers')
  await next(user)
  await heading('Where is it?')
  expect(screen.getByRole('combobox', { name: 'Country' })).toHaveProperty('value', 'HTI')
  await user.type(screen.getByRole('textbox', { name: 'Place' }), 'Nyalenda')
  await next(user)
  await heading('When was it?')
  await next(user)
  await heading('What happens?')
  await user.type(screen.getByRole('textbox', { name: 'What happens?' }), 'The kiosk sells water only until ten.')
  await next(user)
  await heading('How do you know?')
  await choose(user, 'radio', 'I saw it myself')
  await next(user)
  await heading('Do the people agree?')
  await choose(user, 'radio', 'Nobody can be recognised')
  await next(user)
  const review = await heading('Read it once more')
  await eventually(() => expect(document.activeElement).toBe(review))
  expect(document.title).toBe('Read it once more – Terrain')
  await tabTo(user, screen.getByRole('button', { name: 'Save on this phone' }))
  await user.keyboard('{Enter}')

  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  const [entry] = await until(device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ kind: 'challenge', topic: 'WSH', severity: 3, populationGroup: ['GEN'], focusGroup: ['CAR'], placeName: 'Nyalenda', observedOn: today, description: 'The kiosk sells water only until ten.', sourceType: 'direct_observation', consentBasis: 'no_person' })
  expect(device.preferences.get()).toMatchObject({ recentTopics: ['WSH'], lastPlace: { country: 'HTI', placeName: 'Nyalenda' } })
})

test('[VO3] an action that answers none of the listed challenges keeps that as its answer', async () => {
  const { device } = await join()
  const { user } = openAt('/new/action', device)
  await heading('What do people do?')
  await choose(user, 'checkbox', /Making things/)
  await next(user)
  await heading('What is it about?')
  await choose(user, 'radio', 'Health')
  await next(user)
  await heading('Where does it stand?')
  await choose(user, 'radio', 'Ongoing')
  await next(user)
  await heading('Where, and who does it?')
  await user.type(screen.getByRole('textbox', { name: 'Place' }), 'Manyatta')
  await user.type(await screen.findByRole('textbox', { name: 'Who does it?' }), 'Mama Taa')
  await user.selectOptions(screen.getByRole('combobox', { name: 'What kind of group is it?' }), '504')
  await next(user)
  await heading('Whom does it reach?')
  await choose(user, 'checkbox', 'Not known')
  await next(user)
  await heading('What was done?')
  await user.type(screen.getByRole('textbox', { name: 'What was done?' }), 'Fourteen women sew masks.')
  await next(user)
  await heading('Which challenge does it answer?')
  await next(user)
  expect(screen.getByText('Choose one.')).toBeTruthy()
  await choose(user, 'checkbox', /None listed/)
  await next(user)
  await heading('How do you know, and do the people agree?')
  await choose(user, 'radio', 'I saw it myself')
  await choose(user, 'radio', 'They said yes')
  await next(user)
  await heading('Read it once more')
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))

  const [entry] = await until(device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ kind: 'action', actionType: ['production'], status: 'ongoing', startOn: '2026-03-01', orgName: 'Mama Taa', orgType: '504', reached: 'unknown', noneListed: true, observedOn: today })
  expect((await until(device.preferences, ({ lastOrg }) => lastOrg !== null)).lastOrg).toEqual({ orgName: 'Mama Taa', orgType: '504' })
})

test('[VO1] a new challenge has today and the general population, and no judgement', async () => {
  const { device } = await join()
  openAt('/new/challenge', device)
  await heading('What is it about?')
  for (const tile of screen.getAllByRole('radio')) expect(tile).toHaveProperty('checked', false)
  const [draft] = await until(device.drafts, (drafts) => drafts.length === 1 && drafts[0]?.step === 'topic')
  expect(draft?.content).toEqual({ kind: 'challenge', observedOn: today, populationGroup: ['GEN'], country: 'HTI' })
})

test('[VO4] a field says what is wrong only after Next, and takes the focus', async () => {
  const { device } = await join()
  const draft = await device.createDraft('challenge')
  const { user } = openAt(`/record/${draft.id}/words`, device)
  const words = await screen.findByRole('textbox', { name: 'What happens?' })
  await user.type(words, 'Too few')
  expect(screen.queryByText(/at least ten characters/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByText(/at least ten characters/)).toBeTruthy()
  await eventually(() => expect(document.activeElement).toBe(words))
  expect(words.getAttribute('aria-invalid')).toBe('true')
  await user.type(words, ' before, now enough.')
  expect(screen.queryByText(/at least ten characters/)).toBeNull()
})

test('[VO6] after a killed browser a draft opens at the step and with the words where it was left', async () => {
  const phone = await join()
  const draft = await phone.device.createDraft('challenge')
  const before = openAt(`/record/${draft.id}/words`, phone.device)
  await before.user.type(await screen.findByRole('textbox', { name: 'What happens?' }), 'The well has been dry')
  await until(phone.device.drafts, ([kept]) => kept?.content.description === 'The well has been dry')
  before.unmount()

  const again = await reopened(phone)
  phones.push(again)
  const { user } = openAt('/', again.device)
  await user.click(await screen.findByRole('link', { name: /The well has been dry/ }))
  await heading('What happens?')
  expect(screen.getByRole('textbox', { name: 'What happens?' })).toHaveProperty('value', 'The well has been dry')
})

const whole = { topic: 'WSH', severity: 3, populationGroup: ['GEN'], country: 'HTI', placeName: 'Nyalenda', observedOn: today, description: 'The kiosk closes at ten.', lang: 'en', sourceType: 'direct_observation', consentBasis: 'no_person' }

async function wholeDraft(phone: Phone, fields: Readonly<Record<string, unknown>> = {}): Promise<EntryId> {
  const { id } = await phone.device.createDraft('challenge')
  await phone.device.writeDraft(id, { fields: { ...whole, ...fields }, step: 'review' })
  return id
}

test('[VO7] nothing is called saved before the save has resolved', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const release = Promise.withResolvers<undefined>()
  const slow = deviceWith(phone.device, { saveDraft: async (draft) => (await release.promise, phone.device.saveDraft(draft)) })
  const { user } = openAt(`/record/${id}/review`, slow)
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByRole('button', { name: 'Saving …' })).toBeTruthy()
  expect(screen.queryByText('Saved on this phone.')).toBeNull()
  release.resolve(undefined)
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
})

test('[VO7] a full phone keeps the draft and says what to do', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const full = deviceWith(phone.device, { saveDraft: () => Promise.resolve(fail({ kind: 'storage-full' })) })
  const { user } = openAt(`/record/${id}/review`, full)
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  expect((await screen.findByText(/The phone is full/)).textContent).toMatch(/Remove a photo here/)
  expect(screen.queryByText('Saved on this phone.')).toBeNull()
  expect(await phone.device.readDraft(id)).not.toBeNull()
})

test('[VO16] saving names what is missing; the way there and back is one tap each', async () => {
  const phone = await join()
  const id = await wholeDraft(phone, { severity: undefined })
  const { user } = openAt(`/record/${id}/review`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  // The question ends it with its own sign.
  expect(await screen.findByText(/Something is still missing: How serious is it\?$/)).toBeTruthy()
  await user.click(screen.getByRole('link', { name: 'Change: How serious' }))
  await heading('How serious is it?')
  await user.click(screen.getByRole('radio', { name: /Life is close to normal/ }))
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await heading('Read it once more')
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  await until(phone.device.entries, (entries) => entries.length === 1)
})

test('[VO344] whoever goes back after a save comes to where the draft was opened, past each of its steps and what the review led to', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  await phone.device.writeDraft(id, { step: 'consent' })
  const { user } = openAt('/', phone.device)
  await user.click(await screen.findByRole('link', { name: /The kiosk closes at ten/ }))
  await heading('Do the people agree?')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('Read it once more')
  await user.click(screen.getByRole('link', { name: 'Change: How serious' }))
  await heading('How serious is it?')
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  const pops = vi.fn<() => void>()
  addEventListener('popstate', pops)
  history.back()
  // To the step before the save, and from there out of the draft.
  await waitFor(() => expect(pops).toHaveBeenCalledTimes(2))
  removeEventListener('popstate', pops)
  expect(location.pathname).toBe('/')
  expect(await heading('My notebook')).toBeTruthy()
})

test('[VO344] a draft that was closed and opened again is passed over as a whole, where it was opened first as well', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  await phone.device.writeDraft(id, { step: 'consent' })
  const { user } = openAt('/', phone.device)
  await user.click(await screen.findByRole('link', { name: /The kiosk closes at ten/ }))
  await heading('Do the people agree?')
  await user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  await user.click(await screen.findByRole('link', { name: /The kiosk closes at ten/ }))
  await heading('Do the people agree?')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('Read it once more')
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  for (let times = 0; times < 2; times += 1) {
    const pops = vi.fn<() => void>()
    addEventListener('popstate', pops)
    history.back()
    // Each time to a place within the draft, and from there out of it.
    await waitFor(() => expect(pops).toHaveBeenCalledTimes(2))
    removeEventListener('popstate', pops)
    expect(location.pathname).toBe('/')
    expect(await heading('My notebook')).toBeTruthy()
  }
})

test('[VO344] where Terrain was opened with the draft nothing lies before it: its steps are passed over up to its first place', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const first = vi.spyOn(history, 'length', 'get').mockReturnValue(1)
  const { user } = openAt(`/record/${id}/consent`, phone.device)
  await heading('Do the people agree?')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('Read it once more')
  expect(stepsBehind()).toBe(1)
  first.mockRestore()
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  history.back()
  await waitFor(() => expect(location.pathname).toBe(`/record/${id}/consent`))
  expect(await screen.findByText('This draft has been saved or thrown away.')).toBeTruthy()
})

test('[VO12] a quotation is offered only after its speaker agrees, and goes when they do not', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const { user } = openAt(`/record/${id}/review`, phone.device)
  await user.click(await screen.findByText('More detail'))
  await user.click(await screen.findByText('Words of someone'))
  await screen.findByRole('group', { name: 'May we quote them?' })
  expect(screen.queryByRole('textbox', { name: 'In their own words' })).toBeNull()
  const consent = within(await screen.findByRole('group', { name: 'May we quote them?' }))
  await user.click(consent.getByRole('radio', { name: 'Yes' }))
  await user.type(screen.getByRole('textbox', { name: 'In their own words' }), 'We walk to the lake.')
  await user.click(consent.getByRole('radio', { name: 'No' }))
  const [draft] = await until(phone.device.drafts, ([kept]) => kept?.content.consentQuote === false)
  expect(draft?.content.quote).toBeUndefined()
})

test('[VO10] a phone number is pointed out; leaving it or going on is free', async () => {
  const phone = await join()
  const id = await wholeDraft(phone, { description: undefined })
  const { user } = openAt(`/record/${id}/words`, phone.device)
  const words = await screen.findByRole('textbox', { name: 'What happens?' })
  await user.type(words, 'Call 034 12 345 67 for water.')
  expect(await screen.findByText('A phone number?')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Let me change it' }))
  await eventually(() => expect(document.activeElement).toBe(words))
  await user.keyboard('the kiosk')
  expect(words).toHaveProperty('value', 'Call the kiosk for water.')
  expect(screen.queryByText('A phone number?')).toBeNull()
  await user.type(words, ' Or 034 12 345 67.')
  await user.click(await screen.findByRole('button', { name: 'Keep it anyway' }))
  expect(screen.queryByText('A phone number?')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('How do you know?')
})

test('[VO9] the path speaks Arabic, and words keep their own direction', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  openAt(`/record/${id}/words`, phone.device, { language: arabic })
  await heading('ماذا يحدث؟')
  const words = screen.getByRole('textbox', { name: 'ماذا يحدث؟' })
  expect(words.getAttribute('dir')).toBe('auto')
  expect(words.getAttribute('lang')).toBe('en')
  expect(screen.getByText(/^الخطوة/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'التالي' })).toBeTruthy()
})

test('[VO21] a window that shows the draft as it was when it was new, and is closed, takes nothing away that another one wrote', async () => {
  const phone = await joinedPhone()
  phones.push(phone)
  const draft = await phone.device.createDraft('challenge')
  const { user } = openAt(`/record/${draft.id}/topic`, phone.device)
  const close = await screen.findByRole('link', { name: 'Close, the draft is kept' })
  await phone.device.writeDraft(draft.id, { fields: { topic: 'WSH', description: 'Forty families drink from the river.' }, step: 'words' })
  await user.click(close)
  await screen.findByRole('navigation', { name: 'Record' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect((await phone.device.readDraft(draft.id))?.content.description).toBe('Forty families drink from the river.')
})

test('[VO21] closing keeps a draft with one answer, and leaves nothing of one without', async () => {
  const { device } = await join()
  const first = openAt('/new/action', device)
  await heading('What do people do?')
  await first.user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  await until(device.drafts, (drafts) => drafts.length === 0)
  first.unmount()

  const { user } = openAt('/new/action', device)
  await heading('What do people do?')
  await user.click(screen.getByRole('checkbox', { name: /Arts and culture/ }))
  await user.click(screen.getByRole('link', { name: 'Close, the draft is kept' }))
  expect(await screen.findByRole('heading', { name: 'Not finished yet' })).toBeTruthy()
  expect(await until(device.drafts, (drafts) => drafts.length === 1)).toMatchObject([{ content: { actionType: ['culture'] } }])
})

test('[VO271] where the phone has no room for a draft, that is said instead of a blank page, and nothing half begun stays', async () => {
  const { device } = await join()
  const full = Object.assign(new Error('full'), { name: 'AbortError', inner: { name: 'QuotaExceededError' } })
  const first = openAt('/new/challenge', deviceWith(device, { createDraft: () => Promise.reject(full) }))
  expect((await screen.findByRole('alert')).textContent).toContain('The phone is full')
  expect(screen.getByRole('link', { name: 'To my entries' })).toBeTruthy()
  first.unmount()
  const discarded: EntryId[] = []
  openAt('/new/action', deviceWith(device, {
    writeDraft: () => Promise.resolve(fail({ kind: 'storage-full' })),
    discardDraft: (id) => {
      discarded.push(id)
      return device.discardDraft(id)
    },
  }))
  expect((await screen.findByRole('alert')).textContent).toContain('The phone is full')
  expect(discarded).toHaveLength(1)
  await until(device.drafts, (drafts) => drafts.length === 0)
})

test('[VO301] the review in a second window saves the same entry, after the first one did', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const { user } = openAt(`/record/${id}/review`, phone.device)
  const save = await screen.findByRole('button', { name: 'Save on this phone' })
  expect((await phone.device.saveDraft(id)).ok).toBe(true)
  await user.click(save)
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  expect(await until(phone.device.entries, (all) => all.length > 0)).toHaveLength(1)
})

test('[VO313] who goes on in a second window, after the first one has saved, is told that and brought home', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const { user } = openAt(`/record/${id}/consent`, phone.device)
  const next = await screen.findByRole('button', { name: 'Next' })
  await until(phone.device.drafts, ([one]) => one?.step === 'consent')
  expect((await phone.device.saveDraft(id)).ok).toBe(true)
  await user.click(next)
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
  expect(location.pathname).toBe('/')
  expect(screen.queryByRole('alert')).toBeNull()
})

test('[VO313] who goes on in a second window, after the first one has thrown it away, is told that', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  const { user } = openAt(`/record/${id}/consent`, phone.device)
  const next = await screen.findByRole('button', { name: 'Next' })
  await until(phone.device.drafts, ([one]) => one?.step === 'consent')
  await phone.device.discardDraft(id)
  await user.click(next)
  expect(await screen.findByRole('heading', { name: 'This draft has been saved or thrown away.' })).toBeTruthy()
})

test('[VO315] whoever comes back to a window reads what another one has written, before it is saved; a save there brings home', async () => {
  const phone = await join()
  const id = await wholeDraft(phone)
  openAt(`/record/${id}/review`, phone.device)
  await screen.findByRole('button', { name: 'Save on this phone' })
  await until(phone.device.drafts, ([one]) => one?.step === 'review')
  await phone.device.writeDraft(id, { fields: { description: 'The other window says that the pump is broken.' } })
  fireEvent.focus(window)
  expect(await screen.findByText('The other window says that the pump is broken.')).toBeTruthy()
  expect((await phone.device.saveDraft(id)).ok).toBe(true)
  fireEvent.focus(window)
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
})

test('[VO273] what a save came to, and why joining failed, is brought before the eye each time', async () => {
  const seen: string[] = []
  Element.prototype.scrollIntoView = function (this: Element) {
    seen.push(this.textContent)
  }
  try {
    const phone = await join()
    const { id } = await phone.device.createDraft('challenge')
    const first = openAt(`/record/${id}/review`, phone.device)
    const save = await screen.findByRole('button', { name: 'Save on this phone' })
    await first.user.click(save)
    await first.user.click(save)
    await waitFor(() => expect(seen).toEqual([expect.stringContaining('Something is still missing'), expect.stringContaining('Something is still missing')]))
    first.unmount()
    seen.length = 0
    const stranger = await openDevice(testGround({ databaseName: newDatabaseName(), fetch: () => Promise.reject(new Error('no line')) }))
    phones.push({ ...phone, device: stranger })
    const { user } = openAt('/join#secret', stranger)
    await user.type(await screen.findByRole('textbox', { name: /What should we call you/ }), 'Awa')
    await user.click(screen.getByRole('button', { name: 'Join' }))
    await waitFor(() => expect(seen.at(-1)).toMatch(/Joining needs one once|server does not answer/))
  } finally {
    Reflect.deleteProperty(Element.prototype, 'scrollIntoView')
  }
})
