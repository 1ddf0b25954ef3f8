import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { hashContent } from '#protocol/chain.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { aCitation, aFinding, aSentence } from '../support/written.ts'
import { digest } from './show-desk.tsx'
import { finding, showReport, written } from './show-report.tsx'

const words = 'The well is dry.'

/** A sentence that cites an approved entry, with its editor open. */
async function writeOn() {
  const content = aChallenge({ description: words })
  const contentHash = await hashContent({ content, corrections: {} }, digest)
  const citation = { ...aCitation(1), contentHash }
  const part = aFinding(1, { sentences: [aSentence(1, { cites: [citation] })] })
  const desk = written(part)
  desk.entries = [aDeskEntry({ number: 1, content, steps: [{ type: 'decide', by: 1, body: { revision: citation.revision, contentHash, verdict: 'approve', questions: [] } }] })]
  const shown = await showReport(desk)
  await shown.user.click(await screen.findByRole('button', { name: 'Edit Finding 1' }))
  return { desk, shown, flag: { finding: part.id, sentence: part.sentences[0]?.id ?? null, changed: [{ citation, ref: null, changes: ['erased' as const] }] } }
}

describe('evidence that somebody erases', () => {
  it('[CO250] is not shown any more while a sentence on it is written, and is only offered to be taken out', async () => {
    const { desk, shown, flag } = await writeOn()
    expect(await finding().findByText(words)).toBeTruthy()
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: 'asked' })
    desk.report.draft = { ...desk.report.draft, flags: [flag] }
    await shown.tick(15_000)
    await waitFor(() => expect(finding().queryByText(words)).toBeNull())
    await shown.user.click(finding().getByRole('button', { name: 'Done' }))
    await shown.user.type(await screen.findByRole('button', { name: 'Edit Finding 1' }), '{Enter}')
    expect(await finding().findByRole('button', { name: 'Take An entry out' })).toBeTruthy()
    expect(finding().queryByRole('button', { name: 'Cite An entry as it is now' })).toBeNull()
  })
})
