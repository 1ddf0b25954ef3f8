import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { Instant } from '#domain/ids.ts'
import type { QuarantineRow } from '#protocol/aside.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const words = 'The borehole behind the market is broken.'
const entry = (number: number) => aDeskEntry({ number, content: aChallenge({ description: number === 1 ? words : 'Another thing altogether.' }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps: [] })
const asideRow = (about: Partial<QuarantineRow>): QuarantineRow => ({
  id: deskIds.change(500), seq: 12, reason: 'revoked-device', memberId: null, deviceId: deskIds.device(1), receivedAt: '2026-03-01T09:00:00Z' as Instant, subject: 'change:500', type: 'record',
  entryId: null, ref: null, memberName: 'Marie', deviceLabel: null, carrierName: null, change: null, text: null, hindrance: null, left: null, ...about,
})
const list = () => within(screen.getByRole('main', { name: 'Queue' }))

async function openDialog(user: Awaited<ReturnType<typeof showDesk>>['user']) {
  await user.click(await screen.findByRole('button', { name: 'Erase…' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Erase C-000001 for good?' }))
  return { dialog, yes: dialog.getByRole('button', { name: 'Erase for good' }) }
}
const isOff = (button: HTMLElement) => button.getAttribute('aria-disabled') === 'true' || (button as HTMLButtonElement).disabled

describe('one entry, erased at the desk', () => {
  it('[CO240] says what goes and what stays, wants a reason and the name by hand, and the page then says by whom', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const { dialog, yes } = await openDialog(user)
    expect(dialog.getByText(/go from the server at once, .* cannot be undone/)).toBeTruthy()
    expect(dialog.getByText(/What stays: that there was an entry C-000001/)).toBeTruthy()
    await user.type(dialog.getByLabelText(/Write C-000001/), 'c-000001')
    expect(isOff(yes)).toBe(true)
    await user.type(dialog.getByLabelText(/Why it is erased/), ' names of guards ')
    expect(isOff(yes)).toBe(false)
    await user.clear(dialog.getByLabelText(/Write C-000001/))
    await user.type(dialog.getByLabelText(/Write C-000001/), 'C-000002')
    expect(isOff(yes)).toBe(true)
    await user.clear(dialog.getByLabelText(/Write C-000001/))
    await user.type(dialog.getByLabelText(/Write C-000001/), 'C-000001')
    await user.click(yes)
    expect(await screen.findByText(/C-000001 · Ruth erased it/)).toBeTruthy()
    expect(screen.getByText('names of guards')).toBeTruthy()
    expect(desk.erased).toEqual([{ entry: deskIds.entry(1), base: entry(1).changes[0]?.change.id, reason: 'names of guards' }])
    expect(screen.queryByText(words)).toBeNull()
    expect(screen.queryByRole('button', { name: 'Erase…' })).toBeNull()
  })

  it('[CO240] without a connection it is erased here, and said to wait; a full disk is said and nothing is gone', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    desk.isOutboxStuck = true
    desk.saveProblem = { kind: 'storage-full' }
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const { dialog, yes } = await openDialog(user)
    await user.type(dialog.getByLabelText(/Write C-000001/), 'C-000001')
    await user.type(dialog.getByLabelText(/Why it is erased/), 'asked')
    await user.click(yes)
    expect(await dialog.findByRole('alert')).toBeTruthy()
    expect(screen.getByText(words)).toBeTruthy()
    desk.saveProblem = null
    await user.click(yes)
    expect(await screen.findByText(/Erased at this desk/)).toBeTruthy()
    expect(screen.queryByText(words)).toBeNull()
  })
})

describe('what somebody else erased', () => {
  it('[CO241] stands at its row and in its pane without its words, while the list stays', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { tick } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    expect(screen.getAllByText(words).length).toBeGreaterThan(0)
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: 'asked' })
    await tick(15_000)
    const row = await waitFor(() => list().getAllByRole('listitem').find((item) => item.dataset['entry'] === deskIds.entry(1)) ?? document.body)
    expect(await within(row).findByText(/Jean erased it/)).toBeTruthy()
    expect(await screen.findByText(/C-000001 · Jean erased it/)).toBeTruthy()
    expect(screen.queryByText(words)).toBeNull()
    expect(screen.queryByRole('form', { name: 'Decision on C-000001' })).toBeNull()
    expect(list().getAllByRole('listitem').filter((item) => item.hasAttribute('data-entry'))).toHaveLength(2)
  })

  it('[CO241] is told at its address, and an address that never was an entry says so as before', async () => {
    const desk = fakeDesk({ entries: [entry(1)] })
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: '' })
    const { unmount } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    expect(await screen.findByText(/Jean erased it/)).toBeTruthy()
    unmount()
    await showDesk(fakeDesk({ entries: [entry(1)] }), `/desk/entry/${deskIds.entry(9)}`)
    expect(await screen.findByRole('alert')).toBeTruthy()
    expect(screen.queryByText(/erased it/)).toBeNull()
  })
})

describe('what was set aside with whoever wrote it', () => {
  it('[CO290] is said to be set aside at its row and in its pane, without its words, and stands there again when it counts', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { tick } = await showDesk(desk)
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    desk.asideThere(deskIds.entry(1))
    await tick(15_000)
    const row = () => list().getAllByRole('listitem').find((item) => item.dataset['entry'] === deskIds.entry(1)) ?? document.body
    expect(await within(row()).findByText('Set aside')).toBeTruthy()
    expect(await screen.findByText(/was set aside as a whole/)).toBeTruthy()
    expect(screen.queryByText(words)).toBeNull()
    expect(screen.queryByText(/Erased/)).toBeNull()
    expect(screen.queryByRole('form', { name: 'Decision on C-000001' })).toBeNull()
    // What its author says meanwhile does not make it an erased one.
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    expect(screen.queryByText(/Erased/)).toBeNull()
    desk.releaseThere(deskIds.entry(1))
    await tick(15_000)
    expect(await screen.findByRole('form', { name: 'Decision on C-000001' })).toBeTruthy()
    expect(within(row()).getByText(words)).toBeTruthy()
  })

  it('[CO300] is said to be set aside at its own address too, after the desk was opened anew, and stands there again when it counts', async () => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    desk.asideThere(deskIds.entry(1))
    const { tick } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    expect(await screen.findByText(/was set aside as a whole/)).toBeTruthy()
    expect(within(screen.getByRole('main')).getByRole('link', { name: 'Set aside' })).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
    desk.releaseThere(deskIds.entry(1))
    await tick(15_000)
    expect(await screen.findByRole('form', { name: 'Decision on C-000001' })).toBeTruthy()
  })

  it('[CO300] says why, and who left it aside, as far as the list of what was set aside has it; an erased one is erased', async () => {
    const desk = fakeDesk({ entries: [] })
    desk.aside = [asideRow({ entryId: deskIds.entry(1), reason: 'bad-seal', left: { at: '2026-03-01T09:00:00Z' as Instant, by: 'Jean', reason: 'Nobody knows this phone.' } }), asideRow({ id: deskIds.change(501), entryId: deskIds.entry(2) })]
    desk.eraseThere(deskIds.entry(2), { name: 'Jean', reason: '' })
    const { unmount } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    expect(await screen.findByText(/Its seal does not fit/)).toBeTruthy()
    expect(screen.getByText(/Left aside by Jean/)).toBeTruthy()
    expect(screen.getByText('Nobody knows this phone.')).toBeTruthy()
    unmount()
    await showDesk(desk, `/desk/entry/${deskIds.entry(2)}`)
    expect(await screen.findByText(/Jean erased it/)).toBeTruthy()
    expect(screen.queryByText(/reported lost/)).toBeNull()
  })
})
