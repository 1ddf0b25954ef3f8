import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { aChallenge } from '../support/contents.ts'
import { aDeskEntry, deskIds, someHash } from '../support/desk-entries.ts'
import type { DeskStep } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const entry = (number: number, steps: readonly DeskStep[] = []) => aDeskEntry({ number, content: aChallenge({ affectedMin: 40 }), receivedAt: `2026-03-01T0${number}:00:00Z`, steps })
const asked: DeskStep = { type: 'decide', by: 1, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'askBack', questions: [{ id: deskIds.question(700), field: 'placeName', text: 'Where?' }] } }
const approved: DeskStep = { type: 'decide', by: 1, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'approve', questions: [] } }
const rejectedUnaware: DeskStep = { type: 'decide', by: 2, isUnaware: true, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'reject', reason: 'Twice.', questions: [] } }
const edited: DeskStep = { type: 'revise', by: 11, body: { set: { affectedMin: 41 }, unset: [], answers: [deskIds.question(700)] } }
const list = () => within(screen.getByRole('main', { name: 'Queue' }))
const heading = () => screen.getByRole('heading', { level: 1 }).textContent
const one = () => list().queryByText('C-000001')
const formOf = (ref: string) => screen.findByRole('form', { name: `Decision on ${ref}` })

/** Ruth approves the first entry, which has gone out by the end of this, and with that has left the list. */
async function decided() {
  const desk = fakeDesk({ entries: [entry(1), entry(2)] })
  const shown = await showDesk(desk)
  await formOf('C-000001')
  await shown.user.keyboard('a{Control>}{Enter}{/Control}')
  await formOf('C-000002')
  await shown.tick(8_000)
  await waitFor(() => expect(one()).toBeNull())
  /** What the server has of it from now on. */
  const becomes = (...steps: readonly DeskStep[]): void => {
    desk.entries = [entry(1, steps), entry(2)]
    desk.touch(deskIds.entry(1))
  }
  becomes(approved)
  await shown.tick(15_000)
  expect(one()).toBeNull()
  return { desk, becomes, ...shown }
}

describe('an entry that was decided on here and comes back', () => {
  it.each([
    ['its author edits what was approved', [approved, edited]], ['the verdict ends in a contest', [approved, rejectedUnaware]],
  ])('[CO272] stands to be read again when %s, in the list that stands and in one that is read anew', async (_, steps) => {
    const { becomes, tick, user } = await decided()
    becomes(...steps)
    await tick(15_000)
    await waitFor(() => expect(one()).not.toBeNull())
    expect(heading()).toBe('To read 2')
    await user.click(screen.getByRole('link', { name: /^Approved/ }))
    await user.click(screen.getByRole('link', { name: /^To read/ }))
    await waitFor(() => expect(heading()).toBe('To read 2'))
    expect(one()).not.toBeNull()
  })

  it('[CO272] is walked to, can be chosen with others and decided on anew, and says meanwhile what it is', async () => {
    const { desk, becomes, tick, user } = await decided()
    becomes(asked, edited)
    await tick(15_000)
    expect(await list().findByText('meanwhile: Edited')).toBeTruthy()
    expect(list().queryByText('approved')).toBeNull()
    await user.keyboard('k')
    await formOf('C-000001')
    for (const ref of ['C-000001', 'C-000002']) await user.click(screen.getByRole('checkbox', { name: `Choose ${ref}` }))
    await user.keyboard('b')
    expect(await within(screen.getByRole('dialog')).findByText('changed since it stood on this list')).toBeTruthy()
    expect(screen.queryByText('you have decided on it already')).toBeNull()
    await user.keyboard('{Escape}')
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await waitFor(() => expect(desk.decisions).toHaveLength(2))
    expect(desk.decisions[1]?.body.revision).toBe(deskIds.change(102))
  })

  it('[CO272] a list that was asked for before the decision was sent and comes after it does not bring the entry back, and one that is asked for later does', async () => {
    const { desk, becomes, user, tick } = await decided()
    const { entries } = desk.device.api
    const answers: (() => void)[] = []
    // The answer of before: it was put together before the decision was there, and comes when it is let through.
    Object.assign(desk.device.api, { entries: async (filter: Parameters<typeof entries>[0]) => {
      const answer = await entries(filter)
      await new Promise<void>((resolve) => answers.push(resolve))
      return answer
    } })
    desk.entries = [entry(1, [approved, { type: 'decide', by: 2, body: { revision: deskIds.change(100), contentHash: someHash, verdict: 'reopen', questions: [] } }]), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    await waitFor(() => expect(one()).not.toBeNull())
    await user.click(one() ?? document.body)
    await formOf('C-000001')
    await user.keyboard('r')
    await user.type(screen.getByRole('textbox', { name: 'Why it is not used' }), 'Twice.')
    await user.keyboard('{Control>}{Enter}{/Control}')
    await screen.findByText('C-000001: not used. Not sent yet.')
    // Asked for now, while the server has it as it was.
    await user.click(screen.getByRole('link', { name: /^All/ }))
    await user.click(screen.getByRole('link', { name: /^To read/ }))
    await tick(8_000)
    await screen.findByText('C-000001: not used. Sent.')
    for (const letThrough of answers.splice(0)) letThrough()
    await tick()
    expect(one()).toBeNull()
    Object.assign(desk.device.api, { entries })
    becomes(asked, edited)
    await user.click(screen.getByRole('link', { name: /^All/ }))
    await user.click(screen.getByRole('link', { name: /^To read/ }))
    await waitFor(() => expect(one()).not.toBeNull())
  })
})

describe('an entry that goes on while whoever decided on it reads it', () => {
  it.each([
    ['its author', 'The author changed this entry while you read it.', [approved, edited]], ['a colleague who had not known', 'Jean decided meanwhile: not used.', [approved, rejectedUnaware]],
  ] as const)('[CO343] by %s: it does not say that nothing was sent, but what one had decided', async (_, what, steps) => {
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { user, tick } = await showDesk(desk, '/desk?view=all')
    await formOf('C-000001')
    await user.keyboard('a{Control>}{Enter}{/Control}')
    await formOf('C-000002')
    await user.keyboard('k')
    await tick(8_000)
    await screen.findByText('C-000001: approved. Sent.')
    desk.entries = [entry(1, steps), entry(2)]
    desk.touch(deskIds.entry(1))
    await tick(15_000)
    const note = await within(screen.getByRole('region', { name: 'C-000001' })).findByRole('alert')
    expect([note.textContent.includes(what), note.textContent.includes('You decided: approved.'), note.textContent.includes('Nothing of what you chose was sent.')]).toEqual([true, true, false])
  })
})

describe('an entry that a colleague corrects while it is read', () => {
  it('[CO345] is said to be corrected by them, and not to be changed by its author, unless the author wrote as well', async () => {
    const corrected: DeskStep = { type: 'correct', by: 2, body: { set: { affectedMin: 42 }, unset: [] } }
    const desk = fakeDesk({ entries: [entry(1), entry(2)] })
    const { tick } = await showDesk(desk)
    await formOf('C-000001')
    const noteAfter = async (...steps: readonly DeskStep[]): Promise<string> => {
      desk.entries = [entry(1, steps), entry(2)]
      desk.touch(deskIds.entry(1))
      await tick(15_000)
      return (await screen.findByRole('alert')).textContent
    }
    expect(await noteAfter(corrected)).toContain('Jean corrected this entry while you read it.')
    expect(await noteAfter(corrected, edited)).toContain('The author changed this entry while you read it.')
  })
})

describe('whoever goes back to what they decided', () => {
  const approveNow = 'a{Control>}{Enter}{/Control}'
  const open = async () => {
    const shown = await showDesk(fakeDesk({ entries: [1, 2, 3, 4].map((number) => entry(number)) }))
    await formOf('C-000001')
    await shown.user.keyboard('jj')
    await formOf('C-000003')
    await shown.user.keyboard(approveNow)
    await formOf('C-000004')
    return shown
  }
  const paneOf = (ref: string) => screen.findByRole('region', { name: ref })

  it('[CO339] still has it before them when it goes out, and it leaves the list when they go on, to the next one', async () => {
    const { user, tick } = await open()
    await user.keyboard('k')
    await paneOf('C-000003')
    await tick(8_000)
    await screen.findByText('C-000003: approved. Sent.')
    expect([await paneOf('C-000003'), list().getByText('C-000003')]).toHaveLength(2)
    await user.keyboard('j')
    await paneOf('C-000004')
    expect(list().queryByText('C-000003')).toBeNull()
    await user.keyboard('k')
    await paneOf('C-000002')
  })

  it('[CO339] finds the one behind it in its place where it went out on another page, and not the first of the list', async () => {
    const { user, tick } = await open()
    await user.keyboard('k')
    await paneOf('C-000003')
    await user.keyboard('{Enter}')
    await screen.findByText('3 of 4')
    await tick(8_000)
    await screen.findByText('C-000003: approved. Sent.')
    expect(screen.getByText('3 of 4')).toBeTruthy()
    await user.keyboard('j')
    await formOf('C-000004')
  })

  it('[CO339] who decided on what they read together with others reads the one behind it when these have left the list', async () => {
    const { user, tick } = await showDesk(fakeDesk({ entries: [1, 2, 3, 4].map((number) => entry(number)) }))
    await formOf('C-000001')
    await user.keyboard('j')
    await formOf('C-000002')
    await user.keyboard('xb')
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(dialog.getByRole('radio', { name: 'Approve' }))
    await user.click(await dialog.findByRole('button', { name: 'Decide on 1' }))
    await screen.findByText('C-000002: approved. Not sent yet.')
    await tick(15_000)
    await screen.findByText('C-000002: approved. Sent.')
    expect(await formOf('C-000003')).toBeTruthy()
  })
})
