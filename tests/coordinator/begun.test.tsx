import { act, renderHook, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { emptyJudgement } from '#coordinator/review/judgement.ts'
import { createJudgements, useHasWritten } from '#coordinator/review/judgements.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number) => aDeskEntry({ number, content: aChallenge({ lang: 'ht', description: `Pa gen dlo nan katye a, ${number}.` }), receivedAt: `2026-03-01T0${number}:00:00Z` })
const formOf = (ref: string) => screen.findByRole('form', { name: `Decision on ${ref}` })
const label = 'Translation into English'

describe('words that were begun at an entry', () => {
  it('[CO605] before the desk is closed or loaded anew on a comment or a reason that was not sent, the browser asks; after it was sent it does not', async () => {
    const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const field = await screen.findByRole('textbox', { name: 'Write a comment' })
    expect(asks()).toBe(false)
    await user.type(field, 'Who told you?')
    expect(asks()).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(asks()).toBe(false))
    await user.click(screen.getByRole('radio', { name: /^Reject/ }))
    expect(asks()).toBe(false)
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Twice.')
    expect(asks()).toBe(true)
    await user.click(screen.getByRole('link', { name: 'Back to the queue' }))
    expect(asks()).toBe(true)
  })

  it('[CO720] whoever asks whether something is written is drawn anew when that changes, and not with each letter', () => {
    const [judgements, drawn] = [createJudgements(), [] as boolean[]]
    const { unmount } = renderHook(() => drawn.push(useHasWritten(judgements)))
    const write = (reason: string) => act(() => judgements.keep(deskIds.entry(1), { revision: 'revision' as never, judgement: { ...emptyJudgement, verdict: 'reject', reason } }))
    for (const reason of ['', 'T', 'Tw', 'Twi', 'Twice']) write(reason)
    act(() => judgements.forget([deskIds.entry(1)]))
    expect(drawn).toEqual([false, true, false])
    unmount()
  })

  it('[CO262] a translation stands in its form again after a look at the next entry, until it is kept or given up', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    await user.type(screen.getByRole('textbox', { name: label }), 'There is no water')
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 2/ }))
    await formOf('C-000002')
    expect(screen.queryByRole('textbox', { name: label })).toBeNull()
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 1/ }))
    await formOf('C-000001')
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: label }).value).toBe('There is no water')
    await user.click(screen.getByRole('radio', { name: 'A person' }))
    await user.click(screen.getByRole('button', { name: 'Lay it beside the original' }))
    await waitFor(() => expect(desk.corrected).toMatchObject([{ set: { descriptionEn: { text: 'There is no water' } } }]))
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 2/ }))
    await formOf('C-000002')
    await user.click(screen.getByRole('link', { name: /Pa gen dlo nan katye a, 1/ }))
    await formOf('C-000001')
    expect(screen.queryByRole('textbox', { name: label })).toBeNull()
  })

  it('[CO262] a correction of a field stands in its form again, until it is given up', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const first = await open()
    await first.user.click(await screen.findByRole('button', { name: 'Correct: Severity' }))
    await first.user.selectOptions(screen.getByRole('combobox', { name: 'Severity, corrected' }), '5')
    first.unmount()
    const again = await open()
    expect((await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Severity, corrected' })).value).toBe('5')
    await again.user.click(screen.getByRole('button', { name: 'Cancel' }))
    again.unmount()
    await open()
    expect(await screen.findByRole('button', { name: 'Correct: Severity' })).toBeTruthy()
    expect(screen.queryByRole('combobox', { name: 'Severity, corrected' })).toBeNull()
  })

  it('[CO501] Ctrl with Enter keeps a correction in which one writes, and decides on nothing', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard('a')
    await user.click(screen.getByRole('button', { name: 'Correct: Severity' }))
    await user.selectOptions(screen.getByRole('combobox', { name: 'Severity, corrected' }), '5')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.corrected).toMatchObject([{ set: { severity: 5 } }]))
    expect(desk.decisions).toEqual([])
  })

  it('[CO501] nothing is decided while a field is changed and neither kept nor cancelled, and the field is named', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk)
    const form = within(await formOf('C-000001'))
    await user.click(screen.getByRole('button', { name: 'Write a translation' }))
    await user.type(screen.getByRole('textbox', { name: label }), 'There is no water')
    await user.click(form.getByRole('radio', { name: 'Approve' }))
    const word = 'Translation: changed and not kept yet. Keep it or cancel it first.'
    expect(form.getByText(word)).toBeTruthy()
    await user.click(form.getByRole('button', { name: 'Decide' }))
    expect(desk.decisions).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByText(word)).toBeNull()
    await user.click(form.getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
  })

  it('[CO501] Ctrl with Enter in a comment sends the comment', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await formOf('C-000001')
    await user.keyboard('a')
    await user.type(screen.getByRole('textbox', { name: 'Write a comment' }), 'Ask the school{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.comments).toMatchObject([{ text: 'Ask the school' }]))
    expect(desk.decisions).toEqual([])
  })

  it('[CO262] a comment stands in its field again after another page of the desk, and is gone from it once it was sent', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const first = await open()
    const field = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a comment' })
    await first.user.type(await field(), 'Ask the school')
    first.unmount()
    const again = await open()
    expect((await field()).value).toBe('Ask the school')
    await again.user.click(screen.getByRole('button', { name: 'Add comment' }))
    await waitFor(() => expect(desk.comments).toHaveLength(1))
    again.unmount()
    await open()
    expect((await field()).value).toBe('')
  })

  it('[CO270] another level and its reason stand in their form again, until they are given up', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const first = await open()
    await first.user.click(await screen.findByRole('button', { name: 'Set another level' }))
    await first.user.click(screen.getByRole('radio', { name: 'High' }))
    await first.user.type(screen.getByRole('textbox', { name: 'Why?' }), 'The house can be found.')
    first.unmount()
    const again = await open()
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Why?' })).value).toBe('The house can be found.')
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'High' }).checked).toBe(true)
    await again.user.click(within(screen.getByRole('textbox', { name: 'Why?' }).closest('form') as HTMLElement).getByRole('button', { name: 'Cancel' }))
    again.unmount()
    const last = await open()
    await last.user.click(await screen.findByRole('button', { name: 'Set another level' }))
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Why?' }).value).toBe('')
  })

  it('[CO270] why an entry is erased stands in the dialog again, its name does not, and nothing is left of it once it is erased', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const open = () => showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const dialog = async (user: Awaited<ReturnType<typeof open>>['user']) => {
      await user.click(await screen.findByRole('button', { name: 'Erase…' }, { timeout: 5000 }))
      return within(screen.getByRole('dialog', { name: 'Erase C-000001 for good?' }))
    }
    const first = await open()
    const begun = await dialog(first.user)
    await first.user.type(begun.getByLabelText(/Why it is erased/), 'names of guards')
    await first.user.type(begun.getByLabelText(/Write C-000001/), 'C-000001')
    await first.user.keyboard('{Escape}')
    first.unmount()
    const again = await open()
    const there = await dialog(again.user)
    expect([there.getByLabelText<HTMLTextAreaElement>(/Why it is erased/).value, there.getByLabelText<HTMLInputElement>(/Write C-000001/).value]).toEqual(['names of guards', ''])
    await again.user.type(there.getByLabelText(/Write C-000001/), 'C-000001')
    await again.user.click(there.getByRole('button', { name: 'Erase for good' }))
    await waitFor(() => expect(desk.erased).toMatchObject([{ reason: 'names of guards' }]))
    again.unmount()
    // It is there again only after a restore.
    desk.entries = [entry(1), entry(2)]
    desk.restore()
    const last = await open()
    expect((await dialog(last.user)).getByLabelText<HTMLTextAreaElement>(/Why it is erased/).value).toBe('')
  })

  it('[CO270] a decision on several stands in its dialog again after a look at an entry or another page, as long as its entries are chosen', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2), entry(3)] })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    const pick = (number: number) => screen.getByRole<HTMLInputElement>('checkbox', { name: `Choose C-00000${number}` })
    const opened = async () => {
      await user.keyboard('b')
      return within(screen.getByRole('dialog'))
    }
    const why = () => screen.queryByRole<HTMLTextAreaElement>('textbox', { name: 'Why they are not used' })?.value
    for (const number of [1, 2]) await user.click(pick(number))
    const first = await opened()
    await user.click(first.getByRole('radio', { name: 'Not used' }))
    await user.type(first.getByRole('textbox', { name: 'Why they are not used' }), 'Both are about last year.')
    await user.keyboard('{Escape}')
    await user.click(screen.getByRole('link', { name: 'Data' }))
    await screen.findByRole('heading', { level: 1, name: 'Data' })
    await user.click(screen.getByRole('link', { name: /^Queue/ }))
    await formOf('C-000001')
    expect([1, 2, 3].map((number) => pick(number).checked)).toEqual([true, true, false])
    const again = await opened()
    expect([why(), again.getByRole<HTMLInputElement>('radio', { name: 'Not used' }).checked]).toEqual(['Both are about last year.', true])
    await user.keyboard('{Escape}')
    // Another entry beside them: the words stay, and for these three no verdict was chosen.
    await user.click(pick(3))
    const three = await opened()
    expect(three.getAllByRole<HTMLInputElement>('radio').map(({ checked }) => checked)).toEqual([false, false])
    await user.click(three.getByRole('radio', { name: 'Not used' }))
    expect(why()).toBe('Both are about last year.')
    await user.click(three.getByRole('button', { name: 'Cancel' }))
    const given = await opened()
    await user.click(given.getByRole('radio', { name: 'Not used' }))
    expect(why()).toBe('')
  })
})
