import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { DraftPart } from '#protocol/written-report.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'
import { jean, reportAt } from '../support/fake-report.ts'
import { aFinding } from '../support/written.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

function written(): FakeDesk {
  const desk = fakeDesk()
  desk.report.draft = { ...desk.report.draft, parts: [{ part: structuredClone(aFinding(1)), place: 10, version: 1, by: jean, at: reportAt } as DraftPart] }
  return desk
}

async function showPage(desk: FakeDesk) {
  const shown = await showDesk(desk, '/desk/report/publish')
  await screen.findByRole('button', { name: /Publish issue 3 for everybody|Try again/ })
  await shown.tick()
  return shown
}

const unknown = /No answer came, so it is not known whether it was published\. Try again: it will not be published twice\./

describe('publishing while a colleague does', () => {
  it('[CO743] says that the issue was published by somebody else, and does not offer the next one in its place', async () => {
    const desk = written()
    const { user } = await showPage(desk)
    const { settings } = desk.report.draft
    desk.report.draft = { ...desk.report.draft, number: 4, settings: { ...settings, from: '2026-03-03', to: '2026-05-02', version: settings.version + 1 } }
    await user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Somebody else has published issue 3 meanwhile.')
    expect(screen.queryByText(/nothing was published/)).toBeNull()
    expect(screen.queryByRole('button', { name: /Publish issue/ })).toBeNull()
    expect(desk.report.published).toHaveLength(1)
  })
})

describe('publishing beside an issue of the same days', () => {
  it('[CO982] says that few sensitive entries can be read out of both, and what to do instead', async () => {
    const desk = written()
    desk.report.evidence = { ...desk.report.evidence, beside: { issues: [1, 2], entries: 1 } }
    await showPage(desk)
    expect(await screen.findByText(/^Whoever lays this issue beside issues 1, 2, which count some of the same days, can read topic, region and week of 1 sensitive entry out of the numbers\./)).toBeTruthy()
    expect(screen.queryByText(/nothing was found to look at/)).toBeNull()
  })
})

describe('publishing without an answer', () => {
  it('[CO211] is said to be unknown, and goes out again as it was, after the desk was opened anew and somebody wrote on too', async () => {
    const desk = written()
    const first = await showPage(desk)
    desk.report.problem = { kind: 'unreachable', code: 'no-answer' }
    await first.user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByText(unknown)).toBeTruthy()
    expect(screen.queryByText(/nothing was published/)).toBeNull()
    first.unmount()
    desk.report.problem = null
    const again = await showPage(desk)
    expect(await screen.findByText(unknown)).toBeTruthy()
    await again.user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('heading', { name: 'Issue 3 is published.' })).toBeTruthy()
    const [one, two] = desk.report.published
    expect([two, typeof one?.id]).toEqual([one, 'string'])
    await waitFor(() => expect(desk.report.keptPublishing).toBeNull())
  })

  it('[CO211] is answered by the word that somebody has written meanwhile, and by no other refusal', async () => {
    const desk = written()
    const { user } = await showPage(desk)
    desk.report.problem = { kind: 'offline', code: 'no-answer' }
    await user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    desk.report.problem = { kind: 'refused', code: 'too-many-requests' }
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText(unknown)).toBeTruthy()
    desk.report.problem = null
    desk.report.elsewhere(aFinding(2), 20)
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText(/Somebody has written meanwhile, so nothing was published\./)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByRole('heading', { name: 'Issue 3 is published.' })).toBeTruthy()
    expect(new Set(desk.report.published.map(({ id }) => id)).size).toBe(2)
  })
})
