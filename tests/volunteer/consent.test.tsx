import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { consentBases } from '#domain/codes/code-lists.ts'
import { consentWordingVersion } from '#domain/consent.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { locales } from '#i18n/locale.ts'
import { joinedPhone, onePixelPhoto, savedChallenge, until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { arabic, openAt, today } from './on-screen.tsx'

const phones: Phone[] = []
const join = async (): Promise<Phone> => {
  const phone = await joinedPhone()
  phones.push(phone)
  return phone
}
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

const whole = { topic: 'WSH', severity: 3, populationGroup: ['GEN'], country: 'HTI', placeName: 'Nyalenda', observedOn: today, description: 'The kiosk closes at ten.', lang: 'en', sourceType: 'direct_observation' }
const heading = (name: string) => screen.findByRole('heading', { level: 1, name })

async function draftOf({ device }: Phone, fields: Readonly<Record<string, unknown>> = {}) {
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { ...whole, ...fields } })
  return id
}

test('[IN20] the words of consent change only together with their version', async () => {
  const words = await Promise.all(locales.map(async (locale) => {
    const { messages: all, labels } = await loadScreens(await loadLanguage(locale))
    const messages = Object.entries(all).filter(([key]) => key.startsWith('consent.'))
    const asked = [labels.field.consentBasis, labels.field.consentQuote, labels.field.consentPhoto, labels.field.consentPlace, ...consentBases.map((code) => labels.consentBasis[code])]
    return [locale, messages, asked]
  }))
  // How a line breaks is none of what people are asked: a space that does not break is a space.
  const actual = createHash('sha256').update(JSON.stringify(words).replaceAll('\u00a0', ' ')).digest('hex')
  const known = JSON.parse(readFileSync('tests/volunteer/consent-wordings.json', 'utf8')) as Readonly<Record<string, string>>
  const advice = `The words of consent have changed; they now have the hash ${actual}. If version ${consentWordingVersion} has been released, raise consentWordingVersion in src/domain/consent.ts; put the hash under the version into tests/volunteer/consent-wordings.json.`
  expect(known[String(consentWordingVersion)] === actual ? 'as pinned' : advice).toBe('as pinned')
})

test('[VO66] people agree to each use for itself; nothing is ticked for them, and no tick is a no', async () => {
  const phone = await join()
  const id = await draftOf(phone)
  const { user } = openAt(`/record/${id}/consent`, phone.device, { language: arabic })
  await user.click(await screen.findByRole('radio', { name: 'وافقوا شفهيًا' }))
  for (const use of await screen.findAllByRole('checkbox')) expect(use).toHaveProperty('checked', false)
  const [asked] = await until(phone.device.drafts, ([draft]) => draft?.content.consentBasis === 'verbal')
  expect(asked?.content).toMatchObject({ consentQuote: false, consentPlace: false, consentWording: { version: consentWordingVersion, lang: 'ar' } })
  await user.click(screen.getByRole('checkbox', { name: /^يجوز ذكر المكان/ }))
  const [given] = await until(phone.device.drafts, ([draft]) => draft?.content.consentPlace === true)
  expect(given?.content.consentQuote).toBe(false)
})

test('[VO66] who could not be asked agrees to nothing, and another first answer takes the others back', async () => {
  const phone = await join()
  const id = await draftOf(phone, { consentBasis: 'verbal', consentQuote: true, consentPlace: true, quote: 'We walk to the lake.', quoteRole: 'Mother' })
  const { user } = openAt(`/record/${id}/consent`, phone.device)
  await screen.findByRole('radio', { name: 'I could not ask' })
  // A step that has just come may still take the focus to its question.
  await waitFor(async () => {
    screen.getByRole('radio', { name: 'I could not ask' }).focus()
    await user.keyboard(' ')
    expect(screen.getByText(/Nobody was asked/)).toBeTruthy()
  })
  expect(screen.queryByRole('checkbox')).toBeNull()
  const [draft] = await until(phone.device.drafts, ([one]) => one?.content.consentBasis === 'not_asked')
  expect(draft?.content).toMatchObject({ consentQuote: false, consentPlace: false })
  expect(draft?.content.quote).toBeUndefined()
})

test('[VO66] a photo that came after the question is not agreed to, and does not stand in the way', async () => {
  const phone = await join()
  const id = await draftOf(phone, { consentBasis: 'no_person' })
  await phone.device.addPhoto(id, onePixelPhoto())
  const { user } = openAt(`/record/${id}/review`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ consentPhoto: false, consentWording: { version: consentWordingVersion, lang: 'en' } })
})

test('[VO900] a photo in an entry about children is asked about only where a parent or guardian said yes', async () => {
  const phone = await join()
  const id = await draftOf(phone, { consentBasis: 'verbal', focusGroup: ['CHI'], consentQuote: false, consentPlace: false })
  await phone.device.addPhoto(id, onePixelPhoto())
  const { user } = openAt(`/record/${id}/consent`, phone.device)
  expect(await screen.findByText(/^A photo in an entry about children needs the yes of a parent or guardian/)).toBeTruthy()
  expect(screen.queryByRole('checkbox', { name: /photo/i })).toBeNull()
  await user.click(screen.getByRole('radio', { name: 'A parent or guardian said yes' }))
  await user.click(await screen.findByRole('checkbox', { name: /photo/i }))
  expect(screen.queryByText(/^A photo in an entry about children/)).toBeNull()
  await until(phone.device.drafts, ([draft]) => draft?.content.consentPhoto === true)
})

test('[VO900] a yes to a photo that was given before the entry was about children is none', async () => {
  const phone = await join()
  const id = await draftOf(phone, { consentBasis: 'verbal', focusGroup: ['INF'], consentPhoto: true })
  await phone.device.addPhoto(id, onePixelPhoto())
  const { user } = openAt(`/record/${id}/review`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
  const [entry] = await until(phone.device.entries, (entries) => entries.length === 1)
  expect(entry?.state.content).toMatchObject({ consentPhoto: false, consentBasis: 'verbal' })
})

test('[VO302] who corrects an entry to “I could not ask” takes back each yes of before; another way of agreeing takes back none', async () => {
  const phone = await join()
  const id = await savedChallenge(phone.device, { consentBasis: 'verbal', consentQuote: true, consentPlace: true, quote: 'We are tired.', quoteRole: 'teacher' })
  const { user } = openAt(`/entry/${id}`, phone.device)
  const correct = async (answer: string) => {
    await user.click(await screen.findByRole('button', { name: 'Change: Consent' }))
    await user.click(screen.getByRole('radio', { name: answer }))
    await user.click(screen.getByRole('button', { name: 'Save the change' }))
  }
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await correct('They said yes in writing')
  const [written] = await until(phone.device.entries, ([one]) => one?.state.content.consentBasis === 'written')
  expect(written?.state.content).toMatchObject({ consentQuote: true, consentPlace: true, quote: 'We are tired.' })
  await correct('I could not ask')
  const [asked] = await until(phone.device.entries, ([one]) => one?.state.content.consentBasis === 'not_asked')
  expect(asked?.state.content).toMatchObject({ consentQuote: false, consentPlace: false })
  for (const field of ['quote', 'quoteRole']) expect(asked?.state.content).not.toHaveProperty(field)
})

test('[VO67] each agreement can be taken back alone from the entry, by a revision; a quotation goes with its own', async () => {
  const phone = await join()
  const id = await savedChallenge(phone.device, { consentQuote: true, consentPlace: true, quote: 'We are tired.', quoteRole: 'teacher', consentWording: { version: 1, lang: 'fr' } })
  const { user } = openAt(`/entry/${id}`, phone.device)
  await user.click(await screen.findByRole('button', { name: 'Take it back: Their words may be quoted' }))
  const [entry] = await until(phone.device.entries, ([one]) => one?.state.content.consentQuote === false)
  expect(entry?.state.content).toMatchObject({ consentPlace: true, consentWording: { version: 1, lang: 'fr' } })
  for (const field of ['quote', 'quoteRole']) expect(entry?.state.content).not.toHaveProperty(field)
  // Whether the server had the record by then or has it a moment later.
  await until(phone.device.entries, ([one]) => one?.state.trail.map(({ step }) => step).join(' ') === 'recorded received revised')
  expect(await screen.findByRole('button', { name: 'Take it back: The place may be named' })).toBeTruthy()
  // The screen hears of it a moment after the device.
  await waitFor(() => expect(screen.queryByRole('button', { name: /Their words/ })).toBeNull())
})

test('[VO77] from one step to the next header and bar stay the same elements, and the form is another one; what is below comes behind it', async () => {
  const phone = await join()
  const id = await draftOf(phone, {})
  const { user } = openAt(`/record/${id}/severity`, phone.device)
  await heading('How serious is it?')
  const parts = () => ({ stays: [screen.getByRole('banner'), screen.getByRole('button', { name: 'Next' })], form: document.querySelector('form') })
  const before = parts()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('Who is it about?')
  const after = parts()
  expect(after.stays.every((part, at) => part === before.stays[at])).toBe(true)
  expect(after.form).not.toBe(before.form)
  expect(await screen.findByRole('group', { name: 'Who exactly? Up to three.' })).toBeTruthy()
})

test('[VO77] what is below waits for the frame that shows the step, however free the thread is', async () => {
  const phone = await join()
  const id = await draftOf(phone, {})
  const frames: FrameRequestCallback[] = []
  const asked = vi.spyOn(window, 'requestAnimationFrame').mockImplementation((run) => frames.push(run))
  openAt(`/record/${id}/who`, phone.device)
  await heading('Who is it about?')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(screen.queryByRole('group', { name: 'Who exactly? Up to three.' })).toBeNull()
  asked.mockRestore()
  frames.forEach((run) => run(0))
  expect(await screen.findByRole('group', { name: 'Who exactly? Up to three.' })).toBeTruthy()
})

test('[VO68] a tap on the whole answer goes on by itself; the keyboard, and a screen that asks more, wait for Next', async () => {
  const phone = await join()
  const id = await draftOf(phone, { severity: undefined })
  const { user } = openAt(`/record/${id}/topic`, phone.device)
  const health = await screen.findByRole('radio', { name: 'Health' })
  health.focus()
  await user.keyboard(' ')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(location.pathname).toBe(`/record/${id}/topic`)
  await user.click(screen.getByRole('radio', { name: 'Education and learning' }))
  await heading('How serious is it?')
  await user.click(screen.getByRole('radio', { name: /People lack some essentials/ }))
  await heading('Who is it about?')
  const groups = within(screen.getByRole('group', { name: 'People' }))
  await user.click(groups.getByRole('checkbox', { name: 'Migrants' }))
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(location.pathname).toBe(`/record/${id}/who`)
})
