import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Device, LocalEntry } from '#device/device.ts'
import { trailOf } from '#volunteer/entry/trail-model.ts'
import { until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { decidedEntry, questionId } from './decided-entry.ts'
import { arabic, deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

/** An entry that the server has, with what a coordinator decided on it. */
async function decided(body: Readonly<Record<string, unknown>>, fields: Readonly<Record<string, unknown>> = {}): ReturnType<typeof decidedEntry> {
  const phone = await decidedEntry(body, { topic: 'WSH', description: 'The kiosk sells water only until ten.', ...fields })
  phones.push(phone)
  return phone
}

const entryNow = ({ device }: Phone): LocalEntry | undefined => device.entries.get()?.[0]

test('[VO8] a question is answered at its field, and the revision names it', async () => {
  const phone = await decided({ verdict: 'askBack', questions: [{ id: questionId, field: 'affectedMin', text: 'Is this 40 children, or 40 families?' }] }, { affectedMin: 40, affectedUnit: 'people' })
  phone.server.fault({ before: () => 'no-answer' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  // The first of these tests waits for the screen's chunk, which a busy machine takes a while to read.
  const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
  expect(question.getByText('Is this 40 children, or 40 families?')).toBeTruthy()
  expect(question.getByRole('textbox')).toHaveProperty('value', '40')
  await user.click(question.getByRole('radio', { name: 'households' }))
  await user.click(question.getByRole('button', { name: 'Answer' }))
  expect(await screen.findByText('Answered on this phone. It goes out by itself.')).toBeTruthy()
  const [entry] = await until(phone.device.entries, ([first]) => first?.state.questions[0]?.answeredBy !== null)
  expect(entry?.state.content).toMatchObject({ affectedMin: 40, affectedUnit: 'households' })
  expect(entry?.state.review).toBe('edited')
  expect(screen.queryByRole('region', { name: /Ines asks about this/ })).toBeNull()
})

test('[VO8] an answer that does not fit its field is said there, and nothing is sent', async () => {
  const phone = await decided({ verdict: 'askBack', questions: [{ id: questionId, field: 'description', text: 'What happens after ten?' }] })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
  await user.clear(question.getByRole('textbox'))
  await user.type(question.getByRole('textbox'), 'Short')
  await user.click(question.getByRole('button', { name: 'Answer' }))
  expect(await screen.findByText(/at least ten characters/)).toBeTruthy()
  expect(entryNow(phone)?.state.review).toBe('hasIssues')
})

test('[VO20] the trail shows what happened, what waits and what may come', async () => {
  const phone = await decided({ verdict: 'askBack', questions: [{ id: questionId, field: 'placeName', text: 'Where is it?' }] })
  openAt(`/entry/${phone.id}`, phone.device)
  const steps = within((await screen.findByRole('heading', { name: 'What became of it' })).closest('section') ?? document.body).getAllByRole('listitem')
  expect(steps.map((step) => step.querySelector('b')?.textContent)).toEqual(['Saved on this phone', 'Received', 'A question from Ines', 'Approved', 'Used in the report'])
  expect(steps[2]?.getAttribute('aria-current')).toBe('step')
})

test('[VO20] an end says its reason, and nothing lies ahead of it', async () => {
  const phone = await decided({ verdict: 'reject', reason: 'The place is missing.' })
  openAt(`/entry/${phone.id}`, phone.device)
  expect(await screen.findByText('Not used: The place is missing.')).toBeTruthy()
  const entry = entryNow(phone)
  expect(entry === undefined ? [] : trailOf(entry).map(({ step, phase }) => [step, phase])).toEqual([['recorded', 'past'], ['received', 'past'], ['reject', 'ended']])
})

test('[VO985] of an entry that was set aside the trail says so where it says that it was received', async () => {
  const phone = await decided({ verdict: 'reject', reason: 'The place is missing.' })
  const watch = phone.device.watchEntry(phone.id)
  const entry = await until(watch, (one) => one !== null)
  const { trail, ...state } = entry?.state ?? fail()
  const aside: LocalEntry = { ...(entry ?? fail()), isAside: true, state: { ...state, review: 'received', trail: trail.slice(0, 2) } }
  openAt(`/entry/${phone.id}`, deviceWith(phone.device, { watchEntry: () => ({ ...watch, get: () => aside }) }))
  const received = (await screen.findByText('Received', { selector: 'b' })).closest('li')
  expect(received?.textContent).toMatch(/set aside until a coordinator has looked at it$/)
})

function fail(): never {
  throw new Error('there is no entry')
}

test('[VO9] among Arabic words a place and a reason in Latin letters keep their own direction, and the other way round', async () => {
  const place = { placeName: 'Kajulu 1', adm1Name: 'Kisumu', country: 'KEN' }
  const phone = await decided({ verdict: 'reject', reason: 'The place is missing.' }, place)
  openAt(`/entry/${phone.id}`, phone.device, { language: arabic })
  expect(await screen.findByText('لم يُستخدم: \u2068The place is missing.\u2069')).toBeTruthy()
  expect(screen.getByText(/ · \u2068The place is missing\.\u2069$/)).toBeTruthy()
  expect(screen.getByText('\u2068Kajulu 1\u2069، \u2068Kisumu\u2069، \u2068كينيا\u2069')).toBeTruthy()
  cleanup()
  const other = await decided({ verdict: 'reject', reason: 'المكان ناقص.' }, { placeName: 'حي الرمل 2', adm1Name: 'طرابلس', country: 'LBN' })
  openAt(`/entry/${other.id}`, other.device)
  expect(await screen.findByText('Not used: \u2068المكان ناقص.\u2069')).toBeTruthy()
  expect(screen.getByText('\u2068حي الرمل 2\u2069, \u2068طرابلس\u2069, Lebanon')).toBeTruthy()
})

test('[VO17] taking an entry back says what follows, and a reason is free', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Take this entry back' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Take this entry back?' }))
  expect(dialog.getByText(/no report will use it/)).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('Keep it')
  await user.click(dialog.getByRole('button', { name: 'Take it back' }))
  const [entry] = await until(phone.device.entries, ([first]) => first?.state.review === 'withdrawn')
  expect(entry?.state.withdrawReason).toBeUndefined()
  expect(await screen.findByText('You took it back')).toBeTruthy()
})

test('[VO8] correcting an entry revises one field and keeps the others', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: How serious' }))
  await user.click(screen.getByRole('radio', { name: /People lack most essentials/ }))
  await user.click(screen.getByRole('button', { name: 'Save the change' }))
  const [entry] = await until(phone.device.entries, ([first]) => first?.state.content.kind === 'challenge' && first.state.content.severity === 4)
  expect(entry?.state.review).toBe('edited')
  expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
})

test('[VO8] what a coordinator noted stands beside the own answer, and comments go both ways', async () => {
  const phone = await decided({ verdict: 'approve' })
  phone.server.addChange({ entryId: phone.id, type: 'correct', body: { set: { topic: 'HEA' }, unset: [] } })
  phone.server.addChange({ entryId: phone.id, type: 'comment', body: { text: 'Thank you for this.', lang: 'en' } })
  await phone.device.flush()
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  expect(await screen.findByText('Ines reads it as')).toBeTruthy()
  expect(screen.getByText('Water, sanitation and hygiene')).toBeTruthy()
  expect(screen.getByText('Health')).toBeTruthy()
  expect(screen.getByText('Thank you for this.')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Write a comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'Two other villages are the same.')
  await user.click(screen.getByRole('button', { name: 'Save the comment' }))
  await until(phone.device.entries, ([first]) => first?.state.comments.length === 2)
  expect(await screen.findByText('Two other villages are the same.')).toBeTruthy()
})

test('[VO81] an answer that was being typed is there again in its field, with the caret at its end, and goes when it is given', async () => {
  const phone = await decided({ verdict: 'askBack', questions: [{ id: questionId, field: 'placeName', text: 'Which Kajulu?' }] }, { placeName: 'Kajulu' })
  const first = openAt(`/entry/${phone.id}`, phone.device)
  const field = await screen.findByRole('textbox', { name: /^Your answer: (?!Region)/ })
  await first.user.type(field, ' East')
  await until(phone.device.begun, ([begun]) => begun?.fields['placeName'] === 'Kajulu East')
  first.unmount()
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  const again = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Your answer: (?!Region)/ })
  await waitFor(() => expect([again.value, document.activeElement === again, again.selectionStart]).toEqual(['Kajulu East', true, 11]))
  await user.click(screen.getByRole('button', { name: 'Answer' }))
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.questions[0]?.answeredBy !== null)
  expect(entry?.state.content.placeName).toBe('Kajulu East')
  expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
})

test('[VO81] a change and a comment that were begun stand open again, and home leads back to them', async () => {
  const phone = await decided({ verdict: 'approve' })
  const first = openAt(`/entry/${phone.id}`, phone.device)
  await first.user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await first.user.click(screen.getByRole('button', { name: 'Change: How serious' }))
  await first.user.click(screen.getByRole('radio', { name: /People lack most essentials/ }))
  await first.user.click(screen.getByRole('button', { name: 'Write a comment' }))
  await first.user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'Two other villages')
  await until(phone.device.begun, ([begun]) => begun?.comment === 'Two other villages' && begun.fields['severity'] === 4)
  first.unmount()
  const home = openAt('/', phone.device)
  const drafts = within((await screen.findByRole('heading', { name: 'Not finished yet' })).closest('section') ?? document.body)
  await home.user.click(drafts.getByRole('link', { name: /The kiosk sells water/ }))
  expect(await screen.findByRole('textbox', { name: 'Your comment' })).toHaveProperty('value', 'Two other villages')
  expect(screen.getByRole('radio', { name: /People lack most essentials/ })).toHaveProperty('checked', true)
  expect(entryNow(phone)?.state.content).toMatchObject({ severity: 3 })
})

test('[VO316] what another window has saved is not begun here any more, and what was written on here is', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: How serious' }))
  await user.click(screen.getByRole('radio', { name: /People lack most essentials/ }))
  await user.click(screen.getByRole('button', { name: 'Write a comment' }))
  const comment = screen.getByRole('textbox', { name: 'Your comment' })
  await user.type(comment, 'Two villages.')
  await until(phone.device.begun, ([begun]) => begun?.comment === 'Two villages.' && begun.fields['severity'] === 4)
  expect((await phone.device.comment(phone.id, 'Two villages.', 'en')).ok).toBe(true)
  await waitFor(() => expect(comment).toHaveProperty('value', ''))
  expect(screen.getByRole('radio', { name: /People lack most essentials/ })).toHaveProperty('checked', true)
  // Sent once more it would stand there twice.
  await user.click(screen.getByRole('button', { name: 'Save the comment' }))
  expect(await screen.findByText('Two villages.')).toBeTruthy()
  await user.type(comment, 'And one more.')
  expect((await phone.device.revise(phone.id, { set: { severity: 4 }, unset: [], answers: [] })).ok).toBe(true)
  await waitFor(() => expect(document.querySelector('form[data-dirty="true"] input[type="radio"]')).toBeNull())
  expect(comment).toHaveProperty('value', 'And one more.')
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.content.kind === 'challenge' && one.state.content.severity === 4)
  expect(entry?.state.comments.map(({ text }) => text)).toEqual(['Two villages.'])
})

test('[VO81] cancelling is the one way in which the words go', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Write a comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'Two')
  await until(phone.device.begun, ([begun]) => begun?.comment === 'Two')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
})

test('[VO266] two quick taps that save a change make one change, and two that take back take back once', async () => {
  const phone = await decided({ verdict: 'approve' })
  const calls: string[] = []
  const device = deviceWith(phone.device, {
    revise: (...asking) => {
      calls.push('revise')
      return phone.device.revise(...asking)
    },
    withdraw: (...asking) => {
      calls.push('withdraw')
      return phone.device.withdraw(...asking)
    },
  })
  const { user } = openAt(`/entry/${phone.id}`, device)
  const tapTwice = (button: HTMLElement): void => {
    fireEvent.click(button)
    fireEvent.click(button)
  }
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: How serious' }))
  await user.click(screen.getByRole('radio', { name: /People lack most essentials/ }))
  tapTwice(screen.getByRole('button', { name: 'Save the change' }))
  await until(phone.device.entries, ([entry]) => entry?.state.content.severity === 4)
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Save the change' })).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Take this entry back' }))
  tapTwice(within(screen.getByRole('dialog')).getByRole('button', { name: 'Take it back' }))
  await until(phone.device.entries, ([entry]) => entry?.state.review === 'withdrawn')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(calls).toEqual(['revise', 'withdraw'])
})

/** The phone saves when the test says so: old ones take seconds. */
function slowly<Call extends 'revise' | 'comment'>(phone: Phone, name: Call): { readonly device: Device; readonly go: () => void } {
  let go = (): void => undefined
  const gone = new Promise<void>((resolve) => {
    go = resolve
  })
  const call = phone.device[name] as (...asking: readonly unknown[]) => Promise<unknown>
  return { device: deviceWith(phone.device, { [name]: async (...asking: readonly unknown[]) => gone.then(() => call(...asking)) }), go: () => go() }
}

test('[VO267] what is typed behind a comment while it is being saved stays, for the next one', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { device, go } = slowly(phone, 'comment')
  const { user } = openAt(`/entry/${phone.id}`, device)
  await user.click(await screen.findByRole('button', { name: 'Write a comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), 'They opened again.')
  await user.click(screen.getByRole('button', { name: 'Save the comment' }))
  await user.type(screen.getByRole('textbox', { name: 'Your comment' }), ' The queue is long.')
  go()
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.comments.length === 1)
  expect(entry?.state.comments[0]?.text).toBe('They opened again.')
  await until(phone.device.begun, ([begun]) => begun?.comment === 'The queue is long.')
  expect(screen.getByRole('textbox', { name: 'Your comment' })).toHaveProperty('value', 'The queue is long.')
})

test('[VO267] what is typed over a change while it is being saved stays begun', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { device, go } = slowly(phone, 'revise')
  const { user } = openAt(`/entry/${phone.id}`, device)
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: Words' }))
  const field = screen.getAllByRole('textbox')[0] ?? document.body
  await user.type(field, ' Now until noon')
  await user.click(screen.getByRole('button', { name: 'Save the change' }))
  await user.type(field, ', every day')
  // Written before the change takes its fields out of what was begun.
  await until(phone.device.begun, ([begun]) => String(begun?.fields['description']).endsWith('every day'))
  go()
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.content.description?.endsWith('Now until noon') === true)
  expect(entry?.state.content.description).toMatch(/Now until noon$/)
  await waitFor(() => expect(phone.device.begun.get()?.[0]?.fields['description']).toMatch(/Now until noon, every day$/))
  expect(field).toHaveProperty('value', phone.device.begun.get()?.[0]?.fields['description'])
})

test('[VO266] what could not be taken back is told in the dialog, and its reason stands there still', async () => {
  const phone = await decided({ verdict: 'approve' })
  const { user } = openAt(`/entry/${phone.id}`, deviceWith(phone.device, { withdraw: () => Promise.resolve({ ok: false, problem: { kind: 'storage-full' } }) }))
  await user.click(await screen.findByRole('button', { name: 'Take this entry back' }))
  const dialog = within(screen.getByRole('dialog'))
  await user.type(dialog.getByRole('textbox'), 'They asked for it.')
  await user.click(dialog.getByRole('button', { name: 'Take it back' }))
  expect((await dialog.findByRole('alert')).textContent).toContain('The phone is full')
  expect(dialog.getByRole('textbox')).toHaveProperty('value', 'They asked for it.')
})

test('[VO278] a question is answered without a change only by a button that says so, and by nothing at all never', async () => {
  const phone = await decided({ verdict: 'askBack', questions: [{ id: questionId, field: 'placeName', text: 'Which Kajulu?' }, { id: '0190aaaa-0000-7000-8000-000000000002', field: 'cause', text: 'What causes it?' }] }, { placeName: 'Kajulu' })
  const { user } = openAt(`/entry/${phone.id}`, phone.device)
  const [place, cause] = (await screen.findAllByRole('region', { name: /Ines asks about this/ })).map((region) => within(region))
  if (place === undefined || cause === undefined) throw new Error('two are asked')
  expect(place.queryByRole('button', { name: 'Answer' })).toBeNull()
  await user.click(cause.getByRole('button', { name: 'Answer' }))
  expect(await cause.findByText('This is still missing.')).toBeTruthy()
  await user.click(place.getByRole('button', { name: 'It is right as it is' }))
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.questions[0]?.answeredBy !== null)
  expect(entry?.state.questions.map(({ answeredBy }) => answeredBy === null)).toEqual([false, true])
  expect(entry?.state.content.placeName).toBe('Kajulu')
})
