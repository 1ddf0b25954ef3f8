import { cleanup, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { askableFields } from '#coordinator/review/field-list.ts'
import type { Device, LocalEntry } from '#device/device.ts'
import type { EntryContent } from '#domain/entry.ts'
import type { EntryId, QuestionId } from '#domain/ids.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { decidedEntry, questionId } from './decided-entry.ts'
import { deviceWith, openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => phones.splice(0).forEach(({ device }) => device.close()))

type Fields = Readonly<Record<string, unknown>>

const approved = (fields: Fields) => open({ verdict: 'approve' }, fields)
const asked = (field: string, fields: Fields) => open({ verdict: 'askBack', questions: [{ id: questionId, field, text: 'Is that so?' }] }, fields)

async function open(body: Fields, fields: Fields): Promise<{ readonly user: UserEvent; readonly phone: Phone & { readonly id: EntryId } }> {
  const phone = await decidedEntry(body, fields)
  phones.push(phone)
  const { user } = openAt(`/entry/${phone.id}`, withAreas(phone.device))
  // The first of these tests waits for the screen's chunk, which a busy machine takes a while to read.
  await screen.findByRole('button', { name: 'Correct this entry' })
  return { user, phone }
}

/** The campaign's list; HT01 has an outline, one degree around 18.5° N, 72.5° W. */
const areas = [
  { code: 'HT01', name: 'Ouest', country: 'HTI', outline: [[-73_000, 18_000, 1000, 0, 0, 1000, -1000, 0]] },
  { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' },
  { code: 'HT10', name: 'Nippes', country: 'HTI' },
  { code: 'DO01', name: 'Azua', country: 'DOM' },
]

function withAreas(device: Device): Device {
  const membership = device.membership.get()
  const widened = membership === null || membership === undefined ? membership : { ...membership, campaign: { ...membership.campaign, areas } }
  return deviceWith(device, { membership: { ...device.membership, get: () => widened } })
}

const inOuest = { adm1Code: 'HT01', adm1Name: 'Ouest', adm2Code: 'HT0111', lat: 18.54, lon: -72.34, geoPrecisionM: 1000 }
const region = (within_ = screen) => within_.getByRole('combobox', { name: /^(Your answer: )?Region$/ })
const contentAfter = async ({ device }: Phone): Promise<EntryContent> => {
  const [entry] = await until(device.entries, ([one]) => one?.state.review === 'edited')
  if (entry === undefined) throw new Error('no entry')
  return entry.state.content
}

async function change(user: UserEvent, line: string): Promise<void> {
  await user.click(screen.getByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: `Change: ${line}` }))
}
const save = (user: UserEvent) => user.click(screen.getByRole('button', { name: 'Save the change' }))

describe('the place of a saved entry', () => {
  test('[VO293] another region is chosen from the campaign’s list, and takes code, district and point of before with it', async () => {
    const { user, phone } = await approved(inOuest)
    await change(user, 'Where')
    expect(region()).toHaveProperty('value', 'HT01')
    await user.selectOptions(region(), 'HT10')
    expect(await screen.findByText('The point on the map goes with this change.')).toBeTruthy()
    await save(user)
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ adm1Code: 'HT10', adm1Name: 'Nippes', country: 'HTI', placeName: 'Croix-des-Bouquets' })
    for (const field of ['adm2Code', 'lat', 'lon', 'geoPrecisionM']) expect(content).not.toHaveProperty(field)
    expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
  })

  test('[VO293] a question about the region’s code is answered from the list, and “another one” is kept by name alone', async () => {
    const { user, phone } = await asked('adm1Code', inOuest)
    const question = within(screen.getByRole('region', { name: /Ines asks about this/ }))
    await user.selectOptions(question.getByRole('combobox', { name: 'Your answer: Region' }), 'other')
    await user.type(await question.findByRole('textbox', { name: 'Your answer: Region' }), 'Great')
    await user.clear(question.getByRole('textbox', { name: 'Your answer: Region' }))
    await user.type(question.getByRole('textbox', { name: 'Your answer: Region' }), 'Grand Sud')
    await user.click(question.getByRole('button', { name: 'Answer' }))
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ adm1Name: 'Grand Sud', country: 'HTI' })
    for (const field of ['adm1Code', 'adm2Code', 'lat', 'lon', 'geoPrecisionM']) expect(content).not.toHaveProperty(field)
  })

  test('[VO293] another country takes the region with it, and offers its own', async () => {
    const { user, phone } = await asked('country', inOuest)
    await screen.findByRole('option', { name: 'Dominican Republic' })
    await user.selectOptions(screen.getByRole('combobox', { name: 'Your answer: Country' }), 'DOM')
    expect(region()).toHaveProperty('value', '')
    await user.selectOptions(region(), 'DO01')
    await user.click(screen.getByRole('button', { name: 'Answer' }))
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ country: 'DOM', adm1Code: 'DO01', adm1Name: 'Azua' })
    expect(content).not.toHaveProperty('lat')
  })

  test('[VO293] a region that was written by hand, of a country without a list, keeps no code of before', async () => {
    const { user, phone } = await approved({ country: 'KEN', adm1Code: 'KE042', adm1Name: 'Kisumu', adm2Code: 'KE042001' })
    await change(user, 'Where')
    const name = screen.getByRole('textbox', { name: 'Region' })
    await user.clear(name)
    await user.type(name, 'Siaya')
    await save(user)
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ country: 'KEN', adm1Name: 'Siaya' })
    for (const field of ['adm1Code', 'adm2Code']) expect(content).not.toHaveProperty(field)
  })

  test('[VO293] a point stays where it lies in the new region, or its author keeps it; a finger that slips takes nothing away', async () => {
    const { user, phone } = await approved({ ...inOuest, adm1Code: 'HT10', adm1Name: 'Nippes', adm2Code: undefined })
    await change(user, 'Where')
    await user.selectOptions(region(), 'HT01')
    expect(screen.queryByText('The point on the map goes with this change.')).toBeNull()
    await user.selectOptions(region(), 'other')
    await user.click(await screen.findByRole('button', { name: 'Keep the point' }))
    await user.type(screen.getByRole('textbox', { name: 'Region' }), 'Grand Sud')
    await save(user)
    expect(await contentAfter(phone)).toMatchObject({ adm1Name: 'Grand Sud', lat: 18.54, lon: -72.34, geoPrecisionM: 1000 })
  })

  test('[VO293] who chooses the region of before again has changed nothing', async () => {
    const { user, phone } = await approved(inOuest)
    await change(user, 'Where')
    await user.selectOptions(region(), 'HT10')
    await until(phone.device.begun, ([begun]) => begun?.fields['adm1Code'] === 'HT10')
    await user.selectOptions(region(), 'HT01')
    await until(phone.device.begun, (all) => all.length === 0)
    expect(screen.getByRole('combobox', { name: /District/ })).toHaveProperty('value', 'HT0111')
  })

  test('[VO293] a region of another country, left by an earlier version, is no answer; a point can be taken away', async () => {
    const { user, phone } = await asked('lat', { ...inOuest, country: 'DOM' })
    await user.click(await screen.findByRole('button', { name: 'It is right as it is' }))
    expect(await screen.findByText('This region belongs to another country. Choose it again.')).toBeTruthy()
    await user.selectOptions(region(), 'DO01')
    await user.click(screen.getByRole('button', { name: 'Answer' }))
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ country: 'DOM', adm1Code: 'DO01' })
    expect(content).not.toHaveProperty('lat')
  })

  test('[VO293] a point that is wrong is taken away, and the place keeps its names', async () => {
    const { user, phone } = await asked('lat', inOuest)
    await user.click(await screen.findByRole('button', { name: 'Take the point away' }))
    await user.click(screen.getByRole('button', { name: 'Answer' }))
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ adm1Code: 'HT01', adm2Code: 'HT0111' })
    for (const field of ['lat', 'lon', 'geoPrecisionM']) expect(content).not.toHaveProperty(field)
  })
})

describe('the status of a saved action', () => {
  const planned = { kind: 'action', status: 'planned', reached: undefined }

  test('[VO294] what was planned goes on: how many were reached is asked with it', async () => {
    const { user, phone } = await approved(planned)
    await change(user, 'Stands')
    expect(screen.queryByRole('textbox', { name: 'People reached' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'Ongoing' }))
    await save(user)
    expect(await screen.findByText('This is still missing.')).toBeTruthy()
    await user.type(screen.getByRole('textbox', { name: 'People reached' }), '40')
    await save(user)
    expect(await contentAfter(phone)).toMatchObject({ status: 'ongoing', reached: 40 })
  })

  test('[VO294] what is only planned after all has reached nobody, and ended never', async () => {
    const { user, phone } = await approved({ kind: 'action', status: 'completed', endOn: '2026-02-01', reached: 40 })
    await change(user, 'Stands')
    await user.click(screen.getByRole('radio', { name: 'Planned' }))
    await save(user)
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ status: 'planned' })
    for (const field of ['reached', 'endOn']) expect(content).not.toHaveProperty(field)
  })

  test('[VO294] a question on the status is answered “completed” together with its end', async () => {
    const { user, phone } = await asked('status', { kind: 'action', reached: 40 })
    const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    await user.click(question.getByRole('radio', { name: 'Completed' }))
    await user.click(question.getByRole('button', { name: 'Answer' }))
    expect(await question.findByText('This is still missing.')).toBeTruthy()
    const end = within(question.getByRole('group', { name: 'Your answer: Ended' }))
    await user.selectOptions(end.getByRole('combobox', { name: 'Month' }), '02')
    await user.click(question.getByRole('button', { name: 'Answer' }))
    expect(await contentAfter(phone)).toMatchObject({ status: 'completed', endOn: '2026-02-01', reached: 40 })
    expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
  })

  test('[VO312] whoever is asked when it ended says that it has not, by “right as it is” or by how it stands', async () => {
    const first = await asked('endOn', { kind: 'action', status: 'ongoing', reached: 40 })
    const open_ = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    expect(open_.getByRole('radio', { name: 'Ongoing' })).toHaveProperty('checked', true)
    expect(open_.queryByRole('group', { name: 'Your answer: Ended' })).toBeNull()
    await first.user.click(open_.getByRole('button', { name: 'It is right as it is' }))
    const [entry] = await until(first.phone.device.entries, ([one]) => one?.state.questions[0]?.answeredBy !== null)
    expect(entry?.state.content).not.toHaveProperty('endOn')
    cleanup()
    const { user, phone } = await asked('endOn', { kind: 'action', status: 'completed', endOn: '2026-02-01', reached: 40 })
    const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    expect(question.getByRole('group', { name: 'Your answer: Ended' })).toBeTruthy()
    await user.click(question.getByRole('radio', { name: 'Ongoing' }))
    await user.click(question.getByRole('button', { name: 'Answer' }))
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ status: 'ongoing' })
    expect(content).not.toHaveProperty('endOn')
  })

  test('[VO294] an end that was begun under another status is not saved with this one, and stays begun nowhere', async () => {
    const { user, phone } = await approved({ kind: 'action', reached: 40 })
    await change(user, 'Stands')
    await user.click(screen.getByRole('radio', { name: 'Completed' }))
    await user.selectOptions(within(screen.getByRole('group', { name: 'Ended' })).getByRole('combobox', { name: 'Month' }), '02')
    await user.click(screen.getByRole('radio', { name: 'Suspended' }))
    await save(user)
    const content = await contentAfter(phone)
    expect(content).toMatchObject({ status: 'suspended', reached: 40 })
    expect(content).not.toHaveProperty('endOn')
    expect(await until(phone.device.begun, (all) => all.length === 0)).toEqual([])
  })
})

describe('questions', () => {
  /** The same entry with a question on each of these fields. */
  function withQuestions(phone: Phone & { readonly id: EntryId }, fields: readonly string[]): Device {
    const watch = phone.device.watchEntry(phone.id)
    const entry = phone.device.entries.get()?.[0]
    const [first] = entry?.state.questions ?? []
    if (entry === undefined || first === undefined) throw new Error('nothing was asked')
    const questions = fields.map((field, index) => ({ ...first, field, id: `0190aaaa-0000-7000-8000-${String(index).padStart(12, '0')}` as QuestionId, text: `(${field})` }))
    const state: LocalEntry = { ...entry, state: { ...entry.state, questions } }
    return deviceWith(phone.device, { watchEntry: () => ({ ...watch, get: () => state }) })
  }

  test.each([
    ['a challenge', aChallenge({ lat: 18.54, lon: -72.34, geoPrecisionM: 1000 })],
    ['a challenge of which nobody could be asked', { ...aChallenge({ consentBasis: 'not_asked', adm1Code: 'HT01' }), fieldOfANewerApp: 'as it came', constructor: 'by name' }],
    ['an action', anAction()],
    ['an action that is planned', { ...anAction({ status: 'planned' }), reached: undefined, noneListed: undefined }],
  ])('[VO295] whatever the desk can ask about %s stands on the entry once, and can be answered there', async (_, content) => {
    const phone = await decidedEntry({ verdict: 'askBack', questions: [{ id: questionId, field: 'topic', text: 'Is it?' }] }, { ...content })
    phones.push(phone)
    const saved = phone.device.entries.get()?.[0]?.state.content
    if (saved === undefined) throw new Error('nothing is saved')
    const fields = [...askableFields(saved), 'photos', 'audio', 'quote']
    openAt(`/entry/${phone.id}`, withQuestions(phone, [...new Set(fields)]))
    await screen.findByText('(topic)', {})
    const cards = screen.getAllByRole('region', { name: /asks about this/ })
    const drawn = cards.map((card) => /\((\w+)\)/.exec(card.textContent)?.[1] ?? '')
    expect(drawn.toSorted((a, b) => a.localeCompare(b))).toEqual([...new Set(fields)].toSorted((a, b) => a.localeCompare(b)))
    for (const card of cards) expect(within(card).getByRole('button', { name: /^(Answer|It is right as it is)$/ })).toBeTruthy()
  })

  test('[VO295] how many a planned action has reached is answered by what it is now, or by “right as it is”', async () => {
    const { user, phone } = await asked('reached', { kind: 'action', status: 'planned', reached: undefined })
    const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    expect(screen.getByText('It is planned, so nobody has been reached yet.')).toBeTruthy()
    await user.click(question.getByRole('radio', { name: 'Ongoing' }))
    await user.type(question.getByRole('textbox', { name: 'Your answer: People reached' }), '12')
    await user.click(question.getByRole('button', { name: 'Answer' }))
    expect(await contentAfter(phone)).toMatchObject({ status: 'ongoing', reached: 12 })
  })

  test('[VO982] a question for which nothing can be filled in says that words are for a comment', async () => {
    await asked('photos', {})
    const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    expect(question.getByText(/If words are needed, write a comment below first/)).toBeTruthy()
    expect(question.queryByRole('textbox')).toBeNull()
  })

  test('[VO295] what could be asked of nobody is answered as it is, and so is what this version does not know', async () => {
    const { user, phone } = await asked('consentPlace', { consentBasis: 'not_asked' })
    const question = within(await screen.findByRole('region', { name: /Ines asks about this/ }))
    expect(question.queryByRole('radio')).toBeNull()
    await user.click(question.getByRole('button', { name: 'It is right as it is' }))
    const [entry] = await until(phone.device.entries, ([one]) => one?.state.questions[0]?.answeredBy !== null)
    expect(entry?.state.content).not.toHaveProperty('consentPlace')
  })
})

test('[VO296] what is no number goes with its line, and stands in no other', async () => {
  const { user } = await approved({ kind: 'action', output: [{ item: 'tents', quantity: 3 }, { item: 'blankets', quantity: 12 }] })
  await change(user, 'What was given, in numbers')
  const [first] = await screen.findAllByRole('textbox', { name: 'How many' })
  if (first === undefined) throw new Error('no line is drawn')
  await user.clear(first)
  await user.type(first, 'three')
  const [remove] = screen.getAllByRole('button', { name: /Remove/ })
  if (remove === undefined) throw new Error('no line can be removed')
  await user.click(remove)
  await waitFor(() => expect(screen.getAllByRole<HTMLInputElement>('textbox', { name: 'How many' }).map(({ value }) => value)).toEqual(['12']))
  expect(screen.queryByText('Write a whole number.')).toBeNull()
})
