import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { foldEntry } from '#domain/fold.ts'
import type { ChangeOf, KnownChange } from '#domain/change.ts'
import type { Instant } from '#domain/ids.ts'
import { ok } from '#domain/result.ts'
import { hashContent } from '#protocol/chain.ts'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import type { DeskEntry, DeskStep } from '../support/desk-entries.ts'
import { digest, fakeDesk, showDesk } from './show-desk.tsx'

const content = aChallenge({ placeName: 'Croix' })
const plain = () => aDeskEntry({ number: 1, content })
const corrected: DeskStep = { type: 'correct', by: 1, body: { set: { placeName: 'Croix-des-Missions' }, unset: [] } }
const waiting = 'What was corrected here has not gone out yet. A decision goes out behind it, and is on the corrected words.'
const formOf = (ref: string) => screen.findByRole('form', { name: `Decision on ${ref}` })
const rowOf = (field: string) => within(document.querySelector<HTMLElement>(`[data-field="${field}"]`) ?? document.body)

/** The desk without a connection; the next correction is the change `id`. */
async function offline(entries: readonly DeskEntry[], path: string, id = deskIds.change(101)) {
  const desk = fakeDesk({ entries })
  const shown = await showDesk(desk, path)
  await formOf('C-000001')
  desk.isOutboxStuck = true
  desk.problem = { kind: 'offline', code: 'offline' }
  const { correct } = desk.device
  Object.assign(desk.device, { correct: async (...args: Parameters<typeof correct>) => ((await correct(...args)).ok ? ok(id) : fail()) })
  const back = (...now: readonly DeskEntry[]): void => {
    desk.isOutboxStuck = false
    desk.problem = null
    desk.entries = now
    desk.touch(deskIds.entry(1))
    desk.setSync({ pendingChanges: 0 })
  }
  return { desk, back, ...shown }
}

function fail(): never {
  throw new Error('the correction was not kept')
}

async function correctPlace(user: Awaited<ReturnType<typeof offline>>['user']) {
  await user.click(screen.getByRole('button', { name: 'Correct: Place' }))
  const place = screen.getByRole('textbox', { name: 'Place, corrected' })
  await user.clear(place)
  await user.type(place, 'Croix-des-Missions')
  await user.click(screen.getByRole('button', { name: 'Lay it beside the answer' }))
  await rowOf('placeName').findByText(/Croix-des-Missions/)
}

const foldOf = ({ changes }: DeskEntry) => foldEntry(changes as unknown as readonly KnownChange[])

describe('what was corrected here and has not gone out', () => {
  it('[CO273] a decision after it is on the corrected words, so that it takes effect when both arrive; that it waits is said', async () => {
    const { desk, back, user, tick } = await offline([plain()], `/desk/entry/${deskIds.entry(1)}`)
    await correctPlace(user)
    expect(await screen.findByText(waiting)).toBeTruthy()
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Twice.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    const [decision] = desk.decisions
    const onServer = aDeskEntry({ number: 1, content, steps: [corrected] })
    const fold = foldOf(onServer)
    if (decision === undefined || fold === null) throw new Error('nothing was decided')
    expect(decision.body).toMatchObject({ revision: deskIds.change(101), contentHash: await hashContent(fold, digest) })
    expect(aDeskEntry({ number: 1, content, steps: [corrected, { type: 'decide', by: 1, body: decision.body }] }).row.state).toBe('rejected')
    // The correction goes out, and the look before the decision finds nothing that speaks against it.
    back(onServer)
    await tick(8_000)
    await waitFor(() => expect(desk.sent).toHaveLength(1))
    expect(desk.held()).toEqual([])
  })

  it('[CO273] it still stands there for whoever comes back to the entry, and a verdict that was chosen before it is not chosen any more', async () => {
    const { user } = await offline([plain(), aDeskEntry({ number: 2, content })], '/desk')
    await user.click(screen.getByRole('radio', { name: 'Approve' }))
    await correctPlace(user)
    expect(within(await formOf('C-000001')).queryByRole('radio', { checked: true })).toBeNull()
    await user.keyboard('j')
    await formOf('C-000002')
    expect(screen.queryByText(waiting)).toBeNull()
    await user.keyboard('k')
    await formOf('C-000001')
    expect(rowOf('placeName').getByText(/Croix-des-Missions/).textContent).toContain('Ruth')
    expect(screen.getByText(waiting)).toBeTruthy()
  })

  it('[CO273] once it has gone out the entry stands as the server has it, and what was chosen since stays chosen', async () => {
    const { back, user, tick } = await offline([plain()], `/desk/entry/${deskIds.entry(1)}`)
    await correctPlace(user)
    await user.click(screen.getByRole('radio', { name: 'Approve' }))
    back(aDeskEntry({ number: 1, content, steps: [corrected] }))
    await tick(15_000)
    await waitFor(() => expect(screen.queryByText(waiting)).toBeNull())
    expect(screen.queryByRole('alert')).toBeNull()
    expect((screen.getByRole('radio', { name: 'Approve' }) as HTMLInputElement).checked).toBe(true)
  })

  it('[CO273] where the author has edited the entry meanwhile, a decision on the corrected words is stopped', async () => {
    const { desk, back, user, tick } = await offline([plain()], `/desk/entry/${deskIds.entry(1)}`, deskIds.change(102))
    await correctPlace(user)
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    back(aDeskEntry({ number: 1, content, steps: [{ type: 'revise', by: 11, body: { set: { severity: 5 }, unset: [], answers: [] } }, { ...corrected, isUnaware: true }] }))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. The entry changed after you read it. Yours was: approved.')).toBeTruthy()
    expect(desk.sent).toEqual([])
  })

  it('[CO273] words that the author has written before it are not taken for those that were read, while it waits', async () => {
    const revise = (severity: number): DeskStep => ({ type: 'revise', by: 11, body: { set: { severity }, unset: [], answers: [] } })
    const { desk, user, tick } = await offline([aDeskEntry({ number: 1, content, steps: [revise(4)] })], `/desk/entry/${deskIds.entry(1)}`, deskIds.change(900))
    await correctPlace(user)
    await user.click(screen.getByRole('radio', { name: 'Approve' }))
    // The log can be read again, and the correction has not gone out.
    desk.problem = null
    desk.entries = [aDeskEntry({ number: 1, content, steps: [revise(4), revise(5)] })]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    expect(await screen.findByText('The author changed this entry while you read it.')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Read it as it stands now' }))
    expect(await rowOf('severity').findByText(/5/)).toBeTruthy()
    expect(rowOf('placeName').getByText(/Croix-des-Missions/)).toBeTruthy()
    expect(within(await formOf('C-000001')).queryByRole('radio', { checked: true })).toBeNull()
  })

  it('[CO273] two values that were settled here are settled for the decision behind it', async () => {
    const revise = (value: string): DeskStep => ({ type: 'revise', by: 11, body: { set: { placeName: value }, unset: [], answers: [] } })
    const made = aDeskEntry({ number: 1, content, steps: [revise('East'), revise('West')] })
    const conflicting = { ...made, changes: made.changes.map((item, index) => (index === 2 ? { ...item, deviceId: deskIds.device(90), change: { ...item.change, base: deskIds.change(100) } } : item)) }
    const { desk, user } = await offline([conflicting], `/desk/entry/${deskIds.entry(1)}`, deskIds.change(103))
    await user.click(screen.getByRole('radio', { name: /^East/ }))
    await user.click(screen.getByRole('button', { name: 'This one counts' }))
    expect(await screen.findByText(waiting)).toBeTruthy()
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions[0]?.body).toMatchObject({ verdict: 'approve', revision: deskIds.change(103) }))
  })
})

describe('what another window of this desk has corrected and has not gone out', () => {
  const ofOther = (id = deskIds.change(101)): ChangeOf<'correct'> => ({
    v: 1, id, entryId: deskIds.entry(1), deviceSeq: 40, type: 'correct', base: deskIds.change(100), body: { set: { placeName: 'Croix-des-Missions' }, unset: [] }, salt: '', recordedAt: '2026-03-02T10:00:00Z' as Instant, appVersion: '',
  })

  it('[CO291] stands here at once, and a decision is on the corrected words', async () => {
    const { desk, user } = await offline([plain()], `/desk/entry/${deskIds.entry(1)}`)
    await user.click(screen.getByRole('radio', { name: 'Approve' }))
    act(() => desk.report.unsent.set([ofOther()]))
    expect((await rowOf('placeName').findByText(/Croix-des-Missions/)).textContent).toContain('Ruth')
    await waitFor(() => expect(within(document.querySelector<HTMLElement>('form') ?? document.body).queryByRole('radio', { checked: true })).toBeNull())
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    const fold = foldOf(aDeskEntry({ number: 1, content, steps: [corrected] }))
    if (fold === null) throw new Error('no entry')
    expect(desk.decisions[0]?.body).toMatchObject({ revision: deskIds.change(101), contentHash: await hashContent(fold, digest) })
  })

  it('[CO291] stands at an entry that is opened afterwards, and is not laid over it twice once the server has it', async () => {
    const { desk, back, user, tick } = await offline([plain(), aDeskEntry({ number: 2, content })], '/desk')
    await user.keyboard('j')
    await formOf('C-000002')
    act(() => desk.report.unsent.set([ofOther()]))
    await user.keyboard('k')
    await formOf('C-000001')
    expect(await rowOf('placeName').findByText(/Croix-des-Missions/)).toBeTruthy()
    back(aDeskEntry({ number: 1, content, steps: [corrected] }), aDeskEntry({ number: 2, content }))
    act(() => desk.report.unsent.set([]))
    await tick(15_000)
    expect(rowOf('placeName').getAllByText(/Croix-des-Missions/)).toHaveLength(1)
    expect(screen.queryByText(/changed this entry while you read it/)).toBeNull()
  })

  it('[CO291] stops a decision that was held on the words of before', async () => {
    const { desk, user, tick } = await offline([plain(), aDeskEntry({ number: 2, content })], '/desk')
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(1))
    act(() => desk.report.unsent.set([ofOther()]))
    await tick(8_000)
    expect(await screen.findByText('C-000001: not sent. The entry changed after you read it. Yours was: approved.')).toBeTruthy()
    expect(desk.sent).toEqual([])
  })
})

describe('the word that a correction waits', () => {
  it('[CO276] goes away once it has gone out, and the field can be corrected again', async () => {
    const { back, user } = await offline([plain()], `/desk/entry/${deskIds.entry(1)}`)
    await correctPlace(user)
    expect(await rowOf('placeName').findByText('Kept here; it goes out with the next connection.')).toBeTruthy()
    expect(rowOf('placeName').queryByRole('button', { name: 'Correct: Place' })).toBeNull()
    back(aDeskEntry({ number: 1, content, steps: [corrected] }))
    expect(await rowOf('placeName').findByRole('button', { name: 'Correct: Place' })).toBeTruthy()
    expect(rowOf('placeName').queryByText('Kept here; it goes out with the next connection.')).toBeNull()
    await waitFor(() => expect(screen.queryByText(waiting)).toBeNull())
  })
})
