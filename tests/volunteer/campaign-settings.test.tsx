import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { Device, Draft, Membership } from '#device/device.ts'
import { aChallenge } from '../support/contents.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPhone, savedChallenge, until } from '../support/phone.ts'
import { openAt, volunteerGround } from './on-screen.tsx'

const opened: Device[] = []
afterEach(() => opened.splice(0).forEach((device) => device.close()))

const ring = [32_000, 13_000, 2000, 0, 0, 2000, -2000, 0]
const areas = [{ code: 'SD15', name: 'Aj Jazirah', country: 'SDN', outline: [ring] }, { code: 'SD15031', name: 'Medani', country: 'SDN', within: 'SD15', outline: [[32_000, 13_000, 1000, 0, 0, 1000, -1000, 0]] }]
const ground = volunteerGround({
  geolocation: {
    watchPosition: (onFix: PositionCallback) => {
      onFix({ coords: { latitude: 13.4, longitude: 32.4, accuracy: 18 } } as GeolocationPosition)
      return 1
    },
    clearWatch: () => undefined,
  },
})

/** A phone whose campaign has these settings. */
async function phoneWith(settings: Partial<Membership['campaign']>): Promise<Device> {
  const { device } = await joinedPhone()
  opened.push(device)
  const own = await until(device.membership, (membership) => membership !== undefined && membership !== null)
  if (own === undefined || own === null) throw new Error('it has joined')
  const widened = { ...own, campaign: { ...own.campaign, ...settings } }
  return { ...device, membership: { ...device.membership, get: () => widened } }
}

test('[VO120] a phone that knows where it is finds the region and the district by itself, and says nothing over what was chosen', async () => {
  const device = await phoneWith({ areas })
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { topic: 'WSH', severity: 3, populationGroup: ['GEN'] } })
  const { user } = openAt(`/record/${id}/place`, device, { ground })
  await user.click(await screen.findByRole('button', { name: /Find|where I am|place/i }))
  const [draft] = await until(device.drafts, ([one]) => one?.content.adm2Code !== undefined)
  expect(draft?.content).toMatchObject({ country: 'SDN', adm1Code: 'SD15', adm1Name: 'Aj Jazirah', adm2Code: 'SD15031' })
  expect(await screen.findByRole('combobox', { name: /Region/ })).toHaveProperty('value', 'SD15')
})

/** A sensor that answers when the test says so. */
async function lookingOn(device: Device, fields: Readonly<Record<string, unknown>>) {
  let fix: PositionCallback = () => undefined
  const late = volunteerGround({ geolocation: { watchPosition: (onFix) => {
    fix = onFix
    return 1
  }, clearWatch: () => undefined } })
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields })
  const { user } = openAt(`/record/${id}/place`, device, { ground: late })
  await user.click(await screen.findByRole('button', { name: 'Find where I am' }))
  const at = (latitude: number, longitude: number, accuracy: number): void => act(() => fix({ coords: { latitude, longitude, accuracy } } as GeolocationPosition))
  return { user, at }
}
const twoRegions = [...areas, { code: 'SD01', name: 'Khartoum', country: 'SDN', outline: [[34_000, 13_000, 2000, 0, 0, 2000, -2000, 0]] }]
const contentIn = async (device: Device, isSo: (content: Draft['content']) => boolean) => (await until(device.drafts, ([one]) => one !== undefined && isSo(one.content)))[0]?.content

test('[VO120] a region that was chosen while the phone was still looking for itself stays', async () => {
  const device = await phoneWith({ countries: ['SDN'], areas: twoRegions })
  const { user, at } = await lookingOn(device, { topic: 'WSH', country: 'SDN' })
  await user.selectOptions(await screen.findByRole('combobox', { name: /Region/ }), 'SD01')
  at(13.4, 32.4, 18)
  const content = await contentIn(device, ({ lat }) => lat !== undefined)
  expect(content).toMatchObject({ country: 'SDN', adm1Code: 'SD01', adm1Name: 'Khartoum' })
  expect(content?.adm2Code).toBeUndefined()
})

test('[VO120] so does a country, while the region is not chosen yet', async () => {
  const device = await phoneWith({ countries: ['SDN', 'TCD'], areas: twoRegions })
  const { user, at } = await lookingOn(device, { topic: 'WSH', country: 'SDN' })
  await user.selectOptions(await screen.findByRole('combobox', { name: /Country/ }), 'TCD')
  at(13.4, 32.4, 18)
  const content = await contentIn(device, ({ lat }) => lat !== undefined)
  expect(content?.country).toBe('TCD')
  expect(content?.adm1Code).toBeUndefined()
})

test('[VO120] a better position corrects what the one before it said, until somebody chooses', async () => {
  const device = await phoneWith({ countries: ['SDN'], areas: twoRegions })
  const { user, at } = await lookingOn(device, { topic: 'WSH', country: 'SDN' })
  at(13.4, 32.4, 5000)
  await contentIn(device, ({ adm2Code }) => adm2Code === 'SD15031')
  at(14, 35, 900)
  expect((await contentIn(device, ({ adm1Code }) => adm1Code === 'SD01'))?.adm2Code).toBeUndefined()
  await user.selectOptions(await screen.findByRole('combobox', { name: /Region/ }), 'SD15')
  at(14.1, 35.1, 18)
  expect((await contentIn(device, ({ lat }) => lat === 14.1))?.adm1Code).toBe('SD15')
})

describe('“another region”', () => {
  test('[VO310] is written anew in its own line, and what stays empty was not said: the entry is saved without it', async () => {
    const device = await phoneWith({ countries: ['HTI'], areas: [{ code: 'HT01', name: 'Ouest', country: 'HTI' }] })
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge({ adm1Name: undefined, consentBasis: 'no_person' }) } })
    const { user } = openAt(`/record/${id}/place`, device, { ground: volunteerGround() })
    await user.selectOptions(await screen.findByRole('combobox', { name: /^Region/ }), 'other')
    const line = screen.getByRole('textbox', { name: /^Region/ })
    await user.type(line, 'West')
    await user.clear(line)
    expect(screen.getByRole('textbox', { name: /^Region/ })).toBe(line)
    await user.click(screen.getByRole('button', { name: 'Next' }))
    await screen.findByRole('heading', { level: 1, name: /When/ })
    cleanup()
    const review = openAt(`/record/${id}/review`, device, { ground: volunteerGround() })
    await review.user.click(await screen.findByRole('button', { name: 'Save on this phone' }))
    expect(await screen.findByText('Saved on this phone.')).toBeTruthy()
    const [entry] = await until(device.entries, (all) => all.length === 1)
    expect(entry?.state.content).not.toHaveProperty('adm1Name')
  })

  test('[VO310] is asked for at its own step, in its own line, where only the region may be known', async () => {
    const device = await phoneWith({ countries: ['HTI'], areas: [{ code: 'HT01', name: 'Ouest', country: 'HTI' }] })
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { ...aChallenge({ adm1Name: '', placeName: undefined }) }, placePrecision: 'region' })
    const { user } = openAt(`/record/${id}/place`, device, { ground: volunteerGround() })
    await user.click(await screen.findByRole('button', { name: 'Next' }))
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', { name: /^Region/ })))
    expect(screen.getByRole('combobox', { name: /^Region/ }).getAttribute('aria-invalid')).not.toBe('true')
  })
})

test('[VO187] every country can be chosen, those of the campaign first, and one that was chosen stands there from the first drawing on', async () => {
  const device = await phoneWith({ countries: ['SDN', 'TCD'] })
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { topic: 'WSH', country: 'KEN' } })
  const shown: (readonly [string, number])[] = []
  const watching = new MutationObserver(() => {
    const select = document.querySelector<HTMLSelectElement>('main select')
    if (select !== null) shown.push([select.value, select.options.length])
  })
  watching.observe(document.body, { childList: true, subtree: true })
  openAt(`/record/${id}/place`, device, { ground })
  const select: HTMLSelectElement = await screen.findByRole('combobox', { name: /Country/ })
  await eventually(() => expect(select.options.length).toBeGreaterThan(240))
  watching.disconnect()
  expect([...select.options].slice(1, 3).map(({ value }) => value)).toEqual(['TCD', 'SDN'])
  expect(new Set(shown.map(([value]) => value))).toEqual(new Set(['KEN']))
  // The long list comes behind the screen.
  expect(shown[0]?.[1]).toBeLessThan(10)
})

test('[VO121] only the campaign’s themes are offered, in its order and under its own names', async () => {
  const device = await phoneWith({ topics: [{ code: 'WSH', names: { en: 'The wells', fr: 'Les puits' } }, { code: 'EDU' }] })
  const { id } = await device.createDraft('challenge')
  openAt(`/record/${id}/topic`, device, { ground })
  expect((await screen.findAllByRole('radio')).map((radio) => radio.closest('label')?.textContent)).toEqual(['The wells', 'Education and learning'])
})

test('[VO122] what the campaign adds to the words of consent stands above the question, and its version in the entry', async () => {
  const device = await phoneWith({ consentNote: { version: 4, text: 'Solidarity Network keeps this.' } })
  const { id } = await device.createDraft('challenge')
  const { user } = openAt(`/record/${id}/consent`, device, { ground })
  expect(await screen.findByText('Solidarity Network keeps this.')).toBeTruthy()
  const [first] = await screen.findAllByRole('radio')
  if (first === undefined) throw new Error('nothing is asked')
  await user.click(first)
  const [draft] = await until(device.drafts, ([one]) => one?.content.consentBasis !== undefined)
  expect(draft?.content.consentWording).toMatchObject({ campaign: 4, lang: 'en' })
})

test('[VO123] nothing was seen for a campaign after its last day', async () => {
  const device = await phoneWith({ endsOn: '2020-01-31' })
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { observedOn: '2020-02-01' } })
  const { user } = openAt(`/record/${id}/date`, device, { ground })
  await user.click(await screen.findByRole('button', { name: 'Next' }))
  expect(await screen.findByText('This day is after the campaign’s last day. Choose an earlier one; if this phone’s clock is wrong, set it right first.')).toBeTruthy()
})

test('[VO269] a phone whose clock is a little behind says so where the right day is refused, and lets it be chosen', async () => {
  const device = await phoneWith({ startsOn: '2026-02-01' })
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields: { observedOn: '2026-01-15' } })
  const { user } = openAt(`/record/${id}/date`, device, { ground: volunteerGround({ now: () => Date.UTC(2026, 1, 28, 9) }) })
  await user.click(await screen.findByRole('button', { name: 'Next' }))
  expect(await screen.findByText(/before the campaign began.* if this phone’s clock is wrong, set it right first/)).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: /Another day/ }))
  const day = screen.getByLabelText<HTMLInputElement>('Day')
  expect(day.max).toBe('')
  fireEvent.change(day, { target: { value: '2026-03-02' } })
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByText(/By this phone’s clock this day has not come yet.* what you wrote stays/)).toBeTruthy()
})

test('[VO269] a day that is changed later is held to the same', async () => {
  const device = await phoneWith({ startsOn: '2026-02-01' })
  const id = await savedChallenge(device, { observedOn: '2026-02-20' })
  const { user } = openAt(`/entry/${id}`, device, { ground: volunteerGround() })
  await user.click(await screen.findByRole('button', { name: 'Correct this entry' }))
  await user.click(screen.getByRole('button', { name: 'Change: When' }))
  fireEvent.change(screen.getByLabelText('When was it?'), { target: { value: '2027-03-01' } })
  await user.click(screen.getByRole('button', { name: 'Save the change' }))
  expect(await screen.findByText(/By this phone’s clock this day has not come yet/)).toBeTruthy()
  expect(device.entries.get()?.[0]?.state.content.observedOn).toBe('2026-02-20')
})
