import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { IssueRow } from '#protocol/written-report.ts'
import { someHash } from '../support/desk-entries.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'
import { reportAt } from '../support/fake-report.ts'
import { aCitation, aFinding, aSentence } from '../support/written.ts'
import { showDesk } from './show-desk.tsx'
import { area, finding, offline, openAndType, showReport, textOf, written } from './show-report.tsx'

describe('what is typed', () => {
  it('[CO196] is on the device at once and with the server a moment later, without a button', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    await openAndType(shown, ' So.')
    expect(finding().getByText('Writing …')).toBeTruthy()
    await shown.tick()
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
    expect(await finding().findByText('Saved')).toBeTruthy()
    await waitFor(() => expect(desk.report.kept.size).toBe(0))
    await shown.user.type(area(), ' Again.')
    await shown.user.tab()
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So. Again.'))
    await shown.user.click(finding().getByRole('button', { name: 'Done' }))
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Edit Finding 1')
  })

  it('[CO885] a screen reader is told that words are saved, or why not, and none of the steps on the way there', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    const told = () => finding().getAllByRole('status').map((status) => status.textContent).join('')
    await openAndType(shown, ' So.')
    expect([finding().getByText('Writing …').textContent, told()]).toEqual(['Writing …', ''])
    await shown.tick()
    await waitFor(() => expect(told()).toBe('Saved'))
    desk.report.problem = offline
    await shown.user.type(area(), ' Again.')
    expect(told()).toBe('')
    await shown.tick()
    await waitFor(() => expect(told()).toBe('Only on this device. It goes out when there is a connection.'))
  })

  it('[CO196] stays on the device without a connection, says so, and goes out when there is one', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    desk.report.problem = offline
    await openAndType(shown, ' So.')
    await shown.tick()
    expect(await finding().findByText('Only on this device. It goes out when there is a connection.')).toBeTruthy()
    expect([...desk.report.kept.values()]).toMatchObject([{ was: 1, part: { sentences: [{ text: 'Wells are dry. So.' }] } }])
    desk.setSync({ online: false })
    desk.report.problem = null
    desk.setSync({ online: true })
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
    expect(await finding().findByText('Saved')).toBeTruthy()
  })

  it('[CO196] stands there again after the tab was closed, and then goes out', async () => {
    const desk = written(aFinding(1))
    desk.report.kept.set(aFinding(1).id, { part: aFinding(1, { sentences: [aSentence(1, { text: 'Typed before the lid closed.' })] }), place: 10, was: 1 })
    const shown = await showReport(desk)
    expect(await screen.findByText('Typed before the lid closed.')).toBeTruthy()
    await shown.tick()
    await waitFor(() => expect(textOf(desk)).toBe('Typed before the lid closed.'))
    await waitFor(() => expect(desk.report.kept.size).toBe(0))
  })

  it('[CO196] that the server refuses is not called saved, and is tried again by a press', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    desk.report.problem = { kind: 'refused', code: 'forbidden' }
    await openAndType(shown, ' So.')
    await shown.tick()
    expect(await finding().findByText('Not saved: Your membership does not allow this.')).toBeTruthy()
    desk.report.problem = null
    await shown.user.click(finding().getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
  })

  it('[CO196] a finding that was begun and never written leaves nothing behind', async () => {
    const desk = written()
    const shown = await showReport(desk)
    const [add] = screen.getAllByRole('button', { name: 'Write a finding' })
    if (add === undefined) throw new Error('there is no button')
    await shown.user.click(add)
    expect(document.activeElement).toBe(area())
    await shown.tick()
    expect(finding().getByText('Only on this device: write a first sentence.')).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(desk.report.kept.size).toBe(0))
    expect(screen.queryByRole('article', { name: 'Finding 1' })).toBeNull()
    expect(desk.report.puts).toEqual([])
  })
})

describe('two who write the same', () => {
  const theirs = aFinding(1, { sentences: [aSentence(1, { text: 'Jean says: wells are low.' })] })

  it('[CO197] see both, and what stays is picked: mine', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    await openAndType(shown, ' So.')
    desk.report.elsewhere(theirs, 10)
    await shown.tick()
    const note = within(await finding().findByRole('alert'))
    expect(note.getByText('Jean has written here meanwhile.')).toBeTruthy()
    expect([note.getByText('Jean says: wells are low.'), note.getByText('Wells are dry. So.')]).toHaveLength(2)
    expect(textOf(desk)).toBe('Jean says: wells are low.')
    await shown.user.click(note.getByRole('button', { name: 'Keep mine' }))
    await waitFor(() => expect(textOf(desk)).toBe('Wells are dry. So.'))
  })

  it('[CO197] or theirs; and one that was taken out meanwhile is put in again as another', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    await openAndType(shown, ' So.')
    desk.report.elsewhere(theirs, 10)
    await shown.tick()
    await shown.user.click(await finding().findByRole('button', { name: 'Take theirs' }))
    expect(area().value).toBe('Jean says: wells are low.')
    await shown.user.type(area(), ' Mine.')
    desk.report.draft = { ...desk.report.draft, parts: [] }
    await shown.tick()
    expect(await finding().findByText('Somebody else has removed this meanwhile.')).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: 'Put mine in again' }))
    await shown.tick()
    await waitFor(() => expect(textOf(desk)).toBe('Jean says: wells are low. Mine.'))
    expect(desk.report.draft.parts[0]?.part.id).not.toBe(theirs.id)
  })
})

describe('what was typed before the tab was closed', () => {
  const leftBehind = (desk: FakeDesk) => desk.report.kept.set(aFinding(1).id, { part: aFinding(1, { sentences: [aSentence(1, { text: 'Typed before the lid closed.' })] }), place: 10, was: 1 })

  it('[CO197] and what somebody else wrote since stand beside each other, and neither goes over the other', async () => {
    const desk = written(aFinding(1))
    leftBehind(desk)
    desk.report.elsewhere(aFinding(1, { sentences: [aSentence(1, { text: 'Jean says: wells are low.' })] }), 10)
    await showReport(desk)
    const note = within(await finding().findByRole('alert'))
    expect([note.getByText('Jean says: wells are low.'), note.getByText('Typed before the lid closed.')]).toHaveLength(2)
    expect(textOf(desk)).toBe('Jean says: wells are low.')
    expect(desk.report.kept.size).toBe(1)
  })

  it('[CO197] is picked by its writer, and then goes out over what somebody else wrote', async () => {
    const desk = written(aFinding(1))
    leftBehind(desk)
    desk.report.elsewhere(aFinding(1, { sentences: [aSentence(1, { text: 'Jean says: wells are low.' })] }), 10)
    const shown = await showReport(desk)
    await shown.user.click(await finding().findByRole('button', { name: 'Keep mine' }))
    await waitFor(() => expect(textOf(desk)).toBe('Typed before the lid closed.'))
    await waitFor(() => expect(desk.report.kept.size).toBe(0))
  })
})

describe('publishing', () => {
  it('[CO201] [CO202] what to look at leads to its place, and what is published is what was read', async () => {
    const part = aFinding(1, { sentences: [aSentence(1, { text: 'Most families lack water.' })] })
    const desk = written(part)
    const shown = await showReport(desk, '/desk/report/publish')
    expect(screen.getByText(/with 1 finding and no priority, on a page that everybody who has the link can read/)).toBeTruthy()
    expect(screen.getByText('A published issue cannot be changed or taken back. It can only be corrected, in a list of changes that everybody sees.')).toBeTruthy()
    expect(screen.getByRole('link', { name: /No entry stands behind this sentence/ }).getAttribute('href')).toBe(`/desk/report?part=${part.id}`)
    expect(screen.getByRole('link', { name: 'Read it as it will be' }).getAttribute('href')).toContain('/reports/working?from=2026-01-01&to=2026-03-02')
    desk.report.elsewhere(aFinding(2), 20)
    await shown.user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByText(/Somebody has written meanwhile, so nothing was published\./)).toBeTruthy()
    expect(screen.getByText(/with 2 findings/)).toBeTruthy()
    await shown.user.click(screen.getByRole('button', { name: 'Publish issue 3 for everybody' }))
    expect(await screen.findByRole('heading', { name: 'Issue 3 is published.' })).toBeTruthy()
    expect(desk.report.published.at(-1)).toEqual({ id: expect.any(String), settings: 1, days: { from: '2026-01-01', to: '2026-03-02' }, parts: [{ id: part.id, version: 1 }, { id: aFinding(2).id, version: 1 }] })
    expect(await screen.findByRole('img', { name: 'QR code of issue 3' })).toBeTruthy()
    await shown.user.click(screen.getByRole('button', { name: 'Copy the link' }))
    expect(shown.copied).toEqual(['https://terrain.example/r/issue-3'])
  })

  it('[CO924] whoever publishes with the keyboard goes on at the word that it is published, and so at its link', async () => {
    const shown = await showReport(written(aFinding(1)), '/desk/report/publish')
    screen.getByRole('button', { name: 'Publish issue 3 for everybody' }).focus()
    await shown.user.keyboard('{Enter}')
    const title = await screen.findByRole('heading', { name: 'Issue 3 is published.' })
    await waitFor(() => expect(document.activeElement).toBe(title))
    await shown.user.tab()
    expect(document.activeElement).toBe(screen.getByRole('link', { name: /^Open the public page/ }))
  })

  it('[CO202] waits for what is only on this device, and for nothing else', async () => {
    const desk = written(aFinding(1))
    const shown = await showReport(desk)
    desk.report.problem = offline
    await openAndType(shown, ' So.')
    await shown.tick()
    await shown.user.click(screen.getByRole('link', { name: 'Check and publish' }))
    expect(await screen.findByText('Some of it is only on this device. It can be published once everything is saved.')).toBeTruthy()
    const publish = screen.getByRole('button', { name: 'Publish issue 3 for everybody' })
    expect(publish.getAttribute('aria-disabled')).toBe('true')
    await shown.user.click(publish)
    expect(desk.report.published).toEqual([])
    desk.report.problem = null
    await shown.tick()
    await waitFor(() => expect(publish.getAttribute('aria-disabled')).toBeNull())
  })

  it('[CO203] an issue says what changed in its evidence since, and a correction goes to its public list', async () => {
    const issue: IssueRow = { number: 2, slug: 'two', url: '/r/two', from: '2025-10-01', to: '2025-12-31', publishedAt: '2026-01-05T08:00:00Z' as Instant, by: null, digest: someHash, flags: [{ finding: aFinding(1).id, sentence: aSentence(1).id, changed: [{ citation: aCitation(1), ref: null, changes: ['withdrawn'] }] }], sentences: { [aSentence(1).id]: 'Wells were dry.' }, corrections: [{ id: 'one', at: reportAt, sentence: null, text: 'The period began on 1 October.', lang: 'en' }] }
    const desk = written()
    desk.report.draft = { ...desk.report.draft, issues: [issue] }
    const shown = await showReport(desk)
    const shownIssue = within(screen.getByRole('article', { name: 'Issue 2' }))
    expect(shownIssue.getByText('The evidence of 1 sentence has changed since')).toBeTruthy()
    expect(shownIssue.getByText('Wells were dry.')).toBeTruthy()
    expect(shownIssue.getByText(/The entry was withdrawn\./)).toBeTruthy()
    expect(shownIssue.getByText('The period began on 1 October.')).toBeTruthy()
    await shown.user.click(shownIssue.getByRole('button', { name: 'Write a correction' }))
    await shown.user.type(shownIssue.getByLabelText('Correction'), ' Some wells. ')
    await shown.user.click(shownIssue.getByRole('button', { name: 'Publish the correction' }))
    await waitFor(() => expect(desk.report.corrected).toMatchObject([{ number: 2, sentence: aSentence(1).id, text: 'Some wells.', lang: 'en' }]))
    await waitFor(() => expect(shownIssue.queryByLabelText('Correction')).toBeNull())
    expect(desk.report.keptCorrections.size).toBe(0)
  })

  it('[CO203] a correction that was begun stands in its form again, until it is sent or given up', async () => {
    const issue: IssueRow = { number: 2, slug: 'two', url: '/r/two', from: '2025-10-01', to: '2025-12-31', publishedAt: '2026-01-05T08:00:00Z' as Instant, by: null, digest: someHash, flags: [], sentences: {}, corrections: [] }
    const desk = written()
    desk.report.draft = { ...desk.report.draft, issues: [issue] }
    const first = await showReport(desk)
    await first.user.click(await screen.findByRole('button', { name: 'Write a correction to the issue' }))
    await first.user.type(screen.getByLabelText('Correction'), 'Some wells')
    await waitFor(() => expect(desk.report.keptCorrections.get('2/')?.text).toBe('Some wells'))
    first.unmount()
    const again = await showReport(desk)
    await again.user.click(await screen.findByRole('button', { name: 'Write a correction to the issue' }))
    expect(await screen.findByDisplayValue('Some wells')).toBeTruthy()
    await again.user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(desk.report.keptCorrections.size).toBe(0))
  })

  it('[CO257] a correction without an answer is said to be unknown; where the first sending had arrived, what was changed since is another one', async () => {
    const issue: IssueRow = { number: 2, slug: 'two', url: '/r/two', from: '2025-10-01', to: '2025-12-31', publishedAt: '2026-01-05T08:00:00Z' as Instant, by: null, digest: someHash, flags: [], sentences: {}, corrections: [] }
    const desk = written()
    desk.report.draft = { ...desk.report.draft, issues: [issue] }
    const { user } = await showReport(desk)
    await user.click(await screen.findByRole('button', { name: 'Write a correction to the issue' }))
    await user.type(screen.getByLabelText('Correction'), 'Some wells')
    const send = screen.getByRole('button', { name: 'Publish the correction' })
    desk.report.problem = offline
    await user.click(send)
    expect(await screen.findByText(/^No answer came, so it is not known whether the correction is published\./)).toBeTruthy()
    const first = desk.report.keptCorrections.get('2/')?.id
    await user.type(screen.getByLabelText('Correction'), ' are dry')
    desk.report.problem = { kind: 'refused', code: 'precondition-failed' }
    await user.click(send)
    expect(await screen.findByText(/^The correction had arrived the first time, in the words of then/)).toBeTruthy()
    expect(screen.getByDisplayValue('Some wells are dry')).toBeTruthy()
    desk.report.problem = null
    await user.click(send)
    await waitFor(() => expect(desk.report.corrected).toMatchObject([{ text: 'Some wells are dry' }]))
    expect(desk.report.corrected[0]?.id).not.toBe(first)
  })

  it('[CO19] [CO192] in Arabic the page reads from right to left with refs and links as they are', async () => {
    const desk = written(aFinding(1))
    const { container } = await showDesk(desk, '/desk/report', 'ar')
    expect(await screen.findByRole('heading', { name: 'التقرير، العدد 3' })).toBeTruthy()
    expect(await screen.findByRole('heading', { name: 'الأعداد المنشورة' })).toBeTruthy()
    expect(container.textContent).not.toContain('Write a finding')
  })
})
