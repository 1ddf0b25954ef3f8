import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import type { FakeDesk } from '../support/fake-desk-device.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, steps: readonly DeskStep[] = []) => aDeskEntry({ number, content: aChallenge({ lang: 'ht', description: `Pa gen dlo nan katye a, ${number}.` }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps })
const page = `/desk/entry/${deskIds.entry(1)}`
const word = 'Begun earlier and not sent. It was kept on this device.'
const label = 'Translation into English'
const comment = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write a comment' })

/** The same disk after the browser has ended: another device object, that knows nothing. */
function afterCrash(disk: Readonly<Record<string, unknown>>, entries: FakeDesk['entries'] = [entry(1), entry(2)]): FakeDesk {
  const desk = fakeDesk({ entries })
  desk.report.begun.set(disk)
  return desk
}

describe('words that were begun at an entry and kept on the disk', () => {
  it('[CO660] stand where they were in a desk that is opened after a crash, with a word on it, until they are sent', async () => {
    const before = fakeDesk({ entries: [entry(1), entry(2)] })
    const first = await showDesk(before, page)
    await first.user.type(await comment(), 'Ask')
    await first.user.click(screen.getByRole('button', { name: 'Write a translation' }))
    await first.user.type(screen.getByRole('textbox', { name: label }), 'Water')
    await first.user.click(screen.getByRole('radio', { name: /^Reject/ }))
    await first.user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Two')
    expect(screen.queryByText(word)).toBeNull()
    first.unmount()
    const desk = afterCrash(before.report.begun.get())
    const { user } = await showDesk(desk, page)
    expect((await comment()).value).toBe('Ask')
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: label }).value).toBe('Water')
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Why it is not used' }).value).toBe('Two')
    expect(screen.getAllByText(word)).toHaveLength(3)
    expect(desk.decisions).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Add comment' }))
    await user.click(within(screen.getByRole('textbox', { name: label }).closest('form') as HTMLElement).getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(Object.keys(desk.report.begun.get())).toEqual([`judgement ${deskIds.entry(1)}`]))
    await user.click(screen.getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(desk.report.begun.get()).toEqual({}))
    expect(desk.comments.map(({ text }) => text)).toEqual(['Ask'])
  })

  it('[CO660] what another window of the desk has sent stands no longer in this one', async () => {
    const on = `comment ${deskIds.entry(1)}`
    const desk = afterCrash({ [on]: { text: 'Ask the school', lang: 'en' } })
    await showDesk(desk, page)
    expect((await comment()).value).toBe('Ask the school')
    act(() => desk.report.begun.set({}))
    await waitFor(async () => expect((await comment()).value).toBe(''))
    expect(screen.queryByText(word)).toBeNull()
  })

  it('[CO660] what was written on here goes back to the disk when another window has sent what it wrote over it', async () => {
    const on = `comment ${deskIds.entry(1)}`
    const desk = fakeDesk({ entries: [entry(1)] })
    const { user } = await showDesk(desk, page)
    await user.type(await comment(), 'Mine')
    act(() => desk.report.begun.set({}))
    await waitFor(() => expect(desk.report.begun.get()).toMatchObject({ [on]: { text: 'Mine' } }))
    expect((await comment()).value).toBe('Mine')
  })

  it('[CO661] a correction that has no form any more is shown and can be given up: it would keep everybody from deciding', async () => {
    const desk = afterCrash({ [`correct ${deskIds.entry(1)} quote`]: 'Another quotation' })
    const { user } = await showDesk(desk)
    const form = within(await screen.findByRole('form', { name: 'Decision on C-000001' }))
    expect(form.getByText('Another quotation')).toBeTruthy()
    await user.click(form.getByRole('radio', { name: 'Approve' }))
    await user.click(form.getByRole('button', { name: 'Decide' }))
    expect(desk.decisions).toEqual([])
    await user.click(form.getByRole('button', { name: 'Cancel' }))
    await user.click(form.getByRole('button', { name: 'Decide' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    expect(desk.report.begun.get()).toEqual({})
  })

  it('[CO662] nothing of them stays once their entry is erased, by whomever and also while the desk was closed; set aside it keeps them', async () => {
    const disk = Object.fromEntries([1, 2, 3].map((number) => [`comment ${deskIds.entry(number)}`, { text: 'Ask the school', lang: 'en' }]))
    const desk = afterCrash(disk, [entry(1), entry(2), entry(3)])
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: 'names of guards' })
    const { tick } = await showDesk(desk, '/desk/data')
    await tick()
    await tick()
    await waitFor(() => expect(Object.keys(desk.report.begun.get())).toEqual([2, 3].map((number) => `comment ${deskIds.entry(number)}`)))
    desk.eraseThere(deskIds.entry(2), { name: 'Jean', reason: 'names of guards' })
    desk.asideThere(deskIds.entry(3))
    await tick(15_000)
    await waitFor(() => expect(Object.keys(desk.report.begun.get())).toEqual([`comment ${deskIds.entry(3)}`]))
  })
})
