import { readFileSync } from 'node:fs'
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeDesk, showDesk } from './show-desk.tsx'

// What stands in for the server that does not answer: a module that is not here cannot be had from it.
const readers = { xlsx: '#exchange/xlsx-rows.ts', geojson: '#exchange/geojson-rows.ts', preview: '#coordinator/data/table-preview.tsx', areas: '#exchange/areas/read-areas.ts' }
const takeAway = (path: string) => vi.doMock(path, () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})
afterEach(() => Object.values(readers).forEach((path) => vi.doUnmock(path)))

const awaited = /^This file has not been read yet: .* the file is read by itself as soon as the server answers\.$/
const table = 'Country,Problem\nHaiti,No water at the well for three weeks.'
const workbook = () => new File([readFileSync('tests/exchange/fixtures/problems.xlsx')], 'problems.xlsx')
const features = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { Country: 'Haiti', Problem: 'No water.' }, geometry: null }] })

describe('a file whose reader is not on this device', () => {
  it.each([
    ['a table, of which the preview is not here', readers.preview, () => new File([table], 'problems.csv')],
    ['a workbook', readers.xlsx, workbook],
    ['a GeoJSON file', readers.geojson, () => new File([features], 'problems.geojson')],
  ])('[CO304] is said to wait for the server, not to be broken, and is read by itself when that answers: %s', async (_, path, file) => {
    takeAway(path)
    const { user, tick } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), file())
    expect(await screen.findByText(awaited)).toBeTruthy()
    expect(screen.queryByText(/^This file could not be read/)).toBeNull()
    await tick()
    expect(await screen.findByText(awaited)).toBeTruthy()
    vi.doUnmock(path)
    // The answer that was on its way may have been the one before.
    await waitFor(async () => {
      await tick()
      expect(screen.queryByRole('table', { name: 'Columns of the file' })).toBeTruthy()
    })
    expect(screen.queryByText(awaited)).toBeNull()
  })

  it('[CO304] a file that is chosen meanwhile takes its place', async () => {
    takeAway(readers.xlsx)
    const { user, tick } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), workbook())
    await screen.findByText(awaited)
    await user.upload(screen.getByLabelText('File'), new File([table], 'problems.csv'))
    expect(await screen.findByText('1 row.')).toBeTruthy()
    vi.doUnmock(readers.xlsx)
    for (let answers = 0; answers < 3; answers += 1) await tick()
    expect(screen.getByText('1 row.')).toBeTruthy()
  })

  it('[CO304] where the reader does not come although the server answers, Terrain is to be opened again, and nothing more is tried', async () => {
    let tries = 0
    vi.doMock(readers.xlsx, () => {
      tries += 1
      throw new TypeError('Failed to fetch dynamically imported module')
    })
    const { user, tick } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), workbook())
    await screen.findByText(awaited)
    await waitFor(async () => {
      await tick()
      expect(screen.queryByText(/^The part of Terrain that reads this file did not come, though the server answers\./)).toBeTruthy()
    })
    const asked = tries
    for (let answers = 0; answers < 3; answers += 1) await tick()
    expect(tries).toBe(asked)
    expect(screen.queryByText(awaited)).toBeNull()
  })

  it('[CO304] a file of regions that is chosen meanwhile is not replaced by the one that was awaited', async () => {
    takeAway(readers.areas)
    const { user, tick } = await showDesk(fakeDesk({ abilities: ['review', 'readAll', 'editCampaign'] }), '/desk/campaign')
    const first = new File(['{}'], 'first.geojson')
    const words = Promise.withResolvers<string>()
    first.text = () => words.promise
    await user.upload(await screen.findByLabelText('Choose a file'), first)
    expect(await screen.findByText(awaited)).toBeTruthy()
    vi.doUnmock(readers.areas)
    await tick()
    await user.upload(screen.getByLabelText('Choose a file'), new File(['no json'], 'second.geojson'))
    const second = await screen.findByText(/^This is not a GeoJSON/)
    words.resolve('{"type":"Topology","objects":{}}')
    for (let answers = 0; answers < 3; answers += 1) await tick()
    expect(screen.getByText(/^This is not a GeoJSON/)).toBe(second)
  })

  it('[AP64] cards to print, whose codes are shown only now, stand in the desk’s language where theirs does not come', async () => {
    takeAway('#i18n/fr/desk.ts')
    const { user } = await showDesk(fakeDesk(), '/desk/people')
    await user.click(await screen.findByRole('button', { name: 'Cards to print' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Cards with QR codes' }))
    await user.selectOptions(dialog.getByRole('combobox', { name: 'Language of the cards' }), 'fr')
    await user.click(dialog.getByRole('button', { name: 'Make the cards' }))
    const [card] = await screen.findAllByText('Point the camera of your phone at the code and tap the link.')
    expect(card?.closest('ul')?.lang).toBe('en')
    vi.doUnmock('#i18n/fr/desk.ts')
    window.dispatchEvent(new Event('online'))
    const [later] = await screen.findAllByText('Notez ce que vous voyez. Cela marche aussi sans connexion.')
    expect(later?.closest('ul')?.lang).toBe('fr')
  })

  it('[CO304] so is one of regions and districts', async () => {
    takeAway(readers.areas)
    const { user, tick } = await showDesk(fakeDesk({ abilities: ['review', 'readAll', 'editCampaign'] }), '/desk/campaign')
    await user.upload(await screen.findByLabelText('Choose a file'), new File(['{}'], 'areas.geojson'))
    expect(await screen.findByText(awaited)).toBeTruthy()
    vi.doUnmock(readers.areas)
    await waitFor(async () => {
      await tick()
      expect(screen.queryByText(/^This is not a GeoJSON|^The file holds no collection of shapes/)).toBeTruthy()
    })
  })
})

it('[CO920] a desk that lacks a part of Terrain for its calls says so in its bar and where it reads, and not that the server does not answer', async () => {
  const missing = /^A part of Terrain did not come from the server/
  const desk = fakeDesk()
  const { tick, unmount } = await showDesk(desk, '/desk/people')
  desk.problem = { kind: 'unreachable', code: 'not-loaded' }
  await tick()
  expect(await screen.findByText('Open Terrain again')).toBeTruthy()
  expect(screen.getByText(missing)).toBeTruthy()
  expect(screen.queryByText(/^The server does not answer/)).toBeNull()
  desk.problem = null
  await tick()
  expect(screen.queryByText('Open Terrain again')).toBeNull()
  unmount()
  desk.problem = { kind: 'unreachable', code: 'not-loaded' }
  await showDesk(desk, '/desk/people')
  expect(await screen.findAllByText(missing, { selector: '[role=alert] *' })).toHaveLength(2)
  expect(screen.queryByText(/^The server does not answer/)).toBeNull()
})
