import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const areas = [{ code: 'HT-OU', name: 'Ouest', names: { fr: 'Département de l’Ouest' }, country: 'HTI' }, { code: 'HT-OU-7', name: 'Gressier', within: 'HT-OU', country: 'HTI' }]

it('[CO860] a region whose code the list has lost is called in rows as the entry calls it', async () => {
  const lost = aDeskEntry({ number: 1, content: aChallenge({ adm1Code: 'HT01', adm1Name: 'Lwès' }) })
  await showDesk(fakeDesk({ entries: [{ ...lost, row: { ...lost.row, adm1: 'HT01', adm1Name: 'Lwès' } }], campaign: { areas } as never }))
  expect(await screen.findByText('Croix-des-Bouquets, Lwès, Haiti')).toBeTruthy()
})

it('[CO807] an area of the campaign stands with its name in the list and where the entry is read, one that its list has lost with its code', async () => {
  const [listed, lost] = [{ adm1Code: 'HT-OU', adm1Name: 'Ouest', adm2Code: 'HT-OU-7' }, { adm1Code: 'HT-SD', adm1Name: undefined }].map((where, index) => aDeskEntry({ number: index + 1, content: aChallenge(where as never) }))
  const desk = fakeDesk({ entries: listed === undefined || lost === undefined ? [] : [listed, lost], campaign: { areas } as never })
  await showDesk(desk)
  expect(await screen.findByText('Croix-des-Bouquets, Ouest, Haiti')).toBeTruthy()
  expect(screen.getByText('Croix-des-Bouquets, HT-SD, Haiti')).toBeTruthy()
  expect(await screen.findByText('Ouest (HT-OU)')).toBeTruthy()
  expect(screen.getByText('Gressier (HT-OU-7)')).toBeTruthy()
})
