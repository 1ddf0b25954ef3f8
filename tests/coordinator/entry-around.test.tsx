import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const path = `/desk/entry/${deskIds.entry(1)}`
const photo = { sha256: 'b'.repeat(64) as never, bytes: 10, type: 'image/jpeg' as const, width: 1600, height: 1200, caption: 'The well', thumb: { sha256: 'c'.repeat(64) as never, bytes: 5 } }

describe('around an entry', () => {
  it('[CO125] grades are suggested with their reason, and taken over by one tap', async () => {
    const desk = fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge({ sourceType: 'rumour' }) })] })
    const { user } = await showDesk(desk, path)
    const source = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Source' })
    expect(source.value).toBe('')
    expect(screen.getByText(/^F6 by the rule for: .*umour/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Take F6' }))
    expect([source.value, screen.getByRole<HTMLSelectElement>('combobox', { name: 'Information' }).value]).toEqual(['F', '6'])
    expect(screen.queryByRole('button', { name: 'Take F6' })).toBeNull()
    expect(desk.decisions).toEqual([])
  })

  it('[CO901] of a rumour nobody can say that it is confirmed or probably true, and why stands there', async () => {
    const desk = fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge({ sourceType: 'rumour' }) })] })
    await showDesk(desk, path)
    const information = await screen.findByRole('combobox', { name: 'Information' })
    expect(within(information).getAllByRole('option').map((option) => (option as HTMLOptionElement).value)).toEqual(['', '3', '4', '5', '6'])
    expect(screen.getByText(/^A rumour is 3 at best/)).toBeTruthy()
  })

  it('[CO901] of everything else all grades can be given', async () => {
    await showDesk(fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge() })] }), path)
    expect(within(await screen.findByRole('combobox', { name: 'Information' })).getAllByRole('option')).toHaveLength(7)
    expect(screen.queryByText(/^A rumour is/)).toBeNull()
  })

  it('[CO126] says what makes it sensitive and what that means', async () => {
    const entry = aDeskEntry({ number: 1, content: aChallenge({ topic: 'PRO' }) })
    const desk = fakeDesk({ entries: [{ ...entry, row: { ...entry.row, sensitivity: 'high' } }] })
    await showDesk(desk, path)
    const heading = await screen.findByRole('heading', { name: 'Sensitivity: High' })
    const section = within(heading.closest('section') as HTMLElement)
    expect(section.getByRole('listitem').textContent).toBe('Topic “Safety and protection from violence”: at least High')
    expect(section.getByText(/only region and month are shown; no quotation and no photo leaves/)).toBeTruthy()
  })

  it('[CO161] a level is set with why, and both stand with the name of who set it', async () => {
    const desk = fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge(), steps: [{ type: 'correct', by: 1, body: { set: { sensitivity: 'high', sensitivityReason: 'The house can be found.' }, unset: [] } }] })] })
    const { user } = await showDesk(desk, path)
    expect((await screen.findByText('The house can be found.', { selector: 'q' })).closest('p')?.textContent).toBe('Reason given by Ruth: The house can be found.')
    await user.click(screen.getByRole('button', { name: 'Set another level' }))
    await user.click(screen.getByRole('button', { name: 'Set it' }))
    expect([screen.getByText('Choose a level.'), screen.getByText(/^Say why/)]).toHaveLength(2)
    await user.click(screen.getByRole('radio', { name: 'Severe' }))
    await user.type(screen.getByRole('textbox', { name: 'Why?' }), 'Named in the village.')
    await user.click(screen.getByRole('button', { name: 'Set it' }))
    await waitFor(() => expect(desk.corrected.map(({ set }) => set)).toEqual([{ sensitivity: 'severe', sensitivityReason: 'Named in the village.' }]))
  })

  it('[CO127] a step says which fields it changed, from what to what', async () => {
    const entry = aDeskEntry({ number: 1, content: aChallenge({ affectedMin: 40, severity: 2 }), steps: [{ type: 'revise', by: 11, body: { set: { affectedMin: 160, severity: 2 }, unset: ['trend'], answers: [] } }] })
    const { user } = await showDesk(fakeDesk({ entries: [entry] }), path)
    await user.click(await screen.findByText('1 field changed'))
    expect([screen.getByText('40', { selector: 'del' }).tagName, screen.getByText('160', { selector: 'ins' }).tagName]).toEqual(['DEL', 'INS'])
  })

  it('[CO127] says of each step whether a seal covers it, and of nothing that the server did not say', async () => {
    const entry = aDeskEntry({ number: 1, content: aChallenge(), steps: [{ type: 'revise', by: 11, body: { set: { severity: 5 }, unset: [], answers: [] } }, { type: 'comment', by: 1, body: { text: 'Thank you.', lang: 'en' } }] })
    const [record, revision, ...rest] = entry.changes
    if (record === undefined || revision === undefined) throw new Error('two changes are needed')
    await showDesk(fakeDesk({ entries: [{ ...entry, changes: [{ ...record, proven: true }, { ...revision, proven: false }, ...rest] }] }), path)
    expect(await screen.findByText(`Sealed by its device as step ${record.change.deviceSeq}`)).toBeTruthy()
    expect(screen.getByText(`No seal covers it (step ${revision.change.deviceSeq})`)).toBeTruthy()
    expect(screen.getAllByText(/seal/i)).toHaveLength(2)
  })

  it('[CO160] a point is drawn where it is, with how exactly it may be known; without one nothing is', async () => {
    const desk = fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge({ lat: 18.58, lon: -72.22, geoPrecisionM: 1000 }) }), aDeskEntry({ number: 2, content: aChallenge() })] })
    const first = await showDesk(desk, path)
    const map = await screen.findByRole('img', { name: /^Where it is/ })
    expect(map.querySelector('desc')?.textContent).toBe('Croix-des-Bouquets, within 1,000 m')
    expect(map.querySelectorAll('g[data-chosen]')).toHaveLength(1)
    first.unmount()
    await showDesk(desk, `/desk/entry/${deskIds.entry(2)}`)
    await screen.findByRole('heading', { name: 'Links' })
    expect(screen.queryByRole('heading', { name: 'Where it is' })).toBeNull()
  })

  it('[CO128] a photo opens in the desk, whole at first and then in its own size', async () => {
    const entry = aDeskEntry({ number: 1, content: aChallenge({ photos: [photo], consentPhoto: true }) })
    const { user } = await showDesk(fakeDesk({ entries: [entry], photoUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }), path)
    await user.click(await screen.findByRole('button', { name: 'Photo 1 of 1: look at it large' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(dialog.getByText('The well')).toBeTruthy()
    await user.click(dialog.getByRole('button', { name: 'In its own size' }))
    expect(dialog.getByRole('group', { name: 'Photo 1 of 1' }).getAttribute('data-whole')).toBe('false')
    await user.click(dialog.getByRole('button', { name: 'Close' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})
