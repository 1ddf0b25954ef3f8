import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Device } from '#device/device.ts'
import { DeviceDatabase } from '#device/store/database.ts'
import type { EntryId } from '#domain/ids.ts'
import { joinedPhone, until } from '../support/phone.ts'
import { phoneOn, quietWire, realPhone } from '../support/real-phone.ts'
import { startTestServer } from '../support/test-server.ts'
import { arabic, openAt, today, volunteerGround } from './on-screen.tsx'

const opened: Device[] = []
afterEach(() => opened.splice(0).forEach((device) => device.close()))

/** The phone's sensor: the same answer whenever it is asked. */
const exact = { latitude: -0.091702, longitude: 34.767957, accuracy: 18 }
/** Any of these in a row, a request or a file would give the point away. */
const tellTale = ['091702', '767957', '0.0917', '34.7679', '34.768']
const sensor = {
  watchPosition: (onFix: PositionCallback) => {
    onFix({ coords: exact } as GeolocationPosition)
    return 1
  },
  clearWatch: () => undefined,
}
const ground = volunteerGround({ geolocation: sensor })
const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name })
const whole = { topic: 'WSH', severity: 3, populationGroup: ['GEN'], country: 'HTI', placeName: 'Nyalenda', observedOn: today, description: 'The kiosk closes at ten.', lang: 'en', sourceType: 'direct_observation', consentBasis: 'no_person' }

async function draftAt(device: Device, fields: Readonly<Record<string, unknown>>): Promise<EntryId> {
  const { id } = await device.createDraft('challenge')
  await device.writeDraft(id, { fields })
  return id
}

async function phone(): Promise<Device> {
  const { device } = await joinedPhone()
  opened.push(device)
  return device
}

/** Every row of every table, as text. */
async function rowsOf(databaseName: string): Promise<string> {
  const db = new DeviceDatabase(databaseName)
  const tables = await Promise.all(db.tables.map((table) => table.toArray()))
  db.shut()
  return JSON.stringify(tables)
}

async function bytesIn(dir: string): Promise<string> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true })
  const texts = await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
  return texts.join('\n')
}

test('[VO61] [DS51] the exact point is in no row, no request and no file of the server, from finding it to its receipt', { timeout: 60_000 }, async () => {
  const server = await startTestServer()
  const sent: string[] = []
  const { ground: own, device: first } = await realPhone(server)
  first.close()
  const app = { ...server, app: { ...server.app, inject: (request: object) => (sent.push(JSON.stringify(request)), server.app.inject(request)) } } as unknown as typeof server
  const { device } = await phoneOn(app, own.databaseName, { wire: quietWire() })
  opened.push(device)
  const id = await draftAt(device, whole)
  const { user } = openAt(`/record/${id}/place`, device, { ground })
  await user.click(await screen.findByRole('button', { name: 'Find where I am' }))
  expect(await screen.findByText('-0.09, 34.77')).toBeTruthy()
  expect(screen.getByText('within about 1 km')).toBeTruthy()
  await until(device.drafts, ([draft]) => draft?.content.lat === -0.09)
  const whileWriting = await rowsOf(own.databaseName)
  await device.saveDraft(id)
  await device.flush()
  const [entry] = await until(device.entries, ([one]) => one?.state.receivedAt !== null && one !== undefined)
  expect(entry?.state.content).toMatchObject({ lat: -0.09, lon: 34.77, geoPrecisionM: 1000 })

  const everything = [whileWriting, await rowsOf(own.databaseName), sent.join('\n'), await bytesIn(server.context.config.dataDir), document.body.innerHTML]
  expect(sent.some((request) => request.includes('34.77'))).toBe(true)
  expect(everything[3]).toContain('34.77')
  for (const text of everything) expect(tellTale.filter((digits) => text.includes(digits))).toEqual([])
  await server.close()
})

test('[VO61] the exact point is kept only when its author says so, and goes again when they change their mind', async () => {
  const device = await phone()
  const id = await draftAt(device, whole)
  const { user } = openAt(`/record/${id}/place`, device, { ground })
  await user.click(await screen.findByRole('button', { name: 'Find where I am' }))
  await until(device.drafts, ([draft]) => draft?.content.lat === -0.09)
  await user.click(await screen.findByRole('radio', { name: /^Exact/ }))
  const [precise] = await until(device.drafts, ([draft]) => draft?.content.lat === exact.latitude)
  expect(precise).toMatchObject({ placePrecision: 'exact', content: { lon: exact.longitude, geoPrecisionM: 18 } })
  await user.click(screen.getByRole('radio', { name: /^Only the region/ }))
  const [region] = await until(device.drafts, ([draft]) => draft?.placePrecision === 'region')
  for (const field of ['lat', 'lon', 'geoPrecisionM', 'placeName']) expect(region?.content).not.toHaveProperty(field)
  expect(screen.queryByRole('textbox', { name: 'Place' })).toBeNull()
  // What this screen still remembers comes back, as coarsely as is now wanted.
  await user.click(screen.getByRole('radio', { name: /^About 1 km/ }))
  const [coarse] = await until(device.drafts, ([draft]) => draft?.placePrecision === 'km')
  expect(coarse?.content).toMatchObject({ lat: -0.09, lon: 34.77, geoPrecisionM: 1000, placeName: 'Nyalenda' })
})

test('[VO63] a topic that can put people in danger offers only the region, which then must be named', async () => {
  const device = await phone()
  const id = await draftAt(device, { topic: 'PRO', country: 'HTI' })
  const { user } = openAt(`/record/${id}/place`, device, { ground })
  await heading('Where is it?')
  expect(await screen.findByRole('radio', { name: /^Only the region/ })).toHaveProperty('checked', true)
  expect(screen.queryByRole('button', { name: 'Find where I am' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Next' }))
  expect(await screen.findByText(/Name the region/)).toBeTruthy()
  await user.type(screen.getByRole('textbox', { name: /Region/ }), 'Ouest')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('When was it?')
})

test('[VO63] a place that was given before the danger was named is asked about once, and either answer stands', async () => {
  const device = await phone()
  const id = await draftAt(device, { ...whole, focusGroup: ['LGB'] })
  const { user } = openAt(`/record/${id}/review`, device, { ground })
  await user.click(await screen.findByRole('button', { name: 'Keep it anyway' }))
  const [kept] = await until(device.drafts, ([draft]) => draft?.placePrecision === 'km')
  expect(kept?.content.placeName).toBe('Nyalenda')
  expect(screen.queryByText('Is the place too exact?')).toBeNull()
})

test('[VO64] the last places are one tap each; a house number is pointed out', async () => {
  const device = await phone()
  const places = ['Nyalenda', 'Manyatta', 'Kajulu', 'Kibuye'].map((placeName) => ({ country: 'KEN', adm1Name: 'Kisumu', placeName }))
  await device.setPreferences({ lastPlace: places[0] ?? null, recentPlaces: places })
  const id = await draftAt(device, { topic: 'WSH' })
  const { user } = openAt(`/record/${id}/place`, device, { ground })
  expect(await screen.findByRole('button', { name: 'As last time: Nyalenda, Kisumu, Kenya' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Kibuye/ })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Manyatta, Kisumu, Kenya' }))
  const place = screen.getByRole('textbox', { name: 'Place' })
  expect(place).toHaveProperty('value', 'Manyatta')
  await user.type(place, ', house 12')
  expect(await screen.findByText('An address?')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Let me change it' }))
  await user.keyboard('market')
  expect(place).toHaveProperty('value', 'Manyatta, market')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('When was it?')
})

test('[VO9] a place of last time keeps the order of its parts among Arabic words', async () => {
  const device = await phone()
  await device.setPreferences({ lastPlace: null, recentPlaces: [{ country: 'KEN', adm1Name: 'Kisumu', placeName: 'Kajulu 1' }] })
  openAt(`/record/${await draftAt(device, { topic: 'WSH' })}/place`, device, { ground, language: arabic })
  expect(await screen.findByRole('button', { name: /\u2068Kajulu 1\u2069، \u2068Kisumu\u2069، \u2068كينيا\u2069$/ })).toBeTruthy()
})

test('[VO880] a region of a list that the campaign has replaced stands in its field until another one is chosen', async () => {
  const device = await phone()
  const joined = device.membership.get()
  const now = joined === null || joined === undefined ? null : { ...joined, campaign: { ...joined.campaign, areas: [{ code: 'HT91', name: 'Northern Reach', country: 'HTI' }] } }
  const id = await draftAt(device, { topic: 'WSH', country: 'HTI', adm1Code: 'HT03', adm1Name: 'Nord' })
  const { user } = openAt(`/record/${id}/place`, { ...device, membership: { ...device.membership, get: () => now } }, { ground })
  const region = await screen.findByRole<HTMLSelectElement>('combobox', { name: /Region/ })
  expect([region.value, region.selectedOptions[0]?.text]).toEqual(['HT03', 'Nord'])
  await user.selectOptions(region, 'HT91')
  const [draft] = await until(device.drafts, ([one]) => one?.content.adm1Code === 'HT91')
  expect(draft?.content).toMatchObject({ adm1Name: 'Northern Reach' })
  expect(screen.queryByRole('option', { name: 'Nord' })).toBeNull()
})

test('[VO65] where the campaign has areas they are chosen by name and kept by code, and another one can be written', async () => {
  const device = await phone()
  const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }]
  const membership = device.membership.get()
  const withAreas: Device = { ...device, membership: { ...device.membership, get: () => (membership === null || membership === undefined ? membership : widened) } }
  const widened = membership === null || membership === undefined ? null : { ...membership, campaign: { ...membership.campaign, areas } }
  const id = await draftAt(device, { topic: 'WSH', country: 'HTI' })
  const { user } = openAt(`/record/${id}/place`, withAreas, { ground })
  await user.selectOptions(await screen.findByRole('combobox', { name: /Region/ }), 'HT01')
  await user.selectOptions(await screen.findByRole('combobox', { name: /District/ }), 'HT0111')
  const [draft] = await until(device.drafts, ([one]) => one?.content.adm2Code === 'HT0111')
  expect(draft?.content).toMatchObject({ adm1Code: 'HT01', adm1Name: 'Ouest' })
  await user.selectOptions(screen.getByRole('combobox', { name: /Region/ }), 'other')
  await user.type(await screen.findByRole('textbox', { name: /Region/ }), 'Nippes')
  const [other] = await until(device.drafts, ([one]) => one?.content.adm1Name === 'Nippes')
  for (const field of ['adm1Code', 'adm2Code']) expect(other?.content).not.toHaveProperty(field)
})

test('[VO283] on the screen of the place the question of the browser is spoken of, and writing is always open', async () => {
  const device = await phone()
  const id = await draftAt(device, { topic: 'WSH', severity: 3 })
  const silent = { watchPosition: () => 1, clearWatch: () => undefined }
  const { user } = openAt(`/record/${id}/place`, device, { ground: volunteerGround({ geolocation: silent, locationPermission: (onState) => {
    onState('prompt')
    return () => undefined
  } }) })
  await user.click(await screen.findByRole('button', { name: 'Find where I am' }))
  expect(await screen.findByText('If the browser asks, allow it. Or write the place: that is enough.')).toBeTruthy()
  await screen.findByRole('option', { name: 'Kenya' })
  await user.selectOptions(screen.getByRole('combobox', { name: 'Country' }), 'KEN')
  await user.type(screen.getByRole('textbox', { name: 'Place' }), 'Nyalenda')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await heading('When was it?')
})
