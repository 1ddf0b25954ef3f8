import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import { patienceMs } from '../support/patience.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, steps: readonly DeskStep[] = []) => aDeskEntry({ number, content: aChallenge({ affectedMin: 40 }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps })
const two = () => [entry(1), entry(2)]
const byJean = (verdict: 'approve' | 'askBack', at: string): DeskStep => ({ type: 'decide', by: 2, at, body: { revision: deskIds.change(100), contentHash: someHash, verdict, questions: verdict === 'askBack' ? [{ id: deskIds.question(1), field: 'placeName', text: 'Where?' }] : [] } })
const formOf = (ref: string) => screen.findByRole('form', { name: `Decision on ${ref}` })
const approveNow = 'a{Control>}{Enter}{/Control}'

describe('a decision that has not gone out', () => {
  it('[CO50] waits some seconds, says so, and goes out then', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    expect(await screen.findByText('C-000001: approved. Not sent yet.')).toBeTruthy()
    await tick(7_000)
    expect(desk.sent).toEqual([])
    await tick(1_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    expect(await screen.findByText('C-000001: approved. Sent.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Take it back/ })).toBeNull()
  })

  it('[CO305] a device that was signed out meanwhile says so, and what is decided then waits until it has joined again, for no connection', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.isOutboxStuck = true
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await tick(9_000)
    expect(await screen.findByText('C-000001: approved. Kept here; it goes out with the next connection.')).toBeTruthy()
    desk.setSync({ attention: 'join-again', phase: 'waiting', pendingChanges: 1, problem: { kind: 'refused', code: 'device-revoked' } })
    expect(await screen.findByText('C-000001: approved. Kept here; it goes out once this device has joined again.')).toBeTruthy()
    expect(screen.getByText('Signed out · 1 change is still only here')).toBeTruthy()
    expect(screen.getByText('This device is no longer part of the campaign. Join again with a new link.')).toBeTruthy()
    desk.setSync({ attention: null, pendingChanges: 1 })
    await waitFor(() => expect(screen.queryByText(/no longer part of the campaign|Signed out|joined again/)).toBeNull())
  })

  it('[CO500] whoever may not review any more finds by name what they had decided and was not sent', async () => {
    const desk = fakeDesk({ entries: two(), abilities: ['record'] })
    const held = await desk.device.held.hold([1, 2].map((number) => ({ entryId: deskIds.entry(number), ref: `C-00000${number}`, base: deskIds.change(100 * number), asOf: null, body: { revision: deskIds.change(100 * number), contentHash: someHash, verdict: 'approve', questions: [] } })), 8_000)
    if (held.ok) await desk.device.held.stop(held.value[1] ?? deskIds.change(0), { name: 'Jean', verdict: 'reject' })
    await showDesk(desk)
    expect(await screen.findByText('Decided and not sent: C-000001 (approved). It is kept on this device, and goes out once you may review again.')).toBeTruthy()
  })

  it('[CO963] whose role is changed while the desk is open reads what happened and what of theirs is safe, and finds what was begun once they review again', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Twice.')
    act(() => desk.setAbilities(['record']))
    expect(await screen.findByRole('heading', { name: 'Your role in this campaign was changed' })).toBeTruthy()
    expect(screen.getByText(/What you had begun and not sent is kept on this device/)).toBeTruthy()
    act(() => desk.setAbilities(['record', 'review', 'readAll']))
    await formOf('C-000001')
    expect((screen.getByRole('textbox', { name: 'Why it is not used' }) as HTMLInputElement).value).toBe('Twice.')
  })

  it('[CO50] Z takes it back: nothing is sent, and the entry can be decided with what stood in the bar', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Twice.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await formOf('C-000002')
    await user.keyboard('z')
    expect(await screen.findByText('C-000001: taken back. Nothing was sent.')).toBeTruthy()
    await tick(60_000)
    expect([desk.held(), desk.sent]).toEqual([[], []])
    await user.keyboard('k')
    const form = within(await formOf('C-000001'))
    expect((form.getByRole('radio', { name: 'Reject…' }) as HTMLInputElement).checked).toBe(true)
    expect((form.getByRole('textbox') as HTMLInputElement).value).toBe('Twice.')
  })

  it('[CO221] Z takes back what was decided last, and not what was decided at the same moment', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await user.keyboard(approveNow)
    expect(await screen.findByText('C-000002: approved. Not sent yet.')).toBeTruthy()
    await user.keyboard('z')
    expect(await screen.findByText('C-000002: taken back. Nothing was sent.')).toBeTruthy()
    expect(desk.held().map(({ ref }) => ref)).toEqual(['C-000001'])
  })

  it('[CO960] and then, pressed once more, the one before it that is held still, which stands beside it until then', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await user.keyboard(approveNow)
    await screen.findByText('C-000002: approved. Not sent yet.')
    await user.keyboard('z')
    expect(await screen.findByText(/C-000002: taken back\. Nothing was sent\./)).toBeTruthy()
    expect(screen.getByText('C-000001: approved. Not sent yet.')).toBeTruthy()
    await user.keyboard('z')
    expect(await screen.findByText('C-000001: taken back. Nothing was sent.')).toBeTruthy()
    expect([desk.held(), screen.queryByRole('button', { name: /Take it back/ })]).toEqual([[], null])
  })

  it('[CO50] that it was taken back stays to be read, though an older one goes out meanwhile', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await tick(4_000)
    await user.keyboard(approveNow)
    expect(await screen.findByText('C-000002: approved. Not sent yet.')).toBeTruthy()
    await user.keyboard('z')
    await screen.findByText('C-000002: taken back. Nothing was sent.')
    await tick(5_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    expect(await screen.findByText('C-000002: taken back. Nothing was sent.')).toBeTruthy()
  })

  it('[CO50] one that has gone out meanwhile says that it is too late', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    // As another window of the same desk would.
    const { takeBack } = desk.device.held
    Object.assign(desk.device.held, { takeBack: async () => [] })
    await user.keyboard('z')
    expect(await screen.findByText('C-000001 has gone out already. Open it again if it was not meant.')).toBeTruthy()
    Object.assign(desk.device.held, { takeBack })
  })

  it('[CO52] before it goes out one question is asked for all of them, and what nobody touched is not read again', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await user.keyboard(approveNow)
    const [read, asked] = [desk.read.length, desk.freshAsked.length]
    await tick(8_000)
    await waitFor(() => expect(desk.sent).toHaveLength(2))
    expect(desk.read.length).toBe(read)
    expect(desk.freshAsked.length - asked).toBe(1)
  })

  it('[CO52] one whose entry a colleague decided on meanwhile is not sent, says who and what, and can be read again', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    desk.entries = [entry(1, [byJean('askBack', '2026-03-02T11:19:00Z')]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. Jean decided meanwhile: asked back. Yours was: approved.')).toBeTruthy()
    expect(desk.sent).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Read it again' }))
    const form = within(await formOf('C-000001'))
    expect((form.getByRole('radio', { name: 'Approve' }) as HTMLInputElement).checked).toBe(true)
    expect(desk.held()).toEqual([])
  })

  it('[CO742] one whose entry its author took back meanwhile is not sent, and says that it was taken back', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    desk.entries = [entry(1, [{ type: 'withdraw', by: 11, body: {} }]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. Its author took the entry back. Yours was: approved.')).toBeTruthy()
    expect(desk.sent).toEqual([])
  })

  it('[CO504] one that was made without a connection and met the verdict of a colleague is told with whose it is, until somebody has looked', async () => {
    const desk = fakeDesk({ entries: two() })
    desk.isOutboxStuck = true
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await tick(8_000)
    await screen.findByText('C-000001: approved. Kept here; it goes out with the next connection.')
    const own: DeskStep = { type: 'decide', by: 1, isUnaware: true, at: '2026-03-02T11:19:00Z', body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }
    const contested = entry(1, [byJean('askBack', '2026-03-02T11:18:00Z'), own])
    desk.entries = [contested, entry(2)]
    expect(contested.row.contested).toBe(true)
    desk.isOutboxStuck = false
    desk.setSync({ pendingChanges: 0 })
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    const told = await screen.findByText('C-000001: Jean decided too, and neither knew of the other: asked back. Yours was: approved. Neither counts until somebody decides again.')
    await user.click(within(told.parentElement ?? document.body).getByRole('button', { name: 'Read it again' }))
    expect(await screen.findByText('Two verdicts on one revision')).toBeTruthy()
    expect(screen.queryByText(/neither knew of the other/)).toBeNull()
    expect(desk.unseen()).toEqual([])
  })

  it('[CO740] of more than three that were not sent their number stands there, each is opened, and all can be left at once', async () => {
    const numbers = [1, 2, 3, 4, 5]
    const desk = fakeDesk({ entries: numbers.map((number) => entry(number)) })
    const held = await desk.device.held.hold(numbers.map((number) => ({ entryId: deskIds.entry(number), ref: `C-00000${number}`, base: deskIds.change(100 * number), asOf: null, body: { revision: deskIds.change(100 * number), contentHash: someHash, verdict: 'approve', questions: [] } })), 8_000)
    for (const id of held.ok ? held.value : []) await desk.device.held.stop(id, { name: 'Jean', verdict: 'reject' })
    const { user } = await showDesk(desk)
    expect((await screen.findByRole('alert')).textContent).toBe('5 decisions were not sent: somebody decided meanwhile, or the entries have changed.')
    expect(screen.queryByText(/Jean decided meanwhile/)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'One by one' }))
    expect(screen.getAllByText(/Jean decided meanwhile: not used/)).toHaveLength(5)
    expect(screen.getAllByRole('alert')).toHaveLength(1)
    await user.click(screen.getAllByRole('button', { name: 'Leave it at that' })[0] ?? document.body)
    expect(await screen.findByText(/^4 decisions were not sent/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Leave all at that' }))
    await waitFor(() => expect([screen.queryByText(/not sent:/), desk.held()]).toEqual([null, []]))
  })

  it('[CO740] of more than three that met another verdict their number stands there, and all can be left at once', async () => {
    const numbers = [1, 2, 3, 4]
    const own = (number: number): DeskStep => ({ type: 'decide', by: 1, isUnaware: true, at: '2026-03-02T11:19:00Z', body: { revision: deskIds.change(100 * number), contentHash: someHash, verdict: 'approve', questions: [] } })
    const rival = (number: number): DeskStep => ({ type: 'decide', by: 2, at: '2026-03-02T11:18:00Z', body: { revision: deskIds.change(100 * number), contentHash: someHash, verdict: 'reject', reason: 'Twice.', questions: [] } })
    const sentBefore = numbers.map((number) => ({ id: deskIds.change(500 + number), entryId: deskIds.entry(number), ref: `C-00000${number}`, verdict: 'approve' as const }))
    const desk = fakeDesk({ entries: numbers.map((number) => entry(number, [rival(number), own(number)])), sentBefore })
    const { user, tick } = await showDesk(desk, '/desk?view=approved')
    await tick(15_000)
    expect((await screen.findByRole('alert')).textContent).toBe('4 decisions of yours met another one, and neither knew of the other. None of them counts until somebody decides again.')
    await user.click(screen.getByRole('button', { name: 'Leave all at that' }))
    await waitFor(() => expect([screen.queryByText(/neither knew of the other/), desk.unseen()]).toEqual([null, []]))
  })

  it('[CO600] one that met another verdict after the desk was closed is told at the next start, until somebody has looked; one that holds is not', async () => {
    const own: DeskStep = { type: 'decide', by: 1, isUnaware: true, at: '2026-03-02T11:19:00Z', body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }
    const sentBefore = [1, 2].map((number) => ({ id: deskIds.change(500 + number), entryId: deskIds.entry(number), ref: `C-00000${number}`, verdict: 'approve' as const }))
    const desk = fakeDesk({ entries: [entry(1, [byJean('askBack', '2026-03-02T11:18:00Z'), own]), entry(2)], sentBefore })
    desk.setSync({ pendingChanges: 1 })
    const { user, tick } = await showDesk(desk, '/desk?view=approved')
    await tick(15_000)
    // As long as they wait to be sent nobody can know.
    expect(desk.unseen()).toHaveLength(2)
    desk.setSync({ pendingChanges: 0 })
    await tick(15_000)
    const told = await screen.findByText('C-000001: Jean decided too, and neither knew of the other: asked back. Yours was: approved. Neither counts until somebody decides again.')
    expect(screen.queryByText(/C-000002/)).toBeNull()
    expect(desk.unseen().map(({ ref }) => ref)).toEqual(['C-000001'])
    expect(desk.asked.filter(({ conflict }) => conflict !== undefined)).toMatchObject([{ limit: 200 }])
    await user.click(within(told.parentElement ?? document.body).getByRole('button', { name: 'Leave it at that' }))
    expect(screen.queryByText(/neither knew of the other/)).toBeNull()
    expect(desk.unseen()).toEqual([])
  })

  it('[CO806] one that lies in the outbox since before the desk was opened, or from another window, stands at its entry, which nobody decides on again', async () => {
    const sentBefore = [{ id: deskIds.change(501), entryId: deskIds.entry(1), ref: 'C-000001', verdict: 'approve' as const, isWaiting: true as const }]
    const desk = fakeDesk({ entries: two(), sentBefore })
    desk.isOutboxStuck = true
    desk.setSync({ pendingChanges: 1 })
    await showDesk(desk)
    expect(await screen.findByText('You decided: approved. Kept here; it goes out with the next connection.')).toBeTruthy()
    expect(screen.getByText('decided here, not sent yet')).toBeTruthy()
    expect(screen.queryByRole('form', { name: 'Decision on C-000001' })).toBeNull()
    desk.setSync({ pendingChanges: 0 })
    expect(await formOf('C-000002')).toBeTruthy()
    expect(screen.queryByText('C-000001')).toBeNull()
  })

  it('[CO840] no form stands before it is known what was decided here, and nobody waits for a disk that does not answer', async () => {
    const sentBefore = [{ id: deskIds.change(501), entryId: deskIds.entry(1), ref: 'C-000001', verdict: 'approve' as const, isWaiting: true as const }]
    const desk = fakeDesk({ entries: two(), sentBefore, readsLate: true })
    desk.isOutboxStuck = true
    const { tick } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await waitFor(() => expect(desk.read).toContain(deskIds.entry(1)))
    await tick()
    expect(screen.queryByRole('form', { name: 'Decision on C-000001' })).toBeNull()
    desk.readSent()
    expect(await screen.findByText('You decided: approved. Kept here; it goes out with the next connection.')).toBeTruthy()
    expect(screen.queryByRole('form', { name: 'Decision on C-000001' })).toBeNull()
    cleanup()
    await showDesk(fakeDesk({ entries: two(), readsLate: true }), `/desk/entry/${deskIds.entry(1)}`)
    expect(await screen.findByRole('form', { name: 'Decision on C-000001' }, { timeout: patienceMs })).toBeTruthy()
  })

  it('[CO600] of one that holds nothing is asked beside the news, and nothing is kept once that is known', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await tick(8_000)
    await waitFor(() => expect(desk.unseen()).toHaveLength(1))
    desk.entries = [entry(1, [{ type: 'decide', by: 1, at: '2026-03-02T11:20:08Z', body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    await tick(15_000)
    expect(desk.unseen()).toEqual([])
    expect(desk.asked.filter(({ conflict }) => conflict !== undefined)).toEqual([])
    // A colleague who was without a connection comes after it.
    const own: DeskStep = { type: 'decide', by: 1, at: '2026-03-02T11:20:08Z', body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }
    desk.entries = [entry(1, [own, { ...byJean('askBack', '2026-03-02T11:18:00Z'), isUnaware: true }]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    expect(await screen.findByText(/^C-000001: Jean decided too/)).toBeTruthy()
  })

  it('[CO505] a row says how long it has waited on a desk that stays open while nothing happens', async () => {
    const { tick } = await showDesk(fakeDesk({ entries: two() }))
    expect((await screen.findAllByRole('time')).map(({ textContent }) => textContent)).toEqual(['1d', '1d'])
    await tick(86_400_000)
    expect(screen.getAllByRole('time').map(({ textContent }) => textContent)).toEqual(['2d', '2d'])
  })

  it('[CO246] one whose entry was erased meanwhile goes nowhere with its reason, and that is said instead of "sent"', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'She said it herself.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('C-000001: not used. Not sent yet.')
    await formOf('C-000002')
    await tick(500)
    await user.keyboard(approveNow)
    desk.eraseThere(deskIds.entry(1), { name: 'Jean', reason: 'asked' })
    await tick(9_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    expect(desk.held()).toEqual([])
    expect(await screen.findByText('C-000001 was erased meanwhile. Nothing of your decision was sent, and none of it is left.')).toBeTruthy()
    expect(screen.queryByText(/C-000001: not used\. Sent/)).toBeNull()
  })

  it('[CO290] one whose entry was set aside meanwhile does not go out, and stands in the bar again when it counts', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'She said it herself.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('C-000001: not used. Not sent yet.')
    await formOf('C-000002')
    desk.asideThere(deskIds.entry(1))
    await tick(9_000)
    expect(await screen.findByText('C-000001 was set aside meanwhile. Nothing was sent; what you decided stands there again once it counts.')).toBeTruthy()
    expect([desk.held(), desk.sent]).toEqual([[], []])
    desk.releaseThere(deskIds.entry(1))
    await tick(15_000)
    await user.keyboard('k')
    await formOf('C-000001')
    expect(await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Why it is not used' })).toHaveProperty('value', 'She said it herself.')
  })

  it('[CO52] words that changed stop it too; a comment does not', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    await user.keyboard(approveNow)
    desk.entries = [
      entry(1, [{ type: 'revise', by: 11, body: { set: { affectedMin: 41 }, unset: [], answers: [] } }]),
      entry(2, [{ type: 'comment', by: 12, body: { text: 'Thank you.', lang: 'en' } }]),
    ]
    desk.touch(deskIds.entry(1), deskIds.entry(2))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. The entry changed after you read it. Yours was: approved.')).toBeTruthy()
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    await user.click(screen.getByRole('button', { name: 'Leave it at that' }))
    await waitFor(() => expect(desk.held()).toEqual([]))
  })

  it('[CO224] after the server was restored a decision that waits is looked at once more before it goes out', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await formOf('C-000002')
    desk.restore()
    desk.entries = [entry(1, [byJean('askBack', '2026-03-02T11:19:00Z')]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. Jean decided meanwhile: asked back. Yours was: approved.')).toBeTruthy()
    expect(desk.sent).toEqual([])
  })

  it('[CO224] after the server was restored the entry that is open is read anew', async () => {
    const desk = fakeDesk({ entries: two() })
    const { tick } = await showDesk(desk)
    await formOf('C-000001')
    desk.restore()
    desk.entries = [entry(1, [{ type: 'revise', by: 11, body: { set: { affectedMin: 41 }, unset: [], answers: [] } }]), entry(2)]
    await tick(15_000)
    expect(await screen.findByText('The author changed this entry while you read it.')).toBeTruthy()
  })

  it('[CO52] without a connection it goes out as it was read', async () => {
    const desk = fakeDesk({ entries: two() })
    const { user, tick } = await showDesk(desk)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    desk.problem = { kind: 'offline', code: 'offline' }
    await tick(8_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
  })
})

describe('two coordinators on one entry', () => {
  it('[CO53] what a colleague decided a moment ago stands in the bar, and is asked about once', async () => {
    const desk = fakeDesk({ entries: [entry(1, [byJean('askBack', '2026-03-02T11:18:00Z')])] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const form = within(await formOf('C-000001'))
    expect(form.getByText(/Jean decided 2 minutes ago: asked back\./)).toBeTruthy()
    await user.keyboard(approveNow)
    expect((await form.findByRole('alert')).textContent).toContain('Press once more if you mean it.')
    expect(desk.decisions).toEqual([])
    await user.click(form.getByRole('button', { name: 'Decide all the same' }))
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
  })

  it('[CO805] a key that is held a moment too long does not answer what it has just been asked', async () => {
    const desk = fakeDesk({ entries: [entry(1, [byJean('askBack', '2026-03-02T11:18:00Z')])] })
    const { user, tick } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    const form = within(await formOf('C-000001'))
    await user.keyboard(approveNow)
    const again = await form.findByRole('button', { name: 'Decide all the same' })
    for (const target of [document.body, again]) expect(fireEvent.keyDown(target, { key: 'Enter', code: 'Enter', ctrlKey: target !== again, repeat: true })).toBe(false)
    await tick(1_000)
    expect(desk.decisions).toEqual([])
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
  })

  it('[CO53] a decision of an hour ago asks nothing', async () => {
    const desk = fakeDesk({ entries: [entry(1, [byJean('askBack', '2026-03-02T10:18:00Z')])] })
    const { user } = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
    await formOf('C-000001')
    await user.keyboard(approveNow)
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
  })
})
