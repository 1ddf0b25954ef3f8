import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import type { DeskEntry, DeskStep } from '../support/desk-entries.ts'
import { aChallenge } from '../support/contents.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const decided = (number: number, by: number, verdict: 'approve' | 'reject' = 'approve'): DeskStep<'decide'> => ({ type: 'decide', by, body: { revision: deskIds.change(number * 100), contentHash: someHash, verdict, ...(verdict === 'reject' ? { reason: 'Told by nobody who was there.' } : {}), questions: [], grades: { reliability: 'B' } } })
const said: DeskStep<'comment'> = { type: 'comment', by: 2, body: { text: 'I would approve this.', lang: 'en' } }
const as = (entry: DeskEntry, second: { readonly state: 'wanted' | 'agreed' | 'differed'; readonly by: number }): DeskEntry => ({ ...entry, row: { ...entry.row, second: { ...second, by: deskIds.member(second.by) } } })
/** Ruth (1) sits at the desk; Jean (2) has decided on the second and Ruth herself on the third. */
const three = () => [
  aDeskEntry({ number: 1, content: aChallenge() }),
  as(aDeskEntry({ number: 2, content: aChallenge({ description: 'The well has been dry for two weeks.' }), steps: [decided(2, 2), said] }), { state: 'wanted', by: 2 }),
  as(aDeskEntry({ number: 3, content: aChallenge(), steps: [decided(3, 1)] }), { state: 'wanted', by: 1 }),
]
const pathOf = (number: number) => `/desk/entry/${deskIds.entry(number)}?view=second`

describe('a second reading', () => {
  it('[CO180] the view holds what waits for this reader, and neither it nor the entry says what was decided', async () => {
    const desk = fakeDesk({ entries: three() })
    await showDesk(desk, '/desk?view=second')
    await screen.findByText('You read this as the second person.')
    expect(desk.asked.findLast(({ limit }) => limit === 50)).toMatchObject({ second: ['me'], state: ['approved', 'rejected'] })
    expect(screen.getByRole('heading', { level: 1, name: /For a second reader 1/ })).toBeTruthy()
    expect(within(screen.getByRole('complementary', { name: 'Filters' })).queryByText('State')).toBeNull()
    expect(document.querySelector('[data-pane]')?.textContent).not.toMatch(/Approved|I would approve/)
  })

  it('[CO962] the line of keys offers a second reader none of those that ask back', async () => {
    for (const path of ['/desk?view=second', pathOf(2)]) {
      const { unmount } = await showDesk(fakeDesk({ entries: three() }), path)
      await screen.findByText('You read this as the second person.')
      const keys = within(screen.getByRole('contentinfo', { name: 'Keyboard' })).getAllByRole('listitem').map(({ textContent }) => textContent)
      expect([keys.includes('A approve'), keys.includes('Q ask back'), keys.includes('F question on a field')]).toEqual([true, false, false])
      unmount()
    }
  })

  it('[CO180] on the page of the entry the history ends before the verdict, and what was said after it', async () => {
    await showDesk(fakeDesk({ entries: three() }), pathOf(2))
    await screen.findByText('You read this as the second person.')
    expect(screen.getByRole('blockquote', { hidden: true }).textContent).toContain('The well has been dry')
    expect(document.body.textContent).not.toMatch(/I would approve this|Approved by|B–/)
    expect(screen.queryByText('Approved', { selector: 'main *' })).toBeNull()
  })

  it('[CO181] the second gives a verdict of their own, based on what stood there before the first; it can be sent without being stopped by it', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user, tick } = await showDesk(desk, pathOf(2))
    const bar = within(await screen.findByRole('form', { name: 'Decision on C-000002' }))
    expect(bar.getAllByRole('radio').map((radio) => (radio as HTMLInputElement).value)).toEqual(['approve', 'reject'])
    await user.keyboard('q')
    expect(bar.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false)
    await user.keyboard('a')
    await user.click(bar.getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    expect(desk.decisions[0]).toMatchObject({ entryId: deskIds.entry(2), base: deskIds.change(200), body: { revision: deskIds.change(200), verdict: 'approve', questions: [] } })
    // Somebody has written to it meanwhile: it is looked at again, and goes out all the same.
    desk.touch(deskIds.entry(2))
    await tick(20_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
  })

  describe('that begins while the entry is open', () => {
    /** Ruth has the first entry before her; then Jean approves it, and it is to be read by a second. */
    const drawn = () => as(aDeskEntry({ number: 1, content: aChallenge(), steps: [decided(1, 2)] }), { state: 'wanted', by: 2 })
    const question = 'Kajulu East or West?'

    async function begun() {
      const desk = fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge() })] })
      const shown = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
      const bar = within(await screen.findByRole('form', { name: 'Decision on C-000001' }))
      await shown.user.click(screen.getByRole('button', { name: 'Ask about Place' }))
      await shown.user.type(screen.getByRole('textbox', { name: 'Question on this field' }), question)
      await shown.user.click(bar.getByRole('radio', { name: 'Ask back' }))
      const approve = (): void => {
        desk.entries = [drawn()]
        desk.touch(deskIds.entry(1))
      }
      return { desk, bar, approve, ...shown }
    }

    it('[CO275] is said, asks no questions any more, and one that was written is taken away by hand', async () => {
      const { desk, bar, approve, user, tick } = await begun()
      approve()
      await tick(15_000)
      expect(await screen.findByText('You read this as the second person.')).toBeTruthy()
      expect(bar.getAllByRole('radio').map((radio) => [(radio as HTMLInputElement).value, (radio as HTMLInputElement).checked])).toEqual([['approve', false], ['reject', false]])
      expect(screen.getAllByRole('textbox').map((box) => (box as HTMLInputElement).value)).toContain(question)
      expect(screen.queryByRole('button', { name: /^(Ask about|Correct:) / })).toBeNull()
      await user.keyboard('a{Control>}{Enter}{/Control}')
      expect(desk.decisions).toEqual([])
      expect(bar.getByText(/A second reader asks no questions\. Take the question away\./)).toBeTruthy()
      await user.click(screen.getByRole('button', { name: 'Take the question away' }))
      await user.click(bar.getByRole('button', { name: 'Decide' }))
      await waitFor(() => expect(desk.decisions.map(({ base, body }) => [base, body.verdict])).toEqual([[deskIds.change(100), 'approve']]))
    })

    it('[CO275] stops a question that waits to go out, and says nothing of the verdict', async () => {
      const { desk, bar, approve, user, tick } = await begun()
      await user.click(bar.getByRole('button', { name: 'Decide' }))
      await waitFor(() => expect(desk.held()).toHaveLength(1))
      approve()
      await tick(8_000)
      expect(await screen.findByText('C-000001: not sent. You read it as the second person now, who asks no questions. Yours was: asked back.')).toBeTruthy()
      expect(desk.sent).toEqual([])
      await user.click(screen.getByRole('button', { name: 'Read it again' }))
      expect(await screen.findByText('You read this as the second person.')).toBeTruthy()
      expect(document.body.textContent).not.toMatch(/Jean/)
    })
  })

  it('[CO181] who decided reads the entry whole and has nothing to confirm, and several at once are no second reading', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk, pathOf(3))
    const bar = within(await screen.findByRole('form', { name: 'Decision on C-000003' }))
    expect(screen.queryByText('You read this as the second person.')).toBeNull()
    expect(bar.getAllByRole('radio').map((radio) => (radio as HTMLInputElement).value)).toEqual(['reopen'])
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('checkbox', { name: /C-000002/ }))
    await user.keyboard('b')
    expect(await screen.findByText('waits for a second person, who reads it by itself')).toBeTruthy()
  })

  it('[CO182] afterwards both verdicts stand in the history: the same one as a confirmation, two different ones as a contest', async () => {
    // The second was based on what stood there before the first.
    const blind = (entry: DeskEntry): DeskEntry => ({ ...entry, changes: entry.changes.map((item, index) => (index === 2 ? { ...item, change: { ...item.change, base: deskIds.change(400) } } : item)) })
    const agreed = as(blind(aDeskEntry({ number: 4, content: aChallenge(), steps: [decided(4, 2), decided(4, 1)] })), { state: 'agreed', by: 2 })
    await showDesk(fakeDesk({ entries: [agreed] }), `/desk/entry/${deskIds.entry(4)}?view=all`)
    expect(await screen.findByText(/second reading, the same verdict/)).toBeTruthy()
    expect(screen.queryByText('You read this as the second person.')).toBeNull()
  })

  it('[CO183] the settings say how many are read twice and how often the two agree, a share only from thirty on', async () => {
    const desk = fakeDesk({ entries: [as(aDeskEntry({ number: 1, content: aChallenge(), steps: [decided(1, 2)] }), { state: 'wanted', by: 2 }), as(aDeskEntry({ number: 2, content: aChallenge(), steps: [decided(2, 2)] }), { state: 'agreed', by: 2 })] })
    const { user, unmount } = await showDesk(desk, '/desk/campaign')
    expect(await screen.findByText('1 entry was read by two people, 1 with the same verdict. 1 waits for a second person.')).toBeTruthy()
    const field = screen.getByRole('textbox', { name: 'Of a hundred decided entries, so many are read by a second person' })
    await user.clear(field)
    await user.type(field, '250')
    expect(screen.getByText('A whole number from 0 to 100.')).toBeTruthy()
    await user.clear(field)
    await user.type(field, '10')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(desk.patches[0]?.set).toEqual({ secondReading: 10 }))
    unmount()
    const many = fakeDesk({ entries: Array.from({ length: 40 }, (_, n) => as(aDeskEntry({ number: n + 1, content: aChallenge(), steps: [decided(n + 1, 2)] }), { state: n < 30 ? 'agreed' : 'differed', by: 2 })) })
    await showDesk(many, '/desk/campaign')
    expect(await screen.findByText('40 entries were read by two people, 30 with the same verdict. They agree in 75 of a hundred. None waits.')).toBeTruthy()
  })

  it('[CO921] what a saved share has changed is counted anew: nobody reads that none waits while hundreds do', async () => {
    const entry = aDeskEntry({ number: 1, content: aChallenge(), steps: [decided(1, 2)] })
    const desk = fakeDesk({ entries: [entry] })
    const { user } = await showDesk(desk, '/desk/campaign')
    expect(await screen.findByText('No entry has been read by two people yet. None waits.')).toBeTruthy()
    desk.entries = [as(entry, { state: 'wanted', by: 2 })]
    const field = screen.getByRole('textbox', { name: 'Of a hundred decided entries, so many are read by a second person' })
    await user.clear(field)
    await user.type(field, '100')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('No entry has been read by two people yet. 1 waits for a second person.')).toBeTruthy()
  })
})
