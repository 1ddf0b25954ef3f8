import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { extended, mostChosen, nothingChosen, toggled } from '#coordinator/bulk/selection.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, steps: readonly DeskStep[] = []) => aDeskEntry({ number, content: aChallenge({ placeName: 'Kajulu' }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps })
const four = () => [entry(1), entry(2), entry(3), entry(4)]
const pick = (number: number) => screen.getByRole('checkbox', { name: `Choose C-00000${number}` }) as HTMLInputElement
const picked = () => [1, 2, 3, 4].filter((number) => pick(number).checked)
const dialog = () => within(screen.getByRole('dialog'))
/** Two values of one field, written on two phones, both on what was recorded. */
const conflicting = (number: number) => {
  const made = entry(number, [1, 2].map((value) => ({ type: 'revise', by: number + 10, body: { set: { placeName: `Kajulu ${value}` }, unset: [], answers: [] } })))
  return { ...made, changes: made.changes.map((item, index) => (index === 2 ? { ...item, deviceId: deskIds.device(90), change: { ...item.change, base: deskIds.change(number * 100) } } : item)) }
}

async function shown(desk: ReturnType<typeof fakeDesk>) {
  const view = await showDesk(desk)
  await screen.findByRole('form', { name: 'Decision on C-000001' })
  return view
}

describe('choosing rows', () => {
  it('[CO54] X chooses the row that is read, Shift with X or J everything up to it, Escape none', async () => {
    const { user } = await shown(fakeDesk({ entries: four() }))
    await user.keyboard('x')
    expect(picked()).toEqual([1])
    await user.keyboard('jj')
    await screen.findByRole('form', { name: 'Decision on C-000003' })
    await user.keyboard('{Shift>}X{/Shift}')
    expect(picked()).toEqual([1, 2, 3])
    await user.keyboard('{Shift>}J{/Shift}')
    expect(picked()).toEqual([1, 2, 3, 4])
    await user.keyboard('x')
    expect(picked()).toEqual([1, 2, 3])
    await user.keyboard('{Escape}')
    expect(picked()).toEqual([])
  })

  it('[CO54] with the mouse a box chooses one, and with Shift everything between', async () => {
    const { user } = await shown(fakeDesk({ entries: four() }))
    await user.click(pick(2))
    await user.keyboard('{Shift>}')
    await user.click(pick(4))
    await user.keyboard('{/Shift}')
    expect(picked()).toEqual([2, 3, 4])
    expect(screen.getAllByText('3 entries chosen')).toHaveLength(2)
  })

  it('[CO54] no more are chosen than one dialog reads', () => {
    const order = Array.from({ length: 500 }, (_, index) => deskIds.entry(index))
    const all = extended(toggled(nothingChosen, deskIds.entry(0)), order, deskIds.entry(499))
    expect(all.ids.size).toBe(mostChosen)
  })
})

describe('one decision for several', () => {
  it('[CO501] leaves out by name what has a written question or a field that is changed and not kept; both stand there afterwards', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    await user.click(screen.getByRole('button', { name: 'Ask about Place' }))
    await user.keyboard('Which part?')
    await user.click(pick(1))
    await user.click(pick(2))
    await user.click(screen.getByRole('button', { name: /Decide together/ }))
    await user.click(await dialog().findByRole('radio', { name: 'Approve' }))
    const left = within(await dialog().findByRole('region', { name: /left out/ }))
    expect(left.getByText('something is written on it and not sent: a question, a reason or a correction')).toBeTruthy()
    await user.click(dialog().getByRole('checkbox'))
    await user.click(dialog().getByRole('button', { name: 'Decide on 1' }))
    await waitFor(() => expect(desk.decisions.map(({ ref }) => ref)).toEqual(['C-000002']))
    expect(screen.getByDisplayValue('Which part?')).toBeTruthy()
  })

  it('[CO55] needs a verdict and, unless it approves, a reason; each entry is decided on its own revision', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    await user.keyboard('xj')
    await user.keyboard('{Shift>}X{/Shift}b')
    const button = await dialog().findByRole('button', { name: 'Decide on 2' })
    await waitFor(() => expect(dialog().getByText('Choose one. Nothing is chosen for you.')).toBeTruthy())
    await user.click(button)
    await user.click(dialog().getByRole('radio', { name: 'Not used' }))
    expect(dialog().getByText('Say why: the author reads it.')).toBeTruthy()
    await user.click(button)
    expect(desk.decisions).toEqual([])
    await user.type(dialog().getByRole('textbox', { name: 'Why they are not used' }), 'Both are about last year.')
    await user.click(dialog().getByRole('button', { name: 'Decide on 2' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(2))
    expect(desk.decisions.map(({ entryId, body }) => [entryId, body.revision, body.verdict, body.reason])).toEqual([1, 2].map((number) => [deskIds.entry(number), deskIds.change(number * 100), 'reject', 'Both are about last year.']))
    expect(new Set(desk.decisions.map(({ body }) => body.contentHash)).size).toBeGreaterThan(0)
    expect(await screen.findByText('2 entries: not used. Not sent yet.')).toBeTruthy()
    expect(picked()).toEqual([])
    await user.keyboard('z')
    expect(await screen.findByText('2 decisions taken back. Nothing was sent.')).toBeTruthy()
    expect(desk.held()).toEqual([])
  })

  it('[CO220] a second press while the first is kept decides nothing twice, and Z takes all of it back', async () => {
    const desk = fakeDesk({ entries: four() })
    const { hold } = desk.device.held
    let write: () => void = () => undefined
    const isWritten = new Promise<void>((resolve) => {
      write = resolve
    })
    let presses = 0
    Object.assign(desk.device.held, { hold: async (...args: Parameters<typeof hold>) => {
      presses += 1
      await isWritten
      return hold(...args)
    } })
    const { user, tick } = await shown(desk)
    await user.keyboard('xj')
    await user.keyboard('{Shift>}X{/Shift}b')
    await user.click(await dialog().findByRole('radio', { name: 'Not used' }))
    await user.type(dialog().getByRole('textbox', { name: 'Why they are not used' }), 'Both are about last year.')
    const button = await dialog().findByRole('button', { name: 'Decide on 2' })
    await user.dblClick(button)
    await tick()
    expect(presses).toBe(1)
    write()
    expect(await screen.findByText('2 entries: not used. Not sent yet.')).toBeTruthy()
    await user.keyboard('z')
    expect(await screen.findByText('2 decisions taken back. Nothing was sent.')).toBeTruthy()
    await tick(20_000)
    expect([desk.held(), desk.sent]).toEqual([[], []])
  })

  it('[CO220] what another window decided on meanwhile is named, and the rest waits for another press', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    const { hold } = desk.device.held
    await user.keyboard('xj')
    await user.keyboard('{Shift>}X{/Shift}b')
    await user.click(await dialog().findByRole('radio', { name: 'Approve' }))
    const button = await dialog().findByRole('button', { name: 'Decide on 2' })
    // The other window is first, and this one has not heard of it.
    Object.assign(desk.device.held, { hold: async (inputs: Parameters<typeof hold>[0], forMs: number) => {
      Object.assign(desk.device.held, { hold })
      await hold(inputs.slice(0, 1), forMs)
      return hold(inputs, forMs)
    } })
    await user.click(button)
    expect(await dialog().findByText('you have decided on it already')).toBeTruthy()
    expect(dialog().queryByRole('alert')).toBeNull()
    await user.click(await dialog().findByRole('button', { name: 'Decide on 1' }))
    await waitFor(() => expect(desk.held().map(({ entryId }) => entryId)).toEqual([deskIds.entry(1), deskIds.entry(2)]))
  })

  it('[CO55] what has a conflict, moved on or is decided already is left out and named', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await screen.findByRole('form', { name: 'Decision on C-000002' })
    const [one, two] = four()
    if (one === undefined || two === undefined) throw new Error('no entries')
    desk.entries = [one, two, conflicting(3), entry(4, [{ type: 'withdraw', by: 14, body: {} }])]
    desk.touch(deskIds.entry(3), deskIds.entry(4))
    for (const number of [1, 2, 3, 4]) await user.click(pick(number))
    await user.keyboard('b')
    const left = within(await dialog().findByRole('region', { name: '3 entries are left out' }))
    expect(left.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'C-000001 you have decided on it already', 'C-000003 two values of one field wait for a choice', 'C-000004 changed since it stood on this list',
    ])
    await user.click(dialog().getByRole('radio', { name: 'Approve' }))
    await user.click(dialog().getByRole('button', { name: 'Decide on 1' }))
    await waitFor(() => expect(desk.decisions.map(({ entryId }) => entryId)).toEqual([deskIds.entry(1), deskIds.entry(2)]))
  })

  it('[CO267] what was erased meanwhile is left out and said to be erased, whether the log told so, the server knows it no more, or it happens while the dialog is open', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user, tick } = await shown(desk)
    for (const number of [1, 2, 3, 4]) await user.click(pick(number))
    // Another history of the log, which does not tell of it: the list is older.
    desk.entries = desk.entries.filter(({ row }) => row.id !== deskIds.entry(3))
    desk.restore()
    await tick(15_000)
    desk.eraseThere(deskIds.entry(2), { name: 'Jean', reason: 'Asked for by its author' })
    await user.keyboard('b')
    const left = () => screen.getByRole('region', { name: /left out$/ })
    const names = () => within(left()).getAllByRole('listitem').map((item) => item.textContent)
    await waitFor(() => expect(names()).toEqual(['C-000002 erased meanwhile', 'C-000003 erased meanwhile']))
    await user.click(dialog().getByRole('radio', { name: 'Not used' }))
    await user.type(dialog().getByRole('textbox', { name: 'Why they are not used' }), 'Both are about last year.')
    desk.eraseThere(deskIds.entry(4), { name: 'Jean', reason: 'Asked for by its author' })
    await tick(15_000)
    await waitFor(() => expect(names()).toEqual(['C-000002 erased meanwhile', 'C-000003 erased meanwhile', 'C-000004 erased meanwhile']))
    await user.click(dialog().getByRole('button', { name: 'Decide on 1' }))
    await waitFor(() => expect(desk.decisions.map(({ entryId }) => entryId)).toEqual([deskIds.entry(1)]))
  })

  it('[CO290] what was set aside meanwhile is left out and said to be set aside', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    for (const number of [1, 2]) await user.click(pick(number))
    desk.asideThere(deskIds.entry(2))
    await user.keyboard('b')
    await waitFor(() => expect(within(screen.getByRole('region', { name: /left out$/ })).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['C-000002 set aside meanwhile']))
  })

  it('[CO56] what nobody opened here is approved only when that is said outright', async () => {
    const desk = fakeDesk({ entries: four() })
    const { user } = await shown(desk)
    for (const number of [1, 2, 3]) await user.click(pick(number))
    await user.keyboard('b')
    await user.click(await dialog().findByRole('radio', { name: 'Approve' }))
    expect(await dialog().findByText('2 of these were not opened at this desk')).toBeTruthy()
    expect(await dialog().findByRole('button', { name: 'Decide on 1' })).toBeTruthy()
    expect(dialog().getAllByText('not opened here')).toHaveLength(2)
    await user.click(dialog().getByRole('checkbox', { name: 'Approve these 2 unread' }))
    await user.click(dialog().getByRole('button', { name: 'Decide on 3' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(3))
  })
})
