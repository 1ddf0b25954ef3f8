import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { DraftPart } from '#protocol/written-report.ts'
import type { CitedPhoto, WrittenPart } from '#domain/written-report.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'
import { jean, reportAt } from '../support/fake-report.ts'
import { aCitation, aFinding, aSentence } from '../support/written.ts'
import { digest, fakeDesk, showDesk } from './show-desk.tsx'
import { hashContent } from '#protocol/chain.ts'

/** An approved entry, and how it is cited. */
async function approved(number: number, text: string) {
  const plan = { number, content: aChallenge({ description: text }) }
  const { row } = aDeskEntry(plan)
  const contentHash = await hashContent({ content: plan.content, corrections: {} }, digest)
  const entry = aDeskEntry({ ...plan, steps: [{ type: 'decide', by: 1, body: { revision: aCitation(number).revision, contentHash, verdict: 'approve', questions: [] } }] })
  return { entry, citation: { ...aCitation(number), contentHash }, ref: row.ref }
}

const draftPart = (part: WrittenPart, place = 10): DraftPart => ({ part: structuredClone(part), place, version: 1, by: jean, at: reportAt }) as DraftPart

function written(desk: FakeDesk, ...parts: readonly WrittenPart[]): FakeDesk {
  desk.report.draft = { ...desk.report.draft, parts: parts.map((part, index) => draftPart(part, (index + 1) * 10)) }
  return desk
}

/** The page with all that comes a moment later. */
async function showReport(desk: FakeDesk, path = '/desk/report') {
  const shown = await showDesk(desk, path)
  await screen.findByRole('heading', { name: /^(?:Report|Publish) ?,? issue 3$/ })
  await shown.tick()
  return shown
}

const openFirst = async ({ user }: Awaited<ReturnType<typeof showReport>>) => user.click(await screen.findByRole('button', { name: 'Edit Finding 1' }))
const finding = () => within(screen.getByRole('article', { name: 'Finding 1' }))

describe('a number of the report', () => {
  it('[CO208] leads to every entry behind it, also where it is not shown', async () => {
    const desk = fakeDesk()
    desk.report.figures.set('severity/WSH/4', { name: 'Water · 4 Extreme', count: null, entries: [{ id: deskIds.entry(1), ref: 'C-000001' as never, topic: 'WSH', observedOn: '2026-02-26', words: 'The well is dry.' }] })
    await showDesk(desk, '/desk/report/figure?id=severity%2FWSH%2F4&from=2026-01-01&to=2026-03-02')
    expect(await screen.findByRole('heading', { name: 'Water · 4 Extreme' })).toBeTruthy()
    expect(screen.getByText(/^Is not shown in the report: 1 entry stands behind it/)).toBeTruthy()
    expect(screen.getByRole('link', { name: /C-000001.*The well is dry\./ }).getAttribute('href')).toBe(`/desk/entry/${deskIds.entry(1)}`)
  })

  it('[CO208] says that the report has no such number', async () => {
    await showDesk(fakeDesk(), '/desk/report/figure?id=no%2Fsuch')
    expect(await screen.findByText('The report has no such number for these days.')).toBeTruthy()
  })
})

describe('the report in work', () => {
  it('[CO192] stands under its questions with its number, confidence, topic and flags, and what was published below', async () => {
    const flagged = aFinding(1, { topic: 'WSH', sentences: [aSentence(1, { cites: [aCitation(1)] }), aSentence(2, { text: 'Nobody said so.' })] })
    const desk = written(fakeDesk(), flagged, aFinding(2, { question: 2 }))
    desk.report.draft = { ...desk.report.draft, flags: [{ finding: flagged.id, sentence: flagged.sentences[0]?.id ?? null, changed: [{ citation: aCitation(1), ref: null, changes: ['revised'] }] }], issues: [{ number: 2, slug: 'two', url: '/r/two', from: '2025-10-01', to: '2025-12-31', publishedAt: '2026-01-05T08:00:00Z' as Instant, by: jean, digest: someHash, flags: [], sentences: {}, corrections: [] }] }
    desk.report.evidence = { ...desk.report.evidence, parts: [{ id: flagged.id, computed: 'high', confidence: 'moderate', entries: 8, authors: 5, organisations: 3, sourceTypes: 2, graded: 1, unsettled: 0, unsupported: [], outside: [], founded: null }] }
    const shown = await showReport(desk)
    const first = within(screen.getByRole('region', { name: 'What are the major challenges facing populations?' }))
    expect(await first.findByText(/Water, sanitation and hygiene · Confidence: moderate · Lowered by the coordinators/)).toBeTruthy()
    expect(first.getByText('Its evidence has changed since it was cited')).toBeTruthy()
    expect(first.getByText('Unsupported: no entry stands behind this sentence.')).toBeTruthy()
    expect(within(screen.getByRole('region', { name: 'What is the extent of the mobilization of civil society?' })).getByText('Wells are dry.')).toBeTruthy()
    const issue = within(screen.getByRole('article', { name: 'Issue 2' }))
    expect(issue.getByText(/1 October 2025 to 31 December 2025 · Published on 5 January 2026 by Jean/)).toBeTruthy()
    expect(issue.getByRole('link', { name: 'Open the public page' }).getAttribute('href')).toMatch(/\/r\/two$/)
    await shown.user.click(issue.getByRole('button', { name: 'Copy the link' }))
    expect(shown.copied).toEqual([expect.stringMatching(/^http.*\/r\/two$/)])
  })

  it('[CO192] period and date of the next issue are saved a moment later; what somebody else set meanwhile is a choice', async () => {
    const desk = fakeDesk()
    const { tick, user } = await showReport(desk)
    fireEvent.change(screen.getByLabelText('Next issue on'), { target: { value: '2026-05-01' } })
    await tick()
    expect(desk.report.draft.settings).toMatchObject({ from: '2026-01-01', next: '2026-05-01', version: 2 })
    desk.report.draft = { ...desk.report.draft, settings: { from: '2026-02-01', to: '2026-03-02', next: null, version: 3 } }
    fireEvent.change(screen.getByLabelText('From'), { target: { value: '2026-01-15' } })
    await tick()
    expect(await screen.findByText('Somebody else set 1 February 2026 to 2 March 2026 meanwhile.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Save mine' }))
    await tick()
    expect(desk.report.draft.settings).toMatchObject({ from: '2026-01-15', version: 4 })
  })

  it('[CO199] parts move up and down with the focus on the button, and are removed after a question', async () => {
    const [one, two] = [aFinding(1, { sentences: [aSentence(1, { text: 'One.' })] }), aFinding(2, { sentences: [aSentence(2, { text: 'Two.' })] })]
    const desk = written(fakeDesk(), one, two)
    const { user, tick } = await showReport(desk)
    await user.click(screen.getByRole('button', { name: 'Move Finding 2 up' }))
    expect(screen.getByText('Finding 2 stands at place 1 now.')).toBeTruthy()
    expect(document.activeElement?.getAttribute('title')).toBe('Move Finding 1 up')
    await tick()
    expect(desk.report.puts).toMatchObject([{ part: { id: two.id }, place: 5, was: 1 }])
    await user.click(screen.getByRole('button', { name: 'Remove Finding 2' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Keep it' }))
    await user.click(screen.getByRole('button', { name: 'Remove Finding 2' }))
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(desk.report.removed).toEqual([one.id]))
    expect(screen.queryByText('One.')).toBeNull()
  })
})

describe('a sentence', () => {
  it('[CO193] its evidence is picked among approved entries of the period, several at once, each cited as it was approved', async () => {
    const [one, two] = [await approved(1, 'The well is dry.'), await approved(2, 'No water for a week.')]
    const open = aDeskEntry({ number: 3, content: aChallenge() })
    const desk = written(fakeDesk({ entries: [one.entry, two.entry, open] }), aFinding(1))
    const shown = await showReport(desk)
    await openFirst(shown)
    await shown.user.click(finding().getByRole('button', { name: 'Add evidence' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Evidence for sentence 1' }))
    expect(await dialog.findByText('2 entries found')).toBeTruthy()
    expect(desk.asked.at(-1)).toMatchObject({ counted: 'yes', from: '2026-01-01', to: '2026-03-02' })
    await shown.user.click(dialog.getByRole('button', { name: `Read ${two.ref}` }))
    expect(await dialog.findByRole('link', { name: 'Open the whole entry' })).toBeTruthy()
    await shown.user.click(dialog.getByRole('checkbox', { name: `Choose ${one.ref}` }))
    await shown.user.click(dialog.getByRole('checkbox', { name: `Choose ${two.ref}` }))
    await shown.user.click(dialog.getByRole('button', { name: 'Cite 2 entries' }))
    await shown.tick()
    await waitFor(() => expect(desk.report.puts.at(-1)?.part.sentences[0]?.cites).toEqual([one.citation, two.citation]))
    await shown.user.click(finding().getByRole('button', { name: `Remove ${one.ref} from the evidence` }))
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part.sentences[0]?.cites).toEqual([two.citation])
  })

  it('[CO194] [CO207] a number is inserted at the caret and the sentence shown as it will read', async () => {
    const desk = written(fakeDesk(), aFinding(1))
    desk.report.evidence = { ...desk.report.evidence, numbers: [{ id: 'wash', say: 'Water · challenges reported', count: 41 }, { id: 'edu', say: 'Education · challenges reported', count: null }] }
    const shown = await showReport(desk)
    await openFirst(shown)
    const area = finding().getByRole<HTMLTextAreaElement>('textbox', { name: 'Sentence 1' })
    await shown.user.type(area, ' In', { initialSelectionStart: 14 })
    await shown.user.click(finding().getByRole('button', { name: 'Insert a number' }))
    await shown.user.type(screen.getByRole('searchbox', { name: 'Search the numbers of the report' }), 'water')
    await shown.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: /^41/ }))
    expect(area.value).toBe('Wells are dry. In {1}')
    expect(document.activeElement).toBe(area)
    expect(finding().getByText('It will read:').parentElement?.textContent).toBe('It will read: Wells are dry. In 41')
    await shown.user.click(finding().getByRole('button', { name: 'Insert a number' }))
    await shown.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: /Education/ }))
    expect(finding().getByText(/^Education · challenges reported: not shown, because fewer than five/)).toBeTruthy()
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part.sentences[0]).toMatchObject({ text: 'Wells are dry. In {1} {2}', figures: { 1: 'wash', 2: 'edu' } })
    await shown.user.click(finding().getByRole('button', { name: 'Done' }))
    expect(finding().getByRole('link', { name: '41' }).getAttribute('href')).toBe('/desk/report/figure?id=wash')
  })

  it('[CO195] below it stands what claims too much, what was typed and that nothing supports it, and none of it blocks', async () => {
    const desk = written(fakeDesk(), aFinding(1))
    const shown = await showReport(desk)
    await openFirst(shown)
    const area = finding().getByRole('textbox', { name: 'Sentence 1' })
    await shown.user.clear(area)
    await shown.user.type(area, 'Most families lack water in 41 places.')
    expect(finding().queryByText('Most families')).toBeNull()
    await shown.tick()
    await shown.tick()
    expect(finding().getByText('Most families').closest('p')?.textContent).toBe('Most families The entries are no sample: they cannot say how many people. Say how often it was reported: “in 41 reports by 17 authors”.')
    expect(finding().getByText(/^Typed by hand: 41\./)).toBeTruthy()
    expect(finding().getByText('Unsupported: no entry stands behind this sentence.')).toBeTruthy()
    await waitFor(() => expect(desk.report.draft.parts[0]?.part.sentences[0]?.text).toBe('Most families lack water in 41 places.'))
  })

  it('[CO200] whose evidence changed says what changed, and cites the entry as it is now or does without it', async () => {
    const now = await approved(1, 'The well is dry.')
    const part = aFinding(1, { sentences: [aSentence(1, { cites: [aCitation(1, 999), aCitation(2)] })] })
    const desk = written(fakeDesk({ entries: [now.entry, aDeskEntry({ number: 2, content: aChallenge() })] }), part)
    const ref = (number: number) => aDeskEntry({ number, content: aChallenge() }).row.ref
    desk.report.draft = { ...desk.report.draft, flags: [{ finding: part.id, sentence: part.sentences[0]?.id ?? null, changed: [{ citation: aCitation(1, 999), ref: ref(1), changes: ['revised', 'inConflict'] }, { citation: aCitation(2), ref: ref(2), changes: ['reopened'] }] }] }
    const shown = await showReport(desk)
    await openFirst(shown)
    expect(finding().getByText(/Its author revised the entry\. The entry says two different things that nobody has settled\.$/)).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: `Cite ${ref(2)} as it is now` }))
    expect(await finding().findByText(`${ref(2)} is not approved now, so it cannot be cited as it is.`)).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: `Take ${ref(2)} out` }))
    await shown.user.click(finding().getByRole('button', { name: `Cite ${ref(1)} as it is now` }))
    await shown.tick()
    await waitFor(() => expect(desk.report.puts.at(-1)?.part.sentences[0]?.cites).toEqual([now.citation]))
    expect(screen.queryByText('Its evidence has changed since it was cited')).toBeNull()
  })
})

describe('beside a finding', () => {
  it('[CO204] the confidence stands with its grounds in words, and is lowered, never raised', async () => {
    const part = aFinding(1)
    const desk = written(fakeDesk(), part)
    desk.report.evidence = { ...desk.report.evidence, parts: [{ id: part.id, computed: 'moderate', confidence: 'moderate', entries: 4, authors: 3, organisations: 2, sourceTypes: 1, graded: 0.5, unsettled: 1, unsupported: [], outside: [], founded: null }] }
    const shown = await showReport(desk)
    await openFirst(shown)
    expect(finding().getByText('It rests on 4 entries, 3 authors, 2 organisations, 1 kind of source, 50% graded A–C and 1–3, 1 contradiction not settled.')).toBeTruthy()
    const lower = finding().getByLabelText('Say less')
    expect(within(lower).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['As computed: moderate', 'low'])
    await shown.user.selectOptions(lower, 'low')
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part.confidence).toBe('low')
    await shown.user.selectOptions(finding().getByLabelText('Say less'), 'As computed: moderate')
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part).not.toHaveProperty('confidence')
  })

  it('[CO209] a photo is taken from where it is seen whole, and one that may not be shown any more says so', async () => {
    const aPhoto = (n: number) => String(n).repeat(64) as CitedPhoto['photo']
    const desk = written(fakeDesk(), aFinding(1, { photos: [{ ...aCitation(9), photo: aPhoto(9) }] }))
    const { ref } = aDeskEntry({ number: 1, content: aChallenge() }).row
    desk.report.evidence = { ...desk.report.evidence, photos: [1, 2].map((n) => ({ citation: aCitation(n), photo: aPhoto(n), ref: n === 1 ? ref : ('C-000022' as never), caption: n === 1 ? 'The dry well.' : null, lang: 'en', topic: 'WSH', width: 640, height: 480 })) }
    const shown = await showReport(desk)
    await openFirst(shown)
    expect(finding().getByText('This photo may not be shown now. The report leaves it out.')).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: 'Add a photo' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Add a photo' }))
    expect(dialog.queryByRole('button', { name: `Take the photo ${ref}` })).toBeNull()
    await shown.user.type(dialog.getByRole('searchbox', { name: 'Search the photos' }), 'dry')
    expect(dialog.queryByRole('button', { name: 'See the photo C-000022 whole' })).toBeNull()
    await shown.user.click(dialog.getByRole('button', { name: `See the photo ${ref} whole` }))
    expect(dialog.getByText(/does a face, a number plate, a document or a house tell who or where/)).toBeTruthy()
    expect(dialog.getByRole('img', { name: 'The dry well.' }).getAttribute('src')).toContain(`${aPhoto(1)}?width=960`)
    expect(document.activeElement?.tagName).toBe('FIGURE')
    await shown.user.click(dialog.getByRole('button', { name: 'Back to all photos' }))
    expect(document.activeElement).toBe(dialog.getByRole('button', { name: `See the photo ${ref} whole` }))
    expect(dialog.queryByRole('button', { name: 'See the photo C-000022 whole' })).toBeNull()
    await shown.user.keyboard('{Enter}')
    await shown.user.click(dialog.getByRole('button', { name: `Take the photo ${ref}` }))
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part.photos).toEqual([{ ...aCitation(9), photo: aPhoto(9) }, { ...aCitation(1), photo: aPhoto(1) }])
    await shown.user.click(finding().getByRole('button', { name: `Remove the photo ${ref}` }))
    await shown.user.click(finding().getByRole('button', { name: 'Remove the photo' }))
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part).not.toHaveProperty('photos')
  })

  it('[CO205] words of people are picked from what may be quoted, and what may not any more is said', async () => {
    const desk = written(fakeDesk(), aFinding(1, { quotes: [aCitation(9)] }))
    desk.report.evidence = { ...desk.report.evidence, quotes: [{ citation: aCitation(1), ref: aDeskEntry({ number: 1, content: aChallenge() }).row.ref, text: 'We drink what there is.', lang: 'en', topic: 'WSH' }] }
    const shown = await showReport(desk)
    await openFirst(shown)
    expect(finding().getByText('These words may not be quoted now. The report leaves them out.')).toBeTruthy()
    await shown.user.click(finding().getByRole('button', { name: 'Add a quotation' }))
    await shown.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Quote C-000001' }))
    expect(finding().getByText('We drink what there is.')).toBeTruthy()
    await shown.tick()
    expect(desk.report.puts.at(-1)?.part.quotes).toEqual([aCitation(9), aCitation(1)])
  })

  it('[CO205] where there are older words than the list holds, their number stands there', async () => {
    const desk = written(fakeDesk(), aFinding(1))
    desk.report.evidence = { ...desk.report.evidence, quotes: [{ citation: aCitation(1), ref: aDeskEntry({ number: 1, content: aChallenge() }).row.ref, text: 'We drink what there is.', lang: 'en', topic: 'WSH' }], older: { quotes: 7, photos: 0 } }
    const shown = await showReport(desk)
    await openFirst(shown)
    await shown.user.click(finding().getByRole('button', { name: 'Add a quotation' }))
    expect(within(screen.getByRole('dialog')).getByText('7 older ones are not listed here. A shorter period of the report brings them up.')).toBeTruthy()
  })

  it('[CO206] entries that say otherwise stand with how it was settled, or open', async () => {
    const other = await approved(2, 'Water came back.')
    const desk = written(fakeDesk({ entries: [other.entry] }), aFinding(1))
    const shown = await showReport(desk)
    await openFirst(shown)
    await shown.user.click(finding().getByRole('button', { name: 'Add what says otherwise' }))
    await shown.user.click(await screen.findByRole('checkbox', { name: `Choose ${other.ref}` }))
    await shown.user.click(screen.getByRole('button', { name: 'Cite 1 entry' }))
    await shown.user.type(await finding().findByLabelText('How it was settled'), 'Another valley.')
    await shown.tick()
    await waitFor(() => expect(desk.report.puts.at(-1)?.part.against).toEqual([{ ...other.citation, settled: 'Another valley.' }]))
  })

  it('[CO198] a priority is for somebody, by when, in a programme, and says whether it is well founded', async () => {
    const desk = fakeDesk()
    const { user, tick } = await showReport(desk)
    await user.click(screen.getByRole('button', { name: 'Write a priority' }))
    const editor = within(screen.getByRole('article', { name: 'Priority 1' }))
    await user.type(editor.getByRole('textbox', { name: 'Sentence 1' }), 'Bring water.')
    await user.selectOptions(editor.getByLabelText('Topic'), 'WSH')
    await tick()
    expect(editor.getByText('Only on this device: choose who it is for.')).toBeTruthy()
    await user.click(editor.getByRole('checkbox', { name: 'Donors' }))
    await user.selectOptions(editor.getByLabelText('By when'), 'year')
    await tick()
    const put = desk.report.puts.at(-1)?.part
    expect(put).toMatchObject({ kind: 'priority', topic: 'WSH', programme: 'SC', sdgs: [6], horizon: 'year', addressees: ['donor'] })
    desk.report.evidence = { ...desk.report.evidence, parts: [{ id: put?.id ?? '', computed: 'low', confidence: 'low', entries: 2, authors: 2, organisations: 1, sourceTypes: 1, graded: 0, unsettled: 0, unsupported: [], outside: [], founded: false }] }
    // It is composed a moment after it was saved.
    await tick()
    await tick()
    expect(await editor.findByText(/^Fewer than three entries of two authors/)).toBeTruthy()
  })
})
