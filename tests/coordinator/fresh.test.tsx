import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, isApproved = false) => aDeskEntry({
  number, content: aChallenge(), receivedAt: `2026-03-01T0${number}:00:00Z`,
  steps: isApproved ? [{ type: 'decide', by: 2, body: { revision: deskIds.change(number * 100), contentHash: someHash, verdict: 'approve', questions: [] } }] : [],
})
const list = () => within(screen.getByRole('main', { name: 'Queue' }))

describe('what happens while the desk is open', () => {
  it('[CO602] the numbers at the views follow what is said in the campaign within a minute, and cost nothing while nothing is said', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const counts = vi.spyOn(desk.device.api, 'entryCounts')
    const { tick } = await showDesk(desk)
    await screen.findByRole('link', { name: 'To read 2' })
    await tick(60_000)
    await tick(60_000)
    expect(counts).toHaveBeenCalledTimes(1)
    desk.entries = [entry(1), entry(2), entry(3)]
    desk.touch(deskIds.entry(3))
    await tick(60_000)
    await tick(60_000)
    expect(await screen.findByRole('link', { name: 'To read 3' })).toBeTruthy()
    expect(counts).toHaveBeenCalledTimes(2)
  })

  it('[CO59] a quiet minute costs one small question a tick and nothing else; a page that nobody sees asks nothing, and once when it is seen again', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { tick, look } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await waitFor(() => expect(desk.read).toHaveLength(2))
    const before = [desk.asked.length, desk.read.length, desk.freshAsked.length] as const
    await tick(15_000)
    await tick(15_000)
    expect([desk.asked.length, desk.read.length, desk.freshAsked.length]).toEqual([before[0], before[1], before[2] + 2])
    await look(false)
    await tick(15_000)
    expect(desk.freshAsked.length).toBe(before[2] + 2)
    await look(true)
    expect(desk.freshAsked.length).toBe(before[2] + 3)
  })

  it('[CO60] a row that a colleague decided on says so where it stands, and an entry that came is still counted', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { tick } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    desk.entries = [entry(1), entry(2, true), entry(3)]
    desk.touch(deskIds.entry(2), deskIds.entry(3))
    await tick(15_000)
    expect(await list().findByText('meanwhile: Approved')).toBeTruthy()
    expect(await screen.findByText('1 new entry since this list was read')).toBeTruthy()
    expect(list().getAllByRole('listitem').filter((item) => item.hasAttribute('data-entry'))).toHaveLength(2)
  })

  it('[CO57] the next entry is there before it is asked for, and is read anew when somebody has touched it', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user, tick } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    await waitFor(() => expect(desk.read).toHaveLength(2))
    await user.keyboard('j')
    expect(await screen.findByRole('form', { name: 'Decision on C-000002' })).toBeTruthy()
    expect(desk.read).toHaveLength(2)
    await user.keyboard('k')
    desk.touch(deskIds.entry(2))
    await tick(15_000)
    await user.keyboard('j')
    await screen.findByRole('form', { name: 'Decision on C-000002' })
    await waitFor(() => expect(desk.read.filter((id) => id === deskIds.entry(2)).length).toBeGreaterThan(1))
  })
})
