import { act, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { NearResponse } from '#protocol/near.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { aDeskEntry, deskIds } from '../support/desk-entries.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const own = aDeskEntry({ number: 1, content: aChallenge() })
const other = aDeskEntry({ number: 2, content: aChallenge({ description: 'Four children share one phone for all their lessons.' }), organisation: 'Fanm Vanyan' })
const action = aDeskEntry({ number: 3, content: anAction() })
const nothing: NearResponse = { same: [], answers: [], linksTo: [], linkedFrom: [], rows: [], compared: 0, isCut: false }
const found: NearResponse = {
  ...nothing, compared: 14, rows: [other.row, action.row],
  same: [{ id: other.row.id, kind: 'sameAs', reasons: [{ kind: 'samePlace' }, { kind: 'days', days: 3 }, { kind: 'speakOf', concepts: ['school', 'network'] }, { kind: 'ofTomorrow' }] }],
  answers: [{ id: action.row.id, coverage: 'partly', reasons: [{ kind: 'apart', km: 2.5 }] }],
}

async function show(near: NearResponse, entries = [own, other, action]) {
  const desk = fakeDesk({ entries })
  desk.near = near
  const shown = await showDesk(desk, `/desk/entry/${deskIds.entry(1)}`)
  const section = within((await screen.findByRole('heading', { name: 'Links' })).closest('section') as HTMLElement)
  return { ...shown, desk, section }
}

describe('what an entry has to do with others', () => {
  it('[CO150] each suggestion stands with its words and its reasons; what a newer server says beyond that is left out', async () => {
    const { section } = await show(found)
    const card = within((await section.findByText('Four children share one phone for all their lessons.')).closest('li') as HTMLElement)
    expect(within(card.getByRole('list', { name: 'Why' })).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Same place by name', '3 days apart', 'Both speak of: school, phone and internet'])
    expect(card.getByText(/Fanm Vanyan/)).toBeTruthy()
    expect(card.getAllByRole('link').map((link) => link.getAttribute('href')?.startsWith('/desk/entry/'))).toEqual([true])
    expect(section.getByText(/no entry is ever hidden/)).toBeTruthy()
  })

  it('[CO151] a second source is a link of this entry, kept first and sent then, and is suggested no more', async () => {
    const { section, user, desk } = await show(found)
    await user.click(await section.findByRole('button', { name: 'Second source' }))
    expect(await section.findByText('C-000002 is tied to this entry.')).toBeTruthy()
    expect(desk.linked).toEqual([{ entry: own.row.id, base: own.changes.at(-1)?.change.id, link: { to: other.row.id, kind: 'sameAs' } }])
    expect(section.queryByRole('button', { name: 'Second source' })).toBeNull()
  })

  it('[CO741] what a colleague tied or untied meanwhile stands there with the next news, and what is suggested keeps its order', async () => {
    const third = aDeskEntry({ number: 4, content: aChallenge({ description: 'The classroom has no light.' }) })
    const suggested = (...rows: readonly (typeof own.row)[]): NearResponse => ({ ...found, rows: [...rows, action.row], same: rows.map(({ id }) => ({ id, kind: 'sameAs', reasons: [] })) })
    const { section, desk, tick } = await show(suggested(other.row), [own, other, action, third])
    await section.findByText('Four children share one phone for all their lessons.')
    await tick(15_000)
    desk.near = suggested(third.row, other.row)
    desk.touch(third.row.id)
    await tick(15_000)
    await section.findByText('The classroom has no light.')
    expect(section.getAllByRole('button', { name: 'Second source' }).map((button) => button.closest('li')?.textContent?.includes('no light'))).toEqual([false, true])
    desk.near = { ...suggested(third.row), rows: [other.row, third.row, action.row], linkedFrom: [{ change: deskIds.change(900), id: other.row.id, kind: 'duplicateOf', coverage: null }] }
    desk.touch(other.row.id)
    await tick(15_000)
    expect(await section.findByRole('button', { name: `Untie from ${other.row.ref}` })).toBeTruthy()
    expect(section.getAllByRole('button', { name: 'Second source' })).toHaveLength(1)
  })

  it('[CO346] the focus goes from what was tied or set apart to what stands nearest, and to nothing that unties', async () => {
    const { section, user } = await show(found)
    const inSection = () => document.activeElement?.closest('section')?.contains(screen.getByRole('heading', { name: 'Links' })) === true
    ;(await section.findByRole('button', { name: 'Second source' })).focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(section.queryByRole('button', { name: 'Second source' })).toBeNull())
    await waitFor(() => expect(inSection()).toBe(true))
    expect(document.activeElement?.textContent).not.toContain('Untie')
    section.getByRole('button', { name: 'It does not answer' }).focus()
    await user.keyboard('{Enter}')
    await section.findByRole('button', { name: 'Take that back' })
    await waitFor(() => expect(inSection()).toBe(true))
  })

  it('[CO223] a second press before a tie was kept and sent makes no second one; another entry can be tied meanwhile', async () => {
    const { section, user, desk } = await show(found)
    const { flush } = desk.device
    let send: () => void = () => undefined
    const isSent = new Promise<void>((resolve) => {
      send = resolve
    })
    Object.assign(desk.device, { flush: async () => {
      await isSent
      return flush()
    } })
    await user.dblClick(await section.findByRole('button', { name: 'Second source' }))
    await waitFor(() => expect(section.queryByRole('button', { name: 'Second source' })).toBeNull())
    await user.dblClick(section.getByRole('button', { name: 'It answers' }))
    send()
    expect(await section.findByText(`${action.row.ref} is tied to this entry.`)).toBeTruthy()
    expect(desk.linked.map(({ link }) => link.kind)).toEqual(['sameAs', 'answers'])
  })

  it('[CO223] a tie is taken away, and two entries are set apart, once', async () => {
    const { section, user, desk } = await show({ ...found, linksTo: [{ change: deskIds.change(500), id: other.row.id, kind: 'sameAs', coverage: null }], same: [] })
    const [{ unlink }, { setApart }] = [desk.device, desk.device.api]
    let answer: () => void = () => undefined
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    Object.assign(desk.device, { unlink: (...args: Parameters<typeof unlink>) => isAnswered.then(() => unlink(...args)) })
    Object.assign(desk.device.api, { setApart: (...args: Parameters<typeof setApart>) => isAnswered.then(() => setApart(...args)) })
    await user.dblClick(await section.findByRole('button', { name: 'Untie from C-000002' }))
    await user.dblClick(section.getByRole('button', { name: 'It does not answer' }))
    answer()
    await waitFor(() => expect([desk.unlinked.length, desk.parted.length]).toEqual([1, 1]))
    await act(() => isAnswered)
    expect([desk.unlinked.length, desk.parted.length]).toEqual([1, 1])
  })

  it('[CO276] a tie is said to be kept here until it has gone out, and what stands is read again then', async () => {
    const { section, user, desk } = await show(found)
    desk.isOutboxStuck = true
    await user.click(await section.findByRole('button', { name: 'Same report again' }))
    await section.findByText(/Kept here; it goes out with the next connection\./)
    desk.near = { ...desk.near, same: [], linksTo: [{ change: deskIds.change(900), id: deskIds.entry(2), kind: 'duplicateOf', coverage: null }] }
    desk.setSync({ pendingChanges: 0 })
    expect(await section.findByRole('button', { name: /C-000002/ })).toBeTruthy()
    expect(section.getByText('C-000002 is tied to this entry.')).toBeTruthy()
  })

  it('[CO151] without a connection the tie is kept here and says so', async () => {
    const { section, user, desk } = await show(found)
    desk.isOutboxStuck = true
    await user.click(await section.findByRole('button', { name: 'Same report again' }))
    expect(await section.findByText(/C-000002 is tied to this entry\..*Kept here; it goes out with the next connection\./)).toBeTruthy()
    expect(desk.linked[0]?.link.kind).toBe('duplicateOf')
  })

  it('[CO152] that an action answers stands on the action, with how far; the suggestion of it is only where the choice begins', async () => {
    const { section, user, desk } = await show(found)
    const coverage = await section.findByRole<HTMLSelectElement>('combobox', { name: 'How far does it answer?' })
    expect(coverage.value).toBe('partly')
    await user.selectOptions(coverage, 'little')
    await user.click(section.getByRole('button', { name: 'It answers' }))
    await waitFor(() => expect(desk.linked).toEqual([{ entry: action.row.id, base: null, link: { to: own.row.id, kind: 'answers', coverage: 'little' } }]))
  })

  it('[CO153] two that have nothing to do with each other are set apart, which can be taken back at once', async () => {
    const { section, user, desk } = await show(found)
    await user.click(await section.findByRole('button', { name: 'Not the same' }))
    expect(desk.parted).toEqual([{ id: own.row.id, other: other.row.id, as: 'same', apart: true }])
    expect(await section.findByText('C-000002 is not suggested here any more.')).toBeTruthy()
    await user.click(section.getByRole('button', { name: 'Take that back' }))
    await waitFor(() => expect(desk.parted.at(-1)?.apart).toBe(false))
  })

  it('[CO154] shows what ties it, from whichever side, and unties on the entry that the link stands on', async () => {
    const link = { kind: 'answers', coverage: 'mostly' as const, change: deskIds.change(77) }
    const { section, user, desk } = await show({ ...nothing, rows: [action.row], linkedFrom: [{ ...link, id: action.row.id }], linksTo: [{ change: deskIds.change(78), id: deskIds.entry(9), kind: 'sameAs', coverage: null }] })
    expect(await section.findByText(/is answered by · Mostly/)).toBeTruthy()
    await user.click(section.getByRole('button', { name: 'Untie from A-000003' }))
    await waitFor(() => expect(desk.unlinked).toEqual([{ entry: action.row.id, base: null, link: link.change }]))
    expect(section.getByText(/No other entry is near/)).toBeTruthy()
  })

  it('[CO155] ties by hand to what a search finds, in the ways that the two kinds allow', async () => {
    const { section, user, desk } = await show(nothing)
    await user.click(section.getByText('Tie to another entry'))
    await user.type(section.getByRole('searchbox', { name: 'Ref or words of the other entry' }), 'C-000002')
    expect(desk.asked.at(-1)).toEqual({ q: 'C-000002', limit: 9 })
    const hit = within((await section.findByText('Four children share one phone for all their lessons.')).closest('li') as HTMLElement)
    await user.click(hit.getByRole('button', { name: 'Tie to another entry' }))
    expect(section.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual(['is about the same as', 'repeats', 'tells what changed since'])
    await user.click(section.getByRole('radio', { name: 'repeats' }))
    await user.click(section.getByRole('button', { name: 'Tie them' }))
    await waitFor(() => expect(desk.linked.map(({ link }) => link)).toEqual([{ to: other.row.id, kind: 'duplicateOf' }]))
  })

  it('[CO155] of more than the list holds it says how many there are; the entry itself is none of them', async () => {
    const many = Array.from({ length: 12 }, (_, n) => aDeskEntry({ number: n + 2, content: aChallenge({ description: `Phones for lessons, report ${n}.` }) }))
    const { section, user } = await show(nothing, [own, ...many])
    await user.click(section.getByText('Tie to another entry'))
    await user.type(section.getByRole('searchbox', { name: 'Ref or words of the other entry' }), 'lessons')
    expect(await section.findByText('The first 8 of 12 are shown: more words find fewer.')).toBeTruthy()
    expect(section.getAllByRole('button', { name: 'Tie to another entry' })).toHaveLength(8)
  })

  it('[CO250] of one that somebody erases meanwhile neither words nor a tie are offered any more', async () => {
    const { section, desk, tick } = await show(found)
    await section.findByText('Four children share one phone for all their lessons.')
    desk.eraseThere(other.row.id, { name: 'Jean', reason: 'asked' })
    await tick(15_000)
    await waitFor(() => expect(section.queryByText('Four children share one phone for all their lessons.')).toBeNull())
    expect(section.queryByRole('button', { name: 'Second source' })).toBeNull()
    expect(section.getByRole('button', { name: 'It answers' })).toBeTruthy()
  })

  it('[CO251] a search for another entry that gets no answer says so, and can be asked again', async () => {
    const { section, user, desk } = await show(nothing)
    await user.click(section.getByText('Tie to another entry'))
    desk.problem = { kind: 'offline', code: 'no-answer' }
    await user.type(section.getByRole('searchbox', { name: 'Ref or words of the other entry' }), 'C-000002')
    expect(await section.findByRole('alert')).toBeTruthy()
    desk.problem = null
    await user.click(section.getByRole('button', { name: 'Try again' }))
    expect(await section.findByText('Four children share one phone for all their lessons.')).toBeTruthy()
  })
})
