import { readFileSync } from 'node:fs'
import { screen, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type * as showing from './show-desk.tsx'

// What stands in for the server that does not answer: a module that is not here cannot be had from it.
const readers = { xlsx: '#exchange/xlsx-rows.ts', geojson: '#exchange/geojson-rows.ts', preview: '#coordinator/data/table-preview.tsx', areas: '#exchange/areas/read-areas.ts' }
const takeAway = (path: string) => vi.doMock(path, () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})
/** A desk of which nothing has been loaded yet: other files of tests have had their readers already. */
const freshDesk = (): Promise<typeof showing> => {
  vi.resetModules()
  return import('./show-desk.tsx')
}
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
    const { fakeDesk, showDesk } = await freshDesk()
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
    const { fakeDesk, showDesk } = await freshDesk()
    takeAway(readers.xlsx)
    const { user, tick } = await showDesk(fakeDesk(), '/desk/data')
    await user.upload(screen.getByLabelText('File'), workbook())
    await screen.findByText(awaited)
    await user.upload(screen.getByLabelText('File'), new File([table], 'problems.csv'))
    expect(await screen.findByText('1 row.')).toBeTruthy()
    vi.doUnmock(readers.xlsx)
    await tick()
    expect(screen.getByText('1 row.')).toBeTruthy()
  })

  it('[CO304] so is one of regions and districts', async () => {
    const { fakeDesk, showDesk } = await freshDesk()
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
