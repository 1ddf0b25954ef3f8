import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { hashContent } from '#protocol/chain.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import { aCitation, aFinding } from '../support/written.ts'
import { digest } from './show-desk.tsx'
import { finding, showReport, written } from './show-report.tsx'

async function approved(number: number, description: string, after: readonly DeskStep[] = []) {
  const content = aChallenge({ description, topic: 'WSH', placeName: 'Jacmel' })
  const contentHash = await hashContent({ content, corrections: {} }, digest)
  const decide: DeskStep = { type: 'decide', by: 1, body: { revision: aCitation(number).revision, contentHash, verdict: 'approve', questions: [] } }
  return { entry: aDeskEntry({ number, content, steps: [decide, ...after] }), citation: { ...aCitation(number), contentHash } }
}

describe('evidence that was edited since it was approved', () => {
  it('[CO263] is offered as it was approved, with the words of then, and cited so; what was withdrawn is not', async () => {
    const edit: DeskStep = { type: 'revise', by: 11, body: { set: { description: 'All is well again, thank you.', topic: 'HEA', placeName: 'Okay' }, unset: [], answers: [] } }
    const edited = await approved(1, 'The well is dry.', [edit])
    const withdrawn = await approved(2, 'No water for a week.', [{ type: 'withdraw', by: 12, body: {} }])
    const plain = await approved(3, 'The pump has broken.')
    const desk = written(aFinding(1))
    desk.entries = [edited.entry, withdrawn.entry, plain.entry]
    const { user, tick } = await showReport(desk)
    await user.click(await screen.findByRole('button', { name: 'Edit Finding 1' }))
    await user.click(finding().getByRole('button', { name: 'Add evidence' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Evidence for sentence 1' }))
    expect(await dialog.findByText('2 entries found')).toBeTruthy()
    expect(desk.asked.at(-1)).toMatchObject({ counted: 'yes', from: '2026-01-01', to: '2026-03-02' })
    const row = (await dialog.findByText('The well is dry.')).closest('li')
    expect(row?.textContent).toContain('Jacmel')
    expect(row?.textContent).toContain('edited since; shown and cited as it was approved')
    expect(row?.textContent).toMatch(/Water/)
    expect(dialog.queryByText('All is well again, thank you.')).toBeNull()
    expect(desk.read).toEqual([deskIds.entry(1)])
    await user.click(dialog.getByRole('checkbox', { name: 'Choose C-000001' }))
    await user.click(dialog.getByRole('button', { name: 'Cite 1 entry' }))
    await tick()
    await waitFor(() => expect(desk.report.puts.at(-1)?.part.sentences[0]?.cites).toEqual([edited.citation]))
    expect(finding().getByText('The well is dry.')).toBeTruthy()
  })
})
