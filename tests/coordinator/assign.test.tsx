import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { EntryRow } from '#protocol/desk.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskEntry } from '../support/desk-entries.ts'
import { aChallenge } from '../support/contents.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

// Ruth is who sits at the desk.
const ruth = { id: deskIds.member(1), name: 'Ruth' }
const jean = { id: deskIds.member(2), name: 'Jean' }
const with_ = (entry: DeskEntry, assignee: EntryRow['assignee']): DeskEntry => (assignee === undefined ? entry : { ...entry, row: { ...entry.row, assignee } })
const three = () => [
  aDeskEntry({ number: 1, content: aChallenge(), receivedAt: '2026-03-01T07:00:00Z' }),
  with_(aDeskEntry({ number: 2, content: aChallenge(), receivedAt: '2026-03-01T08:00:00Z' }), jean),
  with_(aDeskEntry({ number: 3, content: aChallenge(), receivedAt: '2026-03-01T09:00:00Z' }), ruth),
]
const aDesk = () => {
  const desk = fakeDesk({ entries: three() })
  desk.reviewers = [{ ...ruth, toRead: 1 }, { ...jean, organisation: 'Red Cross', toRead: 1 }]
  return desk
}
const rows = () => within(screen.getByRole('main', { name: 'Queue' })).getAllByRole('listitem').filter((item) => item.hasAttribute('aria-posinset'))
const rowOf = (ref: string) => rows().find((item) => item.textContent?.includes(ref) === true)?.textContent ?? ''
const said = (text: RegExp) => waitFor(() => expect(screen.getAllByRole('status').map(({ textContent }) => textContent).join(' ')).toMatch(text))

describe('who reads which entry', () => {
  it('[CO175] a row and the entry say whose it is; views and a facet narrow by that, each with its number', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    expect([rowOf('C-000001'), rowOf('C-000002'), rowOf('C-000003')].map((text) => [text.includes('with Jean'), text.includes('yours')])).toEqual([[false, false], [true, false], [false, true]])
    expect(await screen.findByText('Nobody reads it yet.')).toBeTruthy()
    await waitFor(() => expect(screen.getByRole('link', { name: /Nobody’s yet/ }).textContent).toContain('1'))
    await user.click(screen.getByRole('link', { name: /Mine to read/ }))
    await waitFor(() => expect(desk.asked.findLast(({ limit }) => limit === 50)).toMatchObject({ assignee: ['me'], state: ['received', 'edited'] }))
    expect(location.search).toBe('?view=mine')
    expect(screen.queryByText('Read by')).toBeNull()
    await user.click(screen.getByRole('link', { name: /^To read/ }))
    await user.click(screen.getByText('Read by'))
    await user.click(await screen.findByRole('checkbox', { name: /Jean/ }))
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(location.search).toBe(`?assignee=${jean.id}`)
    expect(screen.getByRole('button', { name: 'Remove the filter Jean' })).toBeTruthy()
  })

  it('[CO267] what was erased while it was chosen to be given is said to be erased, and the others are given', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.click(screen.getByRole('checkbox', { name: 'Choose C-000001' }))
    await user.click(screen.getByRole('checkbox', { name: 'Choose C-000003' }))
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: 'asked' })
    await user.keyboard('g')
    await user.click(await within(screen.getByRole('dialog')).findByRole('button', { name: /Jean/ }))
    await said(/Jean has C-000003 to read\. C-000001 was erased meanwhile\./)
  })

  it('[CO290] what was set aside while it was chosen to be given is said to be set aside', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.click(screen.getByRole('checkbox', { name: 'Choose C-000001' }))
    desk.asideThere(deskIds.entry(1))
    await user.keyboard('g')
    await user.click(await within(screen.getByRole('dialog')).findByRole('button', { name: /Jean/ }))
    await said(/C-000001 was set aside meanwhile\./)
  })

  it('[CO176] T takes the entry that is read and gives it back, and says so; a colleague’s is taken over with who had it', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.keyboard('t')
    await said(/C-000001 is yours to read\./)
    expect(rowOf('C-000001')).toContain('yours')
    expect(screen.getByText('You read it.')).toBeTruthy()
    await user.keyboard('t')
    await said(/C-000001 is nobody’s again\./)
    expect(rowOf('C-000001')).not.toContain('yours')
    await user.keyboard('jt')
    await said(/C-000002 is yours to read\. Before: Jean\./)
    expect(desk.assigned).toEqual([
      { entries: [{ id: deskIds.entry(1), was: null }], to: ruth.id }, { entries: [{ id: deskIds.entry(1), was: ruth.id }], to: null }, { entries: [{ id: deskIds.entry(2), was: jean.id }], to: ruth.id },
    ])
  })

  it('[CO808] what was taken, or is gone, hides no entry that came since the list of what is nobody’s was read', async () => {
    const another = (number: number) => aDeskEntry({ number, content: aChallenge(), receivedAt: `2026-03-01T0${number}:00:00Z` })
    const desk = fakeDesk({ entries: [another(1), another(2), another(3)] })
    const { user, tick } = await showDesk(desk, '/desk?view=nobodys')
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.keyboard('t')
    await said(/C-000001 is yours to read\./)
    desk.eraseThere(deskIds.entry(3), { name: 'Jean', reason: 'asked' })
    desk.entries = [with_(another(1), ruth), another(2), another(4), another(5)]
    desk.touch(deskIds.entry(4), deskIds.entry(5))
    await tick(15_000)
    expect(await screen.findByText('2 new entries since this list was read')).toBeTruthy()
  })

  it('[CO176] the same keys and buttons stand on the page of an entry', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(2)}`)
    expect(await screen.findByText('Jean reads it.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Take it over' }))
    expect(await screen.findByText('You read it.')).toBeTruthy()
    await user.keyboard('g')
    expect(await screen.findByRole('dialog', { name: 'Who reads C-000002?' })).toBeTruthy()
    // Whose it is changes nothing of what may be decided.
    expect(screen.getByRole('radio', { name: /Approve/, hidden: true })).toBeTruthy()
  })

  it('[CO177] several chosen rows go to a colleague at once, who is shown with how much waits for each', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.click(screen.getByRole('checkbox', { name: /C-000001/ }))
    await user.click(screen.getByRole('checkbox', { name: /C-000003/ }))
    await user.keyboard('g')
    const dialog = within(await screen.findByRole('dialog', { name: 'Who reads these 2 entries?' }))
    expect((await dialog.findByRole('button', { name: /Ruth \(you\)/ })).textContent).toContain('1 to read')
    await user.click(dialog.getByRole('button', { name: /JeanRed Cross/ }))
    await said(/Jean has 2 more entries to read\./)
    expect(desk.assigned).toEqual([{ entries: [{ id: deskIds.entry(1), was: null }, { id: deskIds.entry(3), was: ruth.id }], to: jean.id }])
    expect(screen.queryByRole('dialog')).toBeNull()
    expect([rowOf('C-000001'), rowOf('C-000003')].every((text) => text.includes('with Jean'))).toBe(true)
  })

  it('[CO178] what has gone to a colleague meanwhile stays there and says so, and what the server refuses changes nothing', async () => {
    const desk = aDesk()
    desk.staysWith = { [deskIds.entry(1)]: jean }
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await user.keyboard('t')
    await said(/C-000001 has gone to somebody else meanwhile and stays there: Jean\./)
    expect(rowOf('C-000001')).toContain('with Jean')
    desk.problem = { kind: 'refused', code: 'forbidden' }
    await user.keyboard('jjt')
    await said(/Nothing was given\./)
    expect(rowOf('C-000003')).toContain('yours')
  })

  it('[CO211] of what was given without an answer it is said that it is not known', async () => {
    const desk = aDesk()
    const { user } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    desk.problem = { kind: 'unreachable', code: 'no-answer' }
    await user.keyboard('t')
    await said(/No answer came, so it is not known whether it was given\./)
  })

  it('[CO178] what colleagues give and take is seen without a reload, and the views count anew', async () => {
    const desk = aDesk()
    const { tick } = await showDesk(desk)
    await waitFor(() => expect(rows()).toHaveLength(3))
    await tick(15_000)
    desk.assignedElsewhere.push({ id: deskIds.entry(1), assignee: jean }, { id: deskIds.entry(3), assignee: null })
    desk.entries = three().map((entry) => (entry.row.id === deskIds.entry(1) ? with_(entry, jean) : entry))
    await tick(15_000)
    await waitFor(() => expect(rowOf('C-000001')).toContain('with Jean'))
    expect(rowOf('C-000003')).not.toContain('yours')
    await waitFor(() => expect(screen.getByRole('link', { name: /Nobody’s yet/ }).textContent).toContain('0'))
  })
})
