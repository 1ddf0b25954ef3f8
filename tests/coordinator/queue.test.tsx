import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { deskIds } from '../support/desk-entries.ts'
import { aDeskEntry } from '../support/desk-entries.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const three = () => [
  aDeskEntry({ number: 1, content: aChallenge({ topic: 'EDU' }), receivedAt: '2026-03-01T07:00:00Z', warnings: ['personal-phone'] }),
  aDeskEntry({ number: 2, content: anAction({ topic: 'HEA' }), receivedAt: '2026-03-01T08:00:00Z' }),
  aDeskEntry({ number: 3, content: aChallenge({ topic: 'WSH', severity: 5, country: 'MLI', description: 'The well has been dry for two weeks.' }), receivedAt: '2026-03-01T09:00:00Z' }),
]

const list = () => within(screen.getByRole('main', { name: 'Queue' }))
const shownRefs = () => list().queryAllByRole('listitem').map((item) => /[CA]-\d{6}/.exec(item.textContent)?.[0]).filter((ref) => ref !== undefined)

describe('the queue', () => {
  it('[CO2] a filter changes the request and the address, and is cleared alone', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002', 'C-000003']))
    await user.click(screen.getByRole('checkbox', { name: /Health/ }))
    await waitFor(() => expect(shownRefs()).toEqual(['A-000002']))
    expect(desk.asked.findLast(({ facets }) => facets !== undefined)).toMatchObject({ topic: ['HEA'], state: ['received', 'edited'] })
    expect(location.search).toBe('?topic=HEA')
    await user.click(screen.getByRole('button', { name: 'Remove the filter Health' }))
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
  })

  it('[CO17] nothing that matches says so, and clearing brings the list back', async () => {
    const { user } = await showDesk(fakeDesk({ entries: three() }), '/desk?q=nowhere')
    expect(await screen.findByText('Nothing matches these filters.')).toBeTruthy()
    await user.click(list().getAllByRole('button', { name: 'Clear filters' }).at(-1) ?? document.body)
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
  })

  it('[CO17] an empty view has words of its own', async () => {
    await showDesk(fakeDesk({ entries: three() }), '/desk?view=waiting')
    expect(await screen.findByText('No question waits for an author.')).toBeTruthy()
  })

  it('[CO17] without a connection the desk says what it can and tries again when asked', async () => {
    const desk = fakeDesk({ entries: three() })
    desk.problem = { kind: 'offline', code: 'offline' }
    const { user } = await showDesk(desk)
    expect((await screen.findByRole('alert')).textContent).toContain('No connection')
    desk.problem = null
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
  })

  it('[CO2] the slash goes to the search, which asks for the words', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk)
    await user.keyboard('/')
    await user.keyboard('well{Enter}')
    await waitFor(() => expect(shownRefs()).toEqual(['C-000003']))
    expect(location.search).toBe('?q=well')
  })

  it('[CO9] J and K walk, Enter opens, and the place on the list is said', async () => {
    const { user } = await showDesk(fakeDesk({ entries: three() }))
    await screen.findByRole('heading', { level: 2, name: /C-000001/ })
    await user.keyboard('jj')
    await screen.findByRole('heading', { level: 2, name: /C-000003/ })
    await user.keyboard('k')
    await screen.findByRole('heading', { level: 2, name: /A-000002/ })
    await user.keyboard('{Enter}')
    await screen.findByRole('heading', { level: 1, name: /A-000002/ })
    expect(location.pathname).toBe(`/desk/entry/${deskIds.entry(2)}`)
    expect(screen.getByText('2 of 3')).toBeTruthy()
  })

  it('[CO2] more entries come after the ones that stand there', async () => {
    const desk = fakeDesk({ entries: three(), pageSize: 2 })
    const { user } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002']))
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002', 'C-000003']))
    expect(desk.asked.at(-1)?.after).toBe('2')
  })

  it('[CO17] entries that came since are announced, and shown when asked for', async () => {
    const [first, ...later] = three()
    const desk = fakeDesk({ entries: first === undefined ? [] : [first] })
    const { user, tick } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001']))
    desk.entries = [...desk.entries, ...later]
    desk.touch(deskIds.entry(2), deskIds.entry(3))
    await tick()
    expect(await screen.findByText('2 new entries since this list was read')).toBeTruthy()
    expect(shownRefs()).toEqual(['C-000001'])
    await user.click(screen.getByRole('button', { name: 'Show' }))
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
  })

  it('[CO12] who may not review sees who can, and no request is made', async () => {
    const desk = fakeDesk({ entries: three(), abilities: ['record'] })
    await showDesk(desk)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This is the coordinators’ desk')
    expect(desk.asked).toEqual([])
  })

  it('[CO19] in Arabic the views, the state and the age are in Arabic', async () => {
    const desk = fakeDesk({ entries: three() })
    await showDesk(desk, '/desk', 'ar')
    expect(await screen.findByRole('heading', { level: 1, name: /للقراءة/ })).toBeTruthy()
    expect(screen.getByRole('checkbox', { name: /الصحة/ })).toBeTruthy()
    expect(await screen.findByRole('radio', { name: 'اعتماد' })).toBeTruthy()
  })
})
