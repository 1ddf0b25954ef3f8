import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { OverviewResponse } from '#protocol/overview.ts'
import { largestGaps, matrixOf, otherAreas, severityRows, topicWeeksOf, weeksOf, whoDoes } from '#coordinator/overview/counting.ts'
import { addressFromSearch, filterFromAddress, queueSearchOf, searchFromAddress } from '#coordinator/overview/overview-address.ts'
import { fakeDesk, showDesk } from './show-desk.tsx'

const cell = (topic: string, adm1: string | null, none: number, about: Partial<OverviewResponse['cells'][number]> = {}): OverviewResponse['cells'][number] => ({ country: 'HTI', adm1, topic, none, little: 0, partly: 0, mostly: 0, ...about })
const counted: OverviewResponse = {
  total: 21, authors: 7,
  areas: [
    { country: 'HTI', adm1: 'Ouest', challenges: 9, actions: 4, authors: 5, point: [-72.3, 18.5] },
    { country: 'HTI', adm1: 'Nord', challenges: 2, actions: 0, authors: 1, point: null },
    { country: 'HTI', adm1: null, challenges: 1, actions: 5, authors: 2, point: null },
  ],
  cells: [cell('EDU', 'Ouest', 6, { partly: 1 }), cell('HEA', 'Ouest', 0, { mostly: 2 }), cell('EDU', 'Nord', 2), cell('EDU', null, 1)],
  days: [{ day: '2026-02-04', challenges: 3, actions: 1 }, { day: '2026-02-08', challenges: 2, actions: 0 }, { day: '2026-02-16', challenges: 7, actions: 8 }],
  who: [
    { org: 'Fanm Vanyan', topic: 'EDU', country: 'HTI', adm1: 'Ouest', actions: 2 }, { org: 'fanm vanyan', topic: 'WSH', country: 'HTI', adm1: 'Nord', actions: 3 },
    { org: '', topic: 'HEA', country: 'HTI', adm1: null, actions: 9 }, { org: 'Kay Timoun', topic: 'EDU', country: 'HTI', adm1: 'Ouest', actions: 1 },
  ],
  topicDays: [{ topic: 'EDU', day: '2026-02-04', count: 3 }, { topic: 'WSH', day: '2026-02-04', count: 1 }, { topic: 'EDU', day: '2026-02-08', count: 2 }, { topic: 'WSH', day: '2026-02-16', count: 15 }],
  severities: [{ topic: 'EDU', severity: 4, count: 8 }, { topic: 'HEA', severity: 2, count: 1 }],
}
const show = async (path = '/desk/overview', locale: Parameters<typeof showDesk>[2] = 'en') => {
  const desk = fakeDesk()
  desk.overview = counted
  return { desk, ...(await showDesk(desk, path, locale)) }
}
/** In a campaign with a list of areas, from one of which nothing came. */
async function showWithAreas(leftOut: OverviewResponse['leftOut']): Promise<void> {
  const desk = fakeDesk()
  desk.overview = { ...counted, leftOut }
  const { membership } = desk.device
  const own = membership.get()
  const withAreas = own === null || own === undefined ? null : { ...own, campaign: { ...own.campaign, areas: [{ code: 'HT09', name: 'HT09', country: 'HTI' }] } }
  await showDesk({ ...desk, device: { ...desk.device, membership: { ...membership, get: () => withAreas } } }, '/desk/overview')
}

describe('the overview', () => {
  it('[CO120] says of each topic and area how many challenges there are and how far they are answered, and opens their entries', async () => {
    await show()
    const table = within(await screen.findByRole('table', { name: 'What no action answers' }))
    const link = table.getByRole('link', { name: /^Education.*, Ouest: 7 challenges\. No action linked: 6; answered a little: 0; partly: 1; mostly: 0/ })
    expect(new URLSearchParams(link.getAttribute('href')?.split('?')[1]).toString()).toBe('view=approved&kind=challenge&topic=EDU&country=HTI&adm1=Ouest')
    expect(table.getByText(/^Health.*, Nord: no report$/)).toBeTruthy()
    expect(table.getByText('9 of 10 without an answer')).toBeTruthy()
  })

  it('[CO187] what was too much for the page is said where it is missing, and no area is called silent for it', async () => {
    await showWithAreas({ areas: 3, cells: 41, who: 1 })
    const section = async (name: string) => within((await screen.findByRole('heading', { name })).closest('section') ?? document.body)
    expect((await section('Where reports come from')).getByText(/^3 areas with the fewest reports are left out/)).toBeTruthy()
    expect((await section('Who does what where')).getByText(/^1 line with the fewest actions is left out/)).toBeTruthy()
    expect(screen.getByText(/^41 cells with the fewest challenges are left out/)).toBeTruthy()
    expect((await section('Where we hear nothing')).getByText(/^There are more areas than this page holds/)).toBeTruthy()
    expect(screen.queryByText('nobody reports')).toBeNull()
    expect(screen.queryByText(/^No report from/)).toBeNull()
  })

  it.each([['is whole', { areas: 0, cells: 0, who: 0 }], ['comes from a server that does not count it', undefined]])('[CO187] nothing is left out of an answer that %s', async (_, leftOut) => {
    await showWithAreas(leftOut)
    expect(await screen.findByText(/^No report from HT09/)).toBeTruthy()
    expect(screen.getByText('nobody reports')).toBeTruthy()
    expect(screen.queryByText(/left out|^There are more areas/)).toBeNull()
  })

  it('[CO121] what is chosen in one part narrows the others, stands in the address, and has its own way out', async () => {
    const { desk, user } = await show()
    const table = within(await screen.findByRole('table', { name: 'What no action answers' }))
    await user.click(table.getByRole('button', { name: 'Ouest' }))
    await user.click((await screen.findAllByRole('button', { name: /^Week of 16 February/ }))[0] as HTMLElement)
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['approved'], country: ['HTI'], adm1: ['Ouest'], from: '2026-02-16', to: '2026-02-22' }))
    await waitFor(() => expect(new URLSearchParams(location.search).getAll('area')).toEqual(['HTI/Ouest']))
    await user.click(screen.getByRole('button', { name: 'Remove the filter Ouest' }))
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['approved'], from: '2026-02-16', to: '2026-02-22' }))
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['approved'] }))
  })

  it('[CO121] counts what was approved, or all that may still count', async () => {
    const { desk, user } = await show()
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['approved'] }))
    await user.click(await screen.findByRole('radio', { name: 'Also still to read' }))
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['received', 'edited', 'hasIssues', 'approved'] }))
  })

  it('[CO122] the map says in words what it shows, with the authors beside each count', async () => {
    await show()
    expect((await screen.findByRole('img', { name: /^Where reports come from/ })).querySelector('desc')?.textContent).toContain('Ouest: 9 challenges and 4 actions by 5 authors')
    expect(within(screen.getByRole('list', { name: 'Areas' })).getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Ouest9 · 4, 5 authors', 'Haiti, no region given1 · 5, 2 authors', 'Nord2 · 0, 1 author'])
  })

  it('[CO122] of many areas the list holds the first sixty, and all when it is asked', async () => {
    const desk = fakeDesk()
    desk.overview = { ...counted, areas: Array.from({ length: 75 }, (_, n) => ({ country: 'HTI', adm1: `Region ${n}`, challenges: 100 - n, actions: 0, authors: 1, point: null })) }
    const { user } = await showDesk(desk, '/desk/overview', 'en')
    const list = within(await screen.findByRole('list', { name: 'Areas' }))
    expect(list.getAllByRole('button')).toHaveLength(60)
    const silent = list.queryAllByText('nobody').length
    await user.click(screen.getByRole('button', { name: /^Show all 7\d$/ }))
    expect(list.getAllByRole('button').length).toBeGreaterThanOrEqual(75 + silent)
    expect(screen.queryByRole('button', { name: /^Show all 7\d$/ })).toBeNull()
  })

  it('[CO266] an organisation leads to the very actions that were counted, and so do those that name none', async () => {
    await show('/desk/overview?of=open')
    const table = within(await screen.findByRole('table', { name: 'Who does what where' }))
    // What was not used or withdrawn is not counted, and not opened.
    const states = 'state=received&state=edited&state=hasIssues&state=approved'
    expect(table.getByRole('link', { name: 'Fanm Vanyan' }).getAttribute('href')).toBe(`/desk?view=all&${states}&kind=action&doer=Fanm+Vanyan`)
    expect(table.getByRole('link', { name: 'no name given' }).getAttribute('href')).toBe(`/desk?view=all&${states}&kind=action&doer=`)
  })

  it('[CO266] the queue asks for what the organisation does, says so, and lets it go', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk?view=approved&kind=action&doer=Fanm+Vanyan')
    await waitFor(() => expect(desk.asked.at(-1)).toMatchObject({ kind: ['action'], state: ['approved'], doer: 'Fanm Vanyan' }))
    expect(desk.asked.every((filter) => !('q' in filter))).toBe(true)
    await user.click(await screen.findByRole('button', { name: 'Remove the filter done by Fanm Vanyan' }))
    await waitFor(() => expect(desk.asked.at(-1)).not.toHaveProperty('doer'))
    expect(location.search).toBe('?view=approved&kind=action')
  })

  it('[CO162] each organisation leads to its actions in the queue', async () => {
    await show()
    const table = within(await screen.findByRole('table', { name: 'Who does what where' }))
    expect(table.getByRole('link', { name: 'Fanm Vanyan' }).getAttribute('href')).toBe('/desk?view=approved&kind=action&doer=Fanm+Vanyan')
    expect(table.getByText('no name given').closest('tr')?.textContent).toContain('9')
  })

  it('[CO159] a cell of topic and week opens its entries, and a week at its head narrows the rest', async () => {
    const { desk, user } = await show()
    const table = within(await screen.findByRole('table', { name: 'Reports by topic and week' }))
    expect(table.getByRole('link', { name: '15' }).getAttribute('href')).toBe('/desk?view=approved&topic=WSH&week=2026-02-16')
    await user.click(table.getByRole('button', { name: 'Week of 2 February 2026' }))
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toMatchObject({ from: '2026-02-02', to: '2026-02-08' }))
  })

  it('[CO123] says where nothing is heard, only where there is a list of areas to say it by', async () => {
    await show()
    expect(await screen.findByText(/no list of areas, so nobody can say/)).toBeTruthy()
    expect((await screen.findByRole('link', { name: /^Education[^:]*Ouest$/ })).getAttribute('href')).toContain('topic=EDU')
  })

  it('[CO19] speaks from right to left', async () => {
    const { container } = await show('/desk/overview', 'ar')
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('ما لا تستجيب له أي مبادرة')
    await screen.findAllByRole('table')
    const bars = [...container.querySelectorAll('rect[class*="challenge"]')].map((bar) => Number(bar.getAttribute('x')))
    expect(bars[0]).toBeGreaterThan(bars.at(-1) ?? 0)
  })
})

describe('areas without a column of their own', () => {
  it('[CO981] are named below the table, and those from which nothing came below the sentence; each narrows the page', async () => {
    const desk = fakeDesk()
    desk.overview = { ...counted, cells: Array.from({ length: 16 }, (_, n) => cell('EDU', `Region ${n}`, 20 - n)) }
    const { membership } = desk.device
    const own = membership.get()
    const silent = Array.from({ length: 14 }, (_, n) => ({ code: `HT${n + 10}`, name: `Silent ${n}`, country: 'HTI' }))
    const withAreas = own === null || own === undefined ? null : { ...own, campaign: { ...own.campaign, areas: silent } }
    const { user } = await showDesk({ ...desk, device: { ...desk.device, membership: { ...membership, get: () => withAreas } } }, '/desk/overview')
    const folds = await screen.findAllByText(/^\d+ other areas$/, { selector: 'summary span' })
    expect(folds.map(({ textContent }) => textContent)).toEqual(['17 other areas', '2 other areas'])
    for (const fold of folds) await user.click(fold)
    expect((await screen.findAllByRole('button', { name: 'Silent 13' }))).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Region 15' }))
    await waitFor(() => expect(desk.overviewAsked.at(-1)).toEqual({ state: ['approved'], country: ['HTI'], adm1: ['Region 15'] }))
  })
})

describe('what an overview counts', () => {
  it('[CO120] silent areas keep a column, and beyond fourteen the smallest share one', () => {
    const known = [{ id: 'HTI/Nippes', country: 'HTI', adm1: 'Nippes' }]
    expect(matrixOf(counted.cells, known).columns.map(({ id }) => id)).toEqual(['HTI/Ouest', 'HTI/Nord', 'HTI', 'HTI/Nippes'])
    const many = matrixOf(Array.from({ length: 40 }, (_, index) => cell('EDU', `A${index}`, 40 - index)), [])
    expect([many.columns.length, many.others.length]).toEqual([13, 27])
    expect(many.rows[0]?.cells.get(otherAreas)?.none).toBe(Array.from({ length: 27 }, (_, index) => 27 - index).reduce((sum, count) => sum + count))
    expect([...(many.rows[0]?.cells.values() ?? [])].reduce((sum, { none }) => sum + none, 0)).toBe(many.rows[0]?.total.none)
  })

  it('[CO124] weeks begin on Monday, those without a report have their place, and no more than a year is shown', () => {
    expect(weeksOf(counted.days, '2026-03-01').map(({ monday, challenges, actions }) => [monday, challenges, actions])).toEqual([['2026-02-02', 5, 1], ['2026-02-09', 0, 0], ['2026-02-16', 7, 8]])
    expect(weeksOf([{ day: '2020-01-01', challenges: 1, actions: 0 }, { day: '2026-02-16', challenges: 1, actions: 0 }], '2026-03-01')).toHaveLength(53)
    expect(weeksOf([], '2026-03-01')).toEqual([])
  })

  it('[CO951] a report of a day that is still to come leaves the weeks of all others where they are, and how many there are is said', async () => {
    const desk = fakeDesk()
    desk.overview = { ...counted, days: [{ day: '2020-01-01', challenges: 1, actions: 0 }, ...counted.days, { day: '2062-02-16', challenges: 2, actions: 0 }] }
    await showDesk(desk, '/desk/overview')
    expect(await screen.findByText('2 reports are dated after today and not drawn here.')).toBeTruthy()
    expect(screen.getByText('1 older report is from before these weeks and not drawn here.')).toBeTruthy()
    const weeks = within(screen.getByRole('list', { name: 'Reports by week' })).getAllByRole('button')
    expect([weeks.length, weeks.at(-1)?.getAttribute('aria-label')]).toEqual([53, expect.stringContaining('16 February 2026')])
    expect(weeksOf([{ day: '2062-02-16', challenges: 2, actions: 0 }], '2026-03-01').map(({ monday }) => monday)).toEqual(['2062-02-13'])
  })

  it('[CO255] what counts otherwise in the report stands beside what is approved, and only there', async () => {
    const { user } = await show()
    expect(await screen.findByText(/^The report and files may count differently/)).toBeTruthy()
    await user.click(screen.getByRole('radio', { name: 'Also still to read' }))
    await waitFor(() => expect(screen.queryByText(/^The report and files may count differently/)).toBeNull())
  })

  it('[CO249] reports from before the weeks that are drawn are counted in words', async () => {
    const desk = fakeDesk()
    desk.overview = { ...counted, days: [{ day: '2020-01-01', challenges: 2, actions: 1 }, ...counted.days] }
    await showDesk(desk, '/desk/overview')
    expect(await screen.findByText('3 older reports are from before these weeks and not drawn here.')).toBeTruthy()
    cleanup()
    await show()
    await screen.findByRole('list', { name: 'Reports by week' })
    expect(screen.queryByText(/before these weeks/)).toBeNull()
  })

  it('[CO159] topics stand by the weeks that have reports, the one with most first, and 26 weeks at most', () => {
    const { mondays, rows, isCut } = topicWeeksOf(counted.topicDays)
    expect(mondays).toEqual(['2026-02-02', '2026-02-16'])
    expect(rows.map(({ topic, counts }) => [topic, ...mondays.map((monday) => counts.get(monday) ?? 0)])).toEqual([['WSH', 1, 15], ['EDU', 5, 0]])
    expect(isCut).toBe(false)
    const year = Array.from({ length: 52 }, (_, week) => ({ topic: 'EDU', day: new Date(Date.UTC(2025, 0, 6 + week * 7)).toISOString().slice(0, 10), count: 1 }))
    const long = topicWeeksOf([...year, ...counted.topicDays])
    expect([long.mondays.length, long.isCut, long.rows.find(({ topic }) => topic === 'EDU')?.counts.get('2026-02-02')]).toEqual([26, true, 5])
    expect(topicWeeksOf([]).rows).toEqual([])
  })

  it('[CO162] who does most stands first, one organisation under one spelling, and who gave no name last', () => {
    expect(whoDoes(counted.who).map(({ org, actions, topics, areas }) => [org, actions, topics.map(({ topic }) => topic), areas.map(({ id }) => id)])).toEqual([
      ['Fanm Vanyan', 5, ['WSH', 'EDU'], ['HTI/Nord', 'HTI/Ouest']], ['Kay Timoun', 1, ['EDU'], ['HTI/Ouest']], ['', 9, ['HEA'], ['HTI']],
    ])
  })

  it('[CO123] a gap has at least three unanswered challenges, the most first', () => {
    expect(largestGaps([...counted.cells, cell('WAT', 'Sud', 3), cell('WAT', 'Nord', 9)], 5).map(({ topic, adm1, counts }) => [topic, adm1, counts.none])).toEqual([['WAT', 'Nord', 9], ['EDU', 'Ouest', 6], ['WAT', 'Sud', 3]])
    expect(severityRows(counted.severities)).toEqual([{ topic: 'EDU', counts: [0, 0, 0, 8, 0] }, { topic: 'HEA', counts: [0, 1, 0, 0, 0] }])
  })

  it('[CO120] the queue shows the week whose cell was opened, and lets it go', async () => {
    const desk = fakeDesk()
    const { user } = await showDesk(desk, '/desk?view=approved&topic=EDU&week=2026-02-16')
    await waitFor(() => expect(desk.asked.at(-1)).toMatchObject({ topic: ['EDU'], from: '2026-02-16', to: '2026-02-22' }))
    await user.click(await screen.findByRole('button', { name: 'Remove the filter Week of 16 February 2026' }))
    await waitFor(() => expect(desk.asked.at(-1)).not.toHaveProperty('from'))
    await waitFor(() => expect(new URLSearchParams(location.search).has('week')).toBe(false))
  })

  it('[CO121] an address reads as it was written, and what it does not know is nothing', () => {
    const search = 'of=open&topic=EDU&area=HTI%2FOuest&area=MLI&severity=4&week=2026-02-16'
    const address = addressFromSearch(search)
    expect(searchFromAddress(address)).toBe(search)
    expect(filterFromAddress(address)).toMatchObject({ country: ['HTI', 'MLI'], adm1: ['Ouest', '/MLI'], severity: ['4'] })
    expect(addressFromSearch('week=soon&of=all')).toMatchObject({ scope: 'approved', week: null })
    expect(queueSearchOf(addressFromSearch('severity=4&week=2026-02-16'), { topic: 'EDU', country: 'HTI', adm1: null })).toBe('view=approved&topic=EDU&country=HTI&adm1=%2FHTI&severity=4&week=2026-02-16')
  })

  it('[CO247] a cell of a country without a region opens only what names none, and the queue calls it so', async () => {
    const desk = fakeDesk()
    await showDesk(desk, `/desk?${queueSearchOf(addressFromSearch(''), { topic: 'EDU', country: 'HTI', adm1: null })}`)
    await waitFor(() => expect(desk.asked.at(-1)).toMatchObject({ topic: ['EDU'], country: ['HTI'], adm1: ['/HTI'] }))
    expect(await screen.findByRole('button', { name: 'Remove the filter Haiti, no region given' })).toBeTruthy()
  })
})
