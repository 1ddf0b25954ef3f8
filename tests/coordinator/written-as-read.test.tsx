import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aCitation, aFinding, aSentence } from '../support/written.ts'
import { finding, offline, openAndType, showReport, textOf, written } from './show-report.tsx'

describe('publishing', () => {
  it('[CO202] words that somebody else wrote while the page stood open are not published before they were looked at, though the desk knows them', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk, '/desk/report/publish')
    desk.report.elsewhere(aFinding(1, { sentences: [aSentence(1, { text: 'Jean names a nurse.', cites: [aCitation(1)] })] }), 10)
    await shown.tick(30_000)
    const publish = screen.getByRole('button', { name: 'Publish issue 3 for everybody' })
    await shown.user.click(publish)
    expect(await screen.findByText(/Somebody has written meanwhile, so nothing was published\./)).toBeTruthy()
    expect(desk.report.published.at(-1)).toMatchObject({ settings: 1, parts: [{ id: aFinding(1).id, version: 1 }] })
    await shown.user.click(publish)
    expect(await screen.findByRole('heading', { name: 'Issue 3 is published.' })).toBeTruthy()
    expect(desk.report.published.at(-1)).toMatchObject({ settings: 1, parts: [{ id: aFinding(1).id, version: 2 }] })
  })

  it('[CO202] another period that somebody else set while the page stood open is looked at first', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk, '/desk/report/publish')
    desk.report.draft = { ...desk.report.draft, settings: { ...desk.report.draft.settings, from: '2026-02-01', version: 2 } }
    await shown.tick(30_000)
    await shown.user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByText(/Somebody has written meanwhile, so nothing was published\./)).toBeTruthy()
    expect(desk.report.published.at(-1)?.settings).toBe(1)
  })

  it('[CO202] what its reader wrote and was still on its way is published as it was saved', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    desk.report.problem = offline
    await openAndType(shown, ' So.')
    await shown.tick()
    await shown.user.click(screen.getByRole('link', { name: 'Check and publish' }))
    desk.report.problem = null
    await shown.tick()
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
    await shown.user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByRole('heading', { name: 'Issue 3 is published.' })).toBeTruthy()
    expect(desk.report.published).toMatchObject([{ settings: 1, parts: [{ id: aFinding(1).id, version: 2 }] }])
  })
})

describe('removing', () => {
  it('[CO199] what somebody else wrote while the question stood there is read first, and then goes', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    await shown.user.click(await screen.findByRole('button', { name: 'Remove Finding 1' }))
    const dialog = within(screen.getByRole('dialog'))
    desk.report.elsewhere(aFinding(1, { sentences: [aSentence(1), aSentence(2, { text: 'A new sentence of Jean.' })] }), 10)
    await shown.tick(30_000)
    await shown.user.click(dialog.getByRole('button', { name: 'Remove' }))
    expect(await dialog.findByText('Somebody has written here meanwhile. Read it once more before you remove it.')).toBeTruthy()
    expect(desk.report.removed).toEqual([])
    await shown.user.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(desk.report.removed).toEqual([aFinding(1).id]))
  })

  it('[CO199] what was typed here while the question stood there does not keep it', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    await openAndType(shown, ' So.')
    await shown.user.click(finding().getByRole('button', { name: 'Remove' }))
    await shown.tick()
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
    await shown.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(desk.report.removed).toEqual([aFinding(1).id]))
  })
})
