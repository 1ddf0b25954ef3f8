import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { EntryId } from '#domain/ids.ts'
import { tooLongBy } from '#domain/text-limits.ts'
import { controls } from '#volunteer/fields/field-controls.ts'
import { issueKinds, stepIssues } from '#volunteer/record/step-issues.ts'
import { optionalIssues } from '#volunteer/record/review/optional-issues.ts'
import { findStep } from '#volunteer/record/steps.ts'
import type { StepId } from '#volunteer/record/steps.ts'
import { joinedPhone, reopened, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { openAt, today } from './on-screen.tsx'

const phones: Phone[] = []
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

/** The first of each screen is loaded when it is needed. */
const long = (length: number) => 'word '.repeat(length).slice(0, length - 1).concat('.')
type User = ReturnType<typeof openAt>['user']

async function draftWith({ device }: Phone, fields: Readonly<Record<string, unknown>> = {}): Promise<EntryId> {
  const { id } = await device.createDraft('challenge')
  const written = await device.writeDraft(id, { fields: { ...aChallenge({ consentBasis: 'verbal' }), ...fields } })
  expect(written).toEqual({ ok: true, value: null })
  return id
}

async function pasteInto(user: User, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field)
  await user.click(field)
  await user.paste(text)
}

test('[VO230] a description that is too long stays whole, says by how much, and keeps Next from going on', async () => {
  const phone = await join()
  const id = await draftWith(phone, { description: undefined })
  const first = openAt(`/record/${id}/words`, phone.device)
  const words = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What happens?' })
  await pasteInto(first.user, words, long(2012))
  expect(words.value).toBe(long(2012))
  expect(await screen.findByText('12 characters too many')).toBeTruthy()
  await first.user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByText(/^Too long by 12 characters\./)).toBeTruthy()
  expect(screen.queryByText(/at least ten characters/)).toBeNull()
  await waitFor(() => expect(document.activeElement).toBe(words))

  // A killed browser loses none of it.
  await until(phone.device.drafts, ([kept]) => kept?.content.description === long(2012))
  first.unmount()
  const again = await reopened(phone)
  phones.push(again)
  const { user } = openAt(`/record/${id}/words`, again.device)
  const kept = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What happens?' })
  expect(kept.value).toBe(long(2012))
  expect(screen.getByText('12 characters too many')).toBeTruthy()

  await pasteInto(user, kept, long(2000))
  expect(screen.queryByText(/too many/)).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'How do you know?' })).toBeTruthy()
})

test('[VO230] a draft with a text that is too long is not saved, and nothing of it is lost', async () => {
  const phone = await join()
  const id = await draftWith(phone, { description: long(2001) })
  const saved = await phone.device.saveDraft(id)
  expect(saved).toEqual({ ok: false, problem: { kind: 'incomplete', fields: ['description'] } })
  expect((await phone.device.readDraft(id))?.content.description).toBe(long(2001))
})

test('[VO231] how much room is left stands there once less than a tenth of it is left', async () => {
  const phone = await join()
  const id = await draftWith(phone, { description: long(1800) })
  const { user } = openAt(`/record/${id}/words`, phone.device)
  const words = await screen.findByRole('textbox', { name: 'What happens?' })
  expect(screen.queryByText(/characters left/)).toBeNull()
  await user.type(words, '!')
  const count = await screen.findByText('199 characters left')
  expect(words.getAttribute('aria-describedby')?.split(' ')).toContain(count.id)
})

test('[VO230] [VO231] an optional text is counted and kept in the same way, and the save opens it', async () => {
  const phone = await join()
  const id = await draftWith(phone, { consequenceText: long(460) })
  const { user } = openAt(`/record/${id}/review`, phone.device)
  await user.click(await screen.findByText('More detail'))
  await user.click(await screen.findByText(/^Why, and with what effect/))
  expect(await screen.findByText('40 characters left')).toBeTruthy()
  const text = screen.getByText('40 characters left').closest('div')?.querySelector('textarea') ?? document.body
  await pasteInto(user, text, long(501))
  expect(text).toHaveProperty('value', long(501))
  expect(screen.getByText('1 character too many')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText(/^Too long by 1 character\./)).toBeTruthy()
  await until(phone.device.drafts, ([kept]) => kept?.content['consequenceText'] === long(501))
  expect(phone.device.entries.get()).toEqual([])
})

describe('[VO230] whatever is typed into a field', () => {
  const ground = { today, startsOn: null }
  const typed = Object.entries(controls).flatMap(([field, control]) => (control.kind === 'words' || control.kind === 'line' ? [[field, control.max] as const] : []))
  const onStep: Readonly<Record<string, StepId>> = { description: 'words', placeName: 'place', adm1Name: 'place', orgName: 'place' }

  test.each(typed)('%s has room for %i characters, and one more is too long', (field, max) => {
    expect([tooLongBy(field, 'a'.repeat(max)), tooLongBy(field, 'a'.repeat(max + 1))]).toEqual([0, 1])
    const challenge = { ...aChallenge({ consentQuote: true }), [field]: 'a'.repeat(max + 1) }
    const action = { ...anAction(), [field]: 'a'.repeat(max + 1) }
    const found = [challenge, action].flatMap((content) => {
      const step = findStep(content.kind, onStep[field] ?? '')
      return [...(step === undefined ? [] : stepIssues(step, { content, answers: [] }, ground)), ...optionalIssues(content)]
    })
    expect(found).toContainEqual({ field, kind: 'tooLong' })
    expect(issueKinds).toContain('tooLong')
  })
})

test('[VO230] a name of a place that is too long says so at once, and Next leads to it', async () => {
  const phone = await join()
  const id = await draftWith(phone)
  const { user } = openAt(`/record/${id}/place`, phone.device)
  const place = await screen.findByRole<HTMLInputElement>('textbox', { name: /^Place/ })
  await pasteInto(user, place, long(83))
  expect(place.value).toBe(long(83))
  expect(await screen.findByText(/^Too long by 3 characters\./)).toBeTruthy()
  expect(place.getAttribute('aria-invalid')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(document.activeElement).toBe(place))
  expect(screen.getAllByText(/^Too long by/)).toHaveLength(1)
})

test('[VO230] the words under a photo that are too long stay whole and keep Next from going on', async () => {
  const phone = await join()
  const photo = { sha256: 'a'.repeat(64), bytes: 3, type: 'image/jpeg', width: 1, height: 1, thumb: { sha256: 'b'.repeat(64), bytes: 2 } }
  const id = await draftWith(phone, { photos: [photo] })
  const { user, unmount } = openAt(`/record/${id}/words`, phone.device)
  const caption = await screen.findByRole<HTMLInputElement>('textbox', { name: 'What does photo 1 show?' })
  await pasteInto(user, caption, long(203))
  expect(await screen.findByText(/^Too long by 3 characters\./)).toBeTruthy()
  await until(phone.device.drafts, ([kept]) => Array.isArray(kept?.content.photos) && kept.content.photos[0]?.caption === long(203))
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(document.activeElement).toBe(caption))
  unmount()

  // Whoever is quicker than the store is stopped at the review.
  const again = openAt(`/record/${id}/review`, phone.device)
  await again.user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  expect(await screen.findByText(/^Too long by 3 characters\./)).toBeTruthy()
  expect(screen.getByRole('alert').textContent).toContain('Photos')
  expect(phone.device.entries.get()).toEqual([])
})

describe('[VO230] on a saved entry', () => {
  async function saved(): Promise<{ readonly phone: Phone; readonly user: User }> {
    const phone = await join()
    const id = await savedChallenge(phone.device, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
    return { phone, user: openAt(`/entry/${id}`, phone.device).user }
  }

  test('a correction that is too long stays whole and is not saved', async () => {
    const { phone, user } = await saved()
    await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
    await user.click(screen.getByRole('button', { name: /^Change: Words/ }))
    const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /What happen/ })
    await pasteInto(user, text, long(2005))
    await user.click(screen.getByRole('button', { name: 'Save the change' }))
    expect(await screen.findByText(/^Too long by 5 characters\./)).toBeTruthy()
    expect(text.value).toBe(long(2005))
    expect(phone.device.entries.get()?.[0]?.state.content.description).toBe('The kiosk sells water only until ten.')
    await until(phone.device.begun, ([begun]) => begun?.fields['description'] === long(2005))
  })

  test('a comment that is too long stays whole and is not saved', async () => {
    const { phone, user } = await saved()
    await user.click(await screen.findByRole('button', { name: 'Write a comment' }))
    const text = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' })
    await pasteInto(user, text, long(2002))
    await user.click(screen.getByRole('button', { name: 'Save the comment' }))
    expect(await screen.findByText(/^Too long by 2 characters\./)).toBeTruthy()
    expect(text.value).toBe(long(2002))
    expect(phone.device.entries.get()?.[0]?.state.comments).toEqual([])
    await until(phone.device.begun, ([begun]) => begun?.comment === long(2002))
  })

  test('a reason that is too long stays whole, and the entry is not taken back with half of it', async () => {
    const { phone, user } = await saved()
    await user.click(await screen.findByRole('button', { name: 'Take this entry back' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Take this entry back?' }))
    const text = dialog.getByRole<HTMLTextAreaElement>('textbox')
    await pasteInto(user, text, long(501))
    await user.click(dialog.getByRole('button', { name: 'Take it back' }))
    expect(await screen.findByText(/^Too long by 1 character\./)).toBeTruthy()
    expect(text.value).toBe(long(501))
    expect(phone.device.entries.get()?.[0]?.state.review).not.toBe('withdrawn')
  })
})
