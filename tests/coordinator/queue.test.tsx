import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { deskIds } from '../support/desk-entries.ts'
import { aDeskEntry } from '../support/desk-entries.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { fail } from '#domain/result.ts'
import { withMore } from '#coordinator/queue/use-queue.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const three = () => [
  aDeskEntry({ number: 1, content: aChallenge({ topic: 'EDU' }), receivedAt: '2026-03-01T07:00:00Z', warnings: ['personal-phone'] }),
  aDeskEntry({ number: 2, content: anAction({ topic: 'HEA' }), receivedAt: '2026-03-01T08:00:00Z' }),
  aDeskEntry({ number: 3, content: aChallenge({ topic: 'WSH', severity: 5, country: 'MLI', description: 'The well has been dry for two weeks.' }), receivedAt: '2026-03-01T09:00:00Z' }),
]

const list = () => within(screen.getByRole('main', { name: 'Queue' }))
const shownRefs = () => list().queryAllByRole('listitem').map((item) => /[CA]-\d{6}/.exec(item.textContent)?.[0]).filter((ref) => ref !== undefined)

describe('the queue', () => {
  it('[CO967] a place that is the country in letters of another language says no more than the country, and stands there where it is sought', async () => {
    const desk = () => fakeDesk({ entries: [aDeskEntry({ number: 1, content: aChallenge({ placeName: 'Haiti' }) })] })
    const first = async () => (await screen.findAllByRole('link', { name: /C-000001/ }))[0]?.textContent ?? ''
    const { unmount } = await showDesk(desk(), '/desk', 'ar')
    expect(await first()).toMatch(/هايتي/)
    expect(await first()).not.toMatch(/Haiti/)
    unmount()
    await showDesk(desk(), '/desk?q=haiti', 'ar')
    expect(await first()).toMatch(/Haiti/)
  })

  it('[CO2] a filter changes the request and the address, and is cleared alone', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002', 'C-000003']))
    await user.click(await screen.findByRole('checkbox', { name: /Health/ }))
    await waitFor(() => expect(shownRefs()).toEqual(['A-000002']))
    await waitFor(() => expect(desk.asked.findLast(({ facets }) => facets !== undefined)).toMatchObject({ topic: ['HEA'], state: ['received', 'edited'] }))
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

  it('[CO301] a list that met no answer is read as soon as the server answers, and what was to follow goes on where it ended', async () => {
    const desk = fakeDesk({ entries: three(), pageSize: 2 })
    const gone = { kind: 'unreachable', code: 'no-answer' } as const
    desk.problem = gone
    const { user, tick } = await showDesk(desk)
    expect((await screen.findByRole('alert')).textContent).toContain('As soon as it does, this is read again by itself.')
    await tick(15_000)
    expect(shownRefs()).toEqual([])
    desk.problem = null
    await tick(15_000)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002']))
    expect(screen.queryByRole('alert')).toBeNull()
    desk.problem = gone
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    await screen.findByRole('alert')
    desk.problem = null
    await tick(15_000)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002', 'C-000003']))
    expect(screen.queryByRole('alert')).toBeNull()
    const asked = desk.asked.length
    await tick(15_000)
    expect(desk.asked.length).toBe(asked)
  })

  it('[CO301] what was asked again and is on its way still is not asked for once more: on a slow line it would never come', async () => {
    const desk = fakeDesk({ entries: three() })
    const { entries } = desk.device.api
    let [lists, arrive] = [0, (): void => undefined]
    const slowly = (filter: Parameters<typeof entries>[0]): ReturnType<typeof entries> => {
      if (filter.limit === 0 || filter.limit === 1) return entries(filter)
      lists += 1
      return lists === 1 ? Promise.resolve(fail({ kind: 'unreachable', code: 'no-answer' } as const)) : new Promise((resolve) => void (arrive = () => resolve(entries(filter))))
    }
    Object.assign(desk.device.api, { entries: slowly })
    const { tick } = await showDesk(desk)
    await screen.findByRole('alert')
    for (const ms of [15_000, 15_000, 15_000]) await tick(ms)
    expect(lists).toBe(2)
    arrive()
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('[CO268] what of views and filters could not be read is said and can be asked for again, and the list is read meanwhile', async () => {
    const desk = fakeDesk({ entries: three() })
    desk.views = [{ id: deskIds.question(801), name: 'Wells', search: 'topic=WSH' }]
    const { entries, entryCounts, savedViews } = desk.device.api
    const none = async () => fail({ kind: 'unreachable', code: 'no-answer' } as const)
    const isCount = ({ facets }: Parameters<typeof entries>[0]) => facets !== undefined
    Object.assign(desk.device.api, { entries: (filter: Parameters<typeof entries>[0]) => (isCount(filter) ? none() : entries(filter)), entryCounts: none, savedViews: none })
    const { user } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
    await screen.findByRole('form', { name: 'Decision on C-000001' })
    expect(screen.queryByRole('alert')).toBeNull()
    const column = within(screen.getByRole('complementary', { name: 'Filters' }))
    const said = () => column.getAllByRole('status').map(({ textContent }) => textContent)
    await waitFor(() => expect(said()).toEqual([
      'How many each view holds could not be read. Your own views could not be read: some may be missing here. Try again',
      'The numbers of the filters could not be read. Try again',
    ]))
    expect(column.getAllByText('Could not be read.')).toHaveLength(4)
    Object.assign(desk.device.api, { entries, entryCounts, savedViews })
    for (let left = 2; left > 0; left -= 1) {
      await user.click(column.getAllByRole('button', { name: 'Try again' })[0] ?? document.body)
      await waitFor(() => expect(column.queryAllByRole('button', { name: 'Try again' })).toHaveLength(left - 1))
    }
    expect(column.getByRole('link', { name: /Wells/ })).toBeTruthy()
    expect(column.getByRole('checkbox', { name: /Health/ })).toBeTruthy()
    expect(column.queryByText('Could not be read.')).toBeNull()
    Object.assign(desk.device.api, { entries: (filter: Parameters<typeof entries>[0]) => (isCount(filter) ? none() : entries(filter)) })
    await user.click(column.getByRole('checkbox', { name: /Health/ }))
    expect(await column.findByText(/^The numbers of the filters could not be read\. Those that stand here are from before\./)).toBeTruthy()
    expect(shownRefs()).toEqual(['A-000002'])
  })

  it('[CO268] without a connection at the start the list alone says so, and the own views come with it', async () => {
    const desk = fakeDesk({ entries: three() })
    desk.views = [{ id: deskIds.question(801), name: 'Wells', search: 'topic=WSH' }]
    desk.problem = { kind: 'offline', code: 'offline' }
    const { user } = await showDesk(desk)
    await screen.findByRole('alert')
    desk.problem = null
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByRole('link', { name: /Wells/ })).toBeTruthy()
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

  it('[CO75] each row says its place and how many there are, read or not', async () => {
    await showDesk(fakeDesk({ entries: three(), pageSize: 2 }))
    await waitFor(() => expect(list().getAllByRole('listitem').filter((item) => item.hasAttribute('aria-posinset')).map((item) => [item.getAttribute('aria-posinset'), item.getAttribute('aria-setsize')])).toEqual([['1', '3'], ['2', '3']]))
  })

  it('[CO75] a page that follows does not make the list say that it holds less than stands in it', () => {
    const row = (number: number) => aDeskEntry({ number, content: aChallenge() }).row
    const rows = [1, 2, 3, 4].map(row)
    // Three of the four were decided since: the server counts them no longer.
    const before = { rows, total: 6, next: 'more' }
    expect(withMore(before, { entries: [row(5)], next: 'still more' })).toMatchObject({ total: 6, next: 'still more' })
    const last = withMore(before, { entries: [row(4), row(5), row(6), row(7)], next: null })
    expect([last.total, last.rows.map(({ ref }) => ref)]).toEqual([7, ['C-000001', 'C-000002', 'C-000003', 'C-000004', 'C-000005', 'C-000006', 'C-000007']])
  })

  it('[CO2] more entries come after the ones that stand there', async () => {
    const desk = fakeDesk({ entries: three(), pageSize: 2 })
    const { user } = await showDesk(desk)
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002']))
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(shownRefs()).toEqual(['C-000001', 'A-000002', 'C-000003']))
    await waitFor(() => expect(desk.asked.at(-1)?.after).toBe('2'))
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

  it('[CO70] a closed facet is not asked for, and one that is opened brings its counts and names', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk)
    await screen.findByRole('checkbox', { name: /Health/ })
    expect(new Set(desk.asked.flatMap(({ facets }) => facets ?? []))).toEqual(new Set(['kind', 'state', 'severity', 'topic']))
    expect(screen.queryByRole('checkbox', { name: /Marie/ })).toBeNull()
    await user.click(screen.getByText('Author'))
    expect((await screen.findAllByRole('checkbox', { name: /Marie/ })).length).toBe(3)
    await waitFor(() => expect(desk.asked.at(-1)?.facets).toContain('author'))
    await waitFor(() => expect(desk.asked.at(-1)).toMatchObject({ limit: 0, state: ['received', 'edited'] }))
  })

  it('[CO70] the list is read before anything is counted, and each count is asked for once', async () => {
    const desk = fakeDesk({ entries: three() })
    const counts = vi.spyOn(desk.device.api, 'entryCounts')
    const { tick } = await showDesk(desk)
    await screen.findByRole('checkbox', { name: /Health/ })
    await tick(15_000)
    const kinds = desk.asked.map(({ limit }) => (limit === 0 ? 'facets' : limit === 1 ? 'arrived' : 'list'))
    expect(kinds.filter((kind) => kind !== 'arrived')).toEqual(['list', 'facets'])
    expect(counts).toHaveBeenCalledTimes(1)
  })

  it('[CO70] a value that counts none is not shown, unless it is chosen', async () => {
    await showDesk(fakeDesk({ entries: three() }), '/desk?topic=CUL')
    expect((await screen.findByRole('checkbox', { name: /Culture/ }) as HTMLInputElement).checked).toBe(true)
    expect(screen.queryByRole('checkbox', { name: /Housing|Shelter/ })).toBeNull()
  })

  it('[CO71] two values of one facet are alternatives, two facets narrow together, and each can be taken away', async () => {
    const { user } = await showDesk(fakeDesk({ entries: three() }))
    await user.click(await screen.findByRole('checkbox', { name: /Health/ }))
    await user.click(await screen.findByRole('checkbox', { name: /Water/ }))
    await waitFor(() => expect(shownRefs()).toEqual(['A-000002', 'C-000003']))
    await user.click(screen.getByText('May name a person'))
    await user.click(screen.getByText('Photo'))
    await user.click(await screen.findByRole('checkbox', { name: /Without a photo/ }))
    await user.click(screen.getByRole('checkbox', { name: 'Action 1' }))
    await waitFor(() => expect(shownRefs()).toEqual(['A-000002']))
    expect(location.search).toBe('?kind=action&topic=HEA&topic=WSH&photo=no')
    await user.click(screen.getByRole('button', { name: 'Remove the filter Without a photo' }))
    await waitFor(() => expect(location.search).toBe('?kind=action&topic=HEA&topic=WSH'))
  })

  it('[CO71] a long facet shows the first values and is searched without accents', async () => {
    const countries = ['HTI', 'MLI', 'COL', 'LBN', 'UKR', 'CHN', 'KEN', 'SYR', 'PER', 'BRA', 'IND', 'NPL', 'CIV', 'TUR']
    const { user } = await showDesk(fakeDesk({ entries: countries.map((country, n) => aDeskEntry({ number: n + 1, content: aChallenge({ country: country as 'HTI' }) })) }))
    await user.click(await screen.findByText('Country'))
    await waitFor(() => expect(screen.queryAllByRole('checkbox', { name: /Brazil|Haiti|Nepal/ }).length).toBeGreaterThan(0))
    expect(screen.queryByRole('checkbox', { name: /Côte/ })).toBeNull()
    await user.type(screen.getByRole('searchbox', { name: 'Search in Country' }), 'cote')
    expect(screen.getByRole('checkbox', { name: /Côte d’Ivoire/ })).toBeTruthy()
    expect(screen.queryByRole('checkbox', { name: /Nepal/ })).toBeNull()
    await user.clear(screen.getByRole('searchbox', { name: 'Search in Country' }))
    await user.click(screen.getByRole('button', { name: 'Show all 14 values' }))
    expect(screen.getByRole('checkbox', { name: /Nepal/ })).toBeTruthy()
  })

  it('[CO72] what was found is marked, and where the row does not show it, with its field', async () => {
    const entry = aDeskEntry({ number: 4, content: aChallenge({ description: 'The school by the river has been without teachers since the flood, and the wells are dry.' }), found: { field: 'quote', text: '…we drink from the WELLS of others' } })
    await showDesk(fakeDesk({ entries: [entry] }), '/desk?q=wells')
    await waitFor(() => expect(list().getAllByText(/^wells$/i).map(({ tagName, textContent }) => [tagName, textContent])).toEqual([['MARK', 'wells'], ['MARK', 'WELLS']]))
    expect(list().getByText(/^… /).textContent).toBe('… flood, and the wells are dry.')
  })

  it('[CO73] a view is saved under a name with its number, opened, and removed', async () => {
    const desk = fakeDesk({ entries: three() })
    const { user } = await showDesk(desk, '/desk?topic=WSH&sort=severity')
    await user.click(await screen.findByRole('button', { name: 'Save this view' }))
    await user.keyboard('Dry wells{Enter}')
    const link = await screen.findByRole('link', { name: /Dry wells 1/ })
    expect([link.getAttribute('href'), link.getAttribute('aria-current')]).toEqual(['/desk?topic=WSH&sort=severity', 'true'])
    expect(desk.views).toEqual([{ id: deskIds.question(800), name: 'Dry wells', search: 'topic=WSH&sort=severity' }])
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(shownRefs()).toHaveLength(3))
    await user.click(screen.getByRole('link', { name: /Dry wells/ }))
    await waitFor(() => expect(shownRefs()).toEqual(['C-000003']))
    await user.click(screen.getByRole('button', { name: 'Remove the view Dry wells' }))
    await waitFor(() => expect(desk.views).toEqual([]))
    expect(screen.queryByRole('link', { name: /Dry wells/ })).toBeNull()
  })

  it('[CO601] a view gets another name in its place, and one that was removed can be put back as it was', async () => {
    const desk = fakeDesk({ entries: three() })
    desk.views = [{ id: deskIds.question(801), name: 'Wels', search: 'topic=WSH' }, { id: deskIds.question(802), name: 'Schools', search: 'topic=EDU' }]
    const { user } = await showDesk(desk)
    await user.click(await screen.findByRole('button', { name: 'Rename the view Wels' }))
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the view' })
    expect([field.value, document.activeElement]).toEqual(['Wels', field])
    await user.clear(field)
    await user.keyboard('Wells{Enter}')
    expect(await screen.findByRole('link', { name: /^Wells/ })).toBeTruthy()
    expect(desk.views.map(({ name, search }) => [name, search])).toEqual([['Wells', 'topic=WSH'], ['Schools', 'topic=EDU']])
    const before = desk.views
    await user.click(screen.getByRole('button', { name: 'Remove the view Wells' }))
    expect((await screen.findByText('The view Wells is removed.')).parentElement?.getAttribute('role')).toBe('status')
    expect(desk.views).toHaveLength(1)
    await user.click(screen.getByRole('button', { name: 'Put it back' }))
    expect(await screen.findByRole('link', { name: /^Wells/ })).toBeTruthy()
    expect(screen.queryByText('The view Wells is removed.')).toBeNull()
    expect(new Set(desk.views)).toEqual(new Set(before))
  })

  it('[CO969] what another window made of the views is there once this one is seen again', async () => {
    const desk = fakeDesk({ entries: three() })
    const wells = { id: deskIds.question(801), name: 'Wels', search: 'topic=WSH' }
    desk.views = [wells]
    const { look } = await showDesk(desk)
    await screen.findByRole('link', { name: /^Wels/ })
    await look(false)
    desk.views = [{ ...wells, name: 'Wells' }]
    await look(true)
    expect(await screen.findByRole('link', { name: /^Wells/ })).toBeTruthy()
    expect(screen.queryByRole('link', { name: /^Wels/ })).toBeNull()
  })

  it('[CO73] who has as many views as there may be is told to remove one', async () => {
    const desk = fakeDesk({ entries: three() })
    desk.views = Array.from({ length: 40 }, (_, n) => ({ id: deskIds.question(900 + n), name: `View ${n}`, search: `q=${n}` }))
    await showDesk(desk, '/desk?topic=WSH')
    expect(await screen.findByText('You have 40 views, as many as there may be. Remove one to save another.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Save this view' })).toBeNull()
  })

  it('[CO74] the views say how many entries they hold under the filters in force', async () => {
    const conflicting = { ...aDeskEntry({ number: 5, content: aChallenge() }) }
    await showDesk(fakeDesk({ entries: [...three(), { ...conflicting, row: { ...conflicting.row, hasConflict: true, answered: true } }] }), '/desk?topic=EDU')
    expect(await screen.findByRole('link', { name: 'To read 2' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Questions answered 1' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Conflicts 1' }).getAttribute('href')).toBe('/desk?view=conflicts&topic=EDU')
  })

  it('[CO12] who may not review sees who can, and no request is made', async () => {
    const desk = fakeDesk({ entries: three(), abilities: ['record'] })
    await showDesk(desk)
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This is the coordinators’ desk')
    expect(desk.asked).toEqual([])
  })

  it('[CO210] the bar leads to the campaigns, and an address of another campaign does so too before anything is asked', async () => {
    const desk = fakeDesk({ entries: three() })
    const { unmount } = await showDesk(desk)
    const own = desk.device.membership.get()?.campaign
    expect(screen.getByRole('link', { name: `${own?.name} Campaigns` }).getAttribute('href')).toBe('/campaigns?desk')
    unmount()
    const { unmount: leave } = await showDesk(desk, `/desk?campaign=${own?.id}`)
    expect(location.pathname).toBe('/desk')
    leave()
    const asked = desk.asked.length
    const other = '0190a0b0-0000-7000-8000-00000000ca02'
    void showDesk(desk, `/desk/report/figure?id=total&campaign=${other}`)
    await waitFor(() => expect(location.pathname + location.search).toBe(`/campaigns?campaign=${other}&to=${encodeURIComponent(`/desk/report/figure?id=total&campaign=${other}`)}`))
    expect(desk.asked.length).toBe(asked)
  })

  it('[CO19] in Arabic the views, the state and the age are in Arabic', async () => {
    const desk = fakeDesk({ entries: three() })
    await showDesk(desk, '/desk', 'ar')
    expect(await screen.findByRole('heading', { level: 1, name: /للقراءة/ })).toBeTruthy()
    expect(await screen.findByRole('checkbox', { name: /الصحة/ })).toBeTruthy()
    expect(await screen.findByRole('radio', { name: 'اعتماد' })).toBeTruthy()
  })
})
