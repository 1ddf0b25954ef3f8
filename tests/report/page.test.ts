// @vitest-environment jsdom
import { readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { countryOutlines } from '#chart/country-outlines.ts'
import { focusGroups } from '#domain/codes/code-lists.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import { locales } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { composeReport } from '#report/compose.ts'
import type { PageGround } from '#report/page/ground.ts'
import { reportPage } from '#report/page/report-page.ts'
import type { ReportInput } from '#report/report-input.ts'
import { reportWords } from '#report/say-report.ts'
import type { ReportTree } from '#report/tree.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { aReport, wordsIn } from '../support/report-blocks.ts'
import { entryWith, madeCampaign } from '../support/report-campaign.ts'
import { keepNoBirthStacks } from '../support/unwanted-diagnoses.ts'

keepNoBirthStacks()
const outlines = countryOutlines()
const style = ['tokens', 'page', 'opening', 'tables', 'drawings'].map((name) => readFileSync(name === 'tokens' ? 'src/ui/tokens.css' : `src/report/page/${name}.css`, 'utf8')).join('\n')
const grounds = new Map<Locale, Omit<PageGround, 'countries' | 'areas' | 'words' | 'period'> & { readonly wordsFor: (input: ReportInput) => PageGround['words'] }>()
beforeAll(async () => {
  for (const locale of locales) {
    const [messages, { labels }] = [await loadReport(locale), await loadScreens(await loadLanguage(locale))]
    grounds.set(locale, { direction: directionOf(locale), outlines, wordsFor: ({ campaign }) => reportWords({ locale, messages, labels, campaign }) })
  }
})

function htmlOf(input: ReportInput, locale: Locale = 'en', isDraft = false): string {
  return drawn(composeReport(input).tree, input, { locale, isDraft })
}

function drawn(tree: ReportTree, input: ReportInput, { locale, isDraft }: { readonly locale: Locale; readonly isDraft: boolean }): string {
  const ground = grounds.get(locale)
  if (ground === undefined) throw new Error(locale)
  const { campaign: { countries, areas } } = input
  return reportPage(tree, { ...ground, words: ground.wordsFor(input), countries, areas }, { style, isDraft, photo: (photo) => ({ src: `/r/haiti/photos/${photo}` }) })
}
const pageOf = (html: string): Document => new DOMParser().parseFromString(html, 'text/html')

/** Regions with outlines, so that there is a map to look at. */
function withOutlines(input: ReportInput): ReportInput {
  const areas = input.campaign.areas.map((area, n) => ({ ...area, outline: [[-74_000 + n * 400, 18_200, 390, 0, 0, 390, -390, 0]] }))
  return { ...input, campaign: { ...input.campaign, areas } }
}
const seeds = Array.from({ length: 24 }, (_, seed) => seed)

describe('a report as a page', () => {
  it('[RE773] a table of more columns than a sheet has room for stands in parts, with every column in one of them', () => {
    const page = pageOf(htmlOf(aReport(Array.from({ length: 120 }, (_, n) => entryWith(n + 1, { ref: `C-${String(n + 1).padStart(6, '0')}`, author: n, content: aChallenge({ adm1Name: `Region ${n % 20}`, focusGroup: [focusGroups[n % 12] ?? 'WOM'] }) })))))
    const tables = [...page.querySelectorAll('table.cross')].map((table) => ({ caption: table.querySelector('caption')?.textContent ?? '', columns: [...table.querySelectorAll('thead th')].slice(1).map(({ textContent }) => textContent), cells: [...table.querySelectorAll('tbody tr')].map((row) => row.querySelectorAll('td').length) }))
    expect(tables.every(({ columns, cells }) => columns.length <= 8 && cells.every((count) => count === columns.length))).toBe(true)
    const [groups, gaps] = ['Reports by topic and group', 'How far actions answer'].map((title) => tables.filter(({ caption }) => caption.startsWith(title)))
    expect([groups?.map(({ caption }) => caption), new Set(groups?.flatMap(({ columns }) => columns)).size]).toEqual([['Reports by topic and group (1/2)', 'Reports by topic and group (2/2)'], 13])
    expect([gaps?.length, new Set(gaps?.flatMap(({ columns }) => columns)).size]).toEqual([3, 20])
  })

  it('[RE771] each sheet on which the page is printed tells its page and how many there are', () => {
    expect(style).toMatch(/@page \{[^}]*margin: 18mm 16mm;[\s\S]{0,120}@bottom-center \{\s+content: counter\(page\) " \/ " counter\(pages\);/)
  })

  it('[RE973] what is said of four numbers in a cell may break into lines: on paper the columns beside it were cut off', () => {
    expect(/\.gaps small \{[^}]*@media print \{\s+white-space: normal;/.test(style)).toBe(true)
  })

  it('[RE775] on paper no heading, row, drawing, quotation or finding is parted between two sheets, and a heading stays with what it is about', () => {
    const parted = /([^{}]*)\{\s+break-inside: avoid;/.exec(style)?.[1]?.split(',').map((one) => one.trim()) ?? []
    const left = /([^{}]*)\{\s+break-after: avoid;/.exec(style)?.[1]?.split(',').map((one) => one.trim()) ?? []
    expect([parted, left]).toEqual([expect.arrayContaining(['h2', 'h3', 'tr', 'figure', '.finding']), expect.arrayContaining(['h2', 'h3', 'caption', 'figcaption:has(+ *)'])])
    // The last of a figure would hold on to what comes after it, and so on: where nothing may be parted everything is.
    expect(left).not.toContain('figcaption')
  })

  it('[RE60] runs nothing, fetches nothing but its photos, and holds its own style: what is kept can be read', () => {
    const html = htmlOf(withOutlines(madeCampaign(6).input))
    const page = pageOf(html)
    expect(page.querySelectorAll('script, link, iframe, object, embed, form, base, [style], [src]:not(img), [srcset]:not(img)')).toHaveLength(0)
    const pictures = [...page.querySelectorAll('img')]
    expect(pictures.length).toBeGreaterThan(0)
    expect(pictures.filter((img) => img.getAttribute('loading') !== 'lazy' || img.alt === '' || !/^\/r\/haiti\/photos\/[0-9a-f]{64}$/.test(img.getAttribute('src') ?? ''))).toEqual([])
    expect([...page.querySelectorAll('*')].flatMap(({ attributes }) => [...attributes]).filter(({ name }) => name.startsWith('on'))).toEqual([])
    expect([...page.querySelectorAll('[href]')].filter((link) => !(link.getAttribute('href') ?? '').startsWith('#'))).toEqual([])
    expect(html.match(/https?:|@import|url\((?!"#hatch"\))/g)).toBeNull()
    expect(page.querySelectorAll('style')).toHaveLength(1)
  })

  it('[RE61] every link leads to something on the page, and every entry that is named to its row of evidence', () => {
    const all = new Set<string>()
    for (const seed of seeds) {
      const page = pageOf(htmlOf(madeCampaign(seed).input))
      const targets = [...page.querySelectorAll('a')].map((link) => (link.getAttribute('href') ?? '').slice(1))
      expect(targets.filter((id) => page.getElementById(id) === null)).toEqual([])
      expect(targets.filter((id) => /^[CA]-\d+$/.test(id) && page.getElementById(id)?.closest('.annex') === null)).toEqual([])
      for (const id of targets) all.add(id)
    }
    expect(all.size).toBeGreaterThan(100)
  })

  it('[RE62] nothing that may not leave is on a page, in whatever language, and no number of a table is one to four', () => {
    const looked = seeds.map((seed) => {
      const { input, secrets } = madeCampaign(seed)
      const locale = locales[seed % locales.length] ?? 'en'
      const html = htmlOf(withOutlines(input), locale)
      const cells = [...pageOf(html).querySelectorAll('td.n')].map(({ textContent }) => textContent)
      return { leaked: [...secrets.words, ...secrets.refs].filter((word) => html.includes(word)), small: cells.filter((text) => /^[1-4]$/.test(text)), cells: cells.length }
    })
    expect(looked.flatMap(({ leaked }) => leaked)).toEqual([])
    expect(looked.flatMap(({ small }) => small)).toEqual([])
    expect(looked.reduce((sum, { cells }) => sum + cells, 0)).toBeGreaterThan(500)
  })

  it('[RE63] words of people stand in it as words, whatever they hold', () => {
    const hostile = '<img src=x onerror=alert(1)></style><script>alert(2)</script>'
    const entries = Array.from({ length: 6 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ quote: hostile, quoteRole: 'mother', consentQuote: true }) }))
    const html = htmlOf(aReport(entries, { campaign: { name: hostile, countries: ['HTI'], areas: [], defaultSensitivity: 'moderate' } }))
    const page = pageOf(html)
    expect(page.querySelectorAll('script, img')).toHaveLength(0)
    expect([page.querySelector('h1')?.textContent, page.querySelector('blockquote')?.textContent]).toEqual([hostile, hostile])
  })

  it.each(locales)('[RE64] %s: its language, direction and headings are told, and refs read from left to right', (locale) => {
    const page = pageOf(htmlOf(withOutlines(madeCampaign(3).input), locale))
    expect([page.documentElement.lang, page.documentElement.dir]).toEqual([locale, locale === 'ar' ? 'rtl' : 'ltr'])
    expect(page.querySelectorAll('h1')).toHaveLength(1)
    const levels = [...page.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]))
    expect(levels.filter((level, index) => index > 0 && level > (levels[index - 1] ?? 0) + 1)).toEqual([])
    const refs = [...page.querySelectorAll<HTMLAnchorElement>('a.ref')]
    expect(refs.length).toBeGreaterThan(3)
    expect(refs.every((ref) => ref.dir === 'ltr')).toBe(true)
    expect([...page.querySelectorAll('svg[role=img]')].every((svg) => (svg.querySelector('title')?.textContent ?? '') !== '' && (svg.querySelector('desc')?.textContent ?? '') !== '')).toBe(true)
    // Ids are not given twice, or a link would lead to the wrong place.
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('[RE65] with some hundred entries it is under 60 kB, packed as it is sent', () => {
    // @fastify/compress packs what is made for each reader with the quality of four.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4 }
    const sizes = seeds.slice(0, 12).map((seed) => brotliCompressSync(htmlOf(withOutlines(madeCampaign(seed).input)), { params }).length)
    expect(Math.max(...sizes)).toBeLessThan(60_000)
  })

  it('[RE66] a working report says that it is one; what is not shown is named, and never drawn as nothing', () => {
    const { input } = madeCampaign(5)
    expect(pageOf(htmlOf(input, 'en', true)).querySelector('.draft')?.textContent).toBe('Working draft, not published')
    expect(pageOf(htmlOf(input)).querySelector('.draft')).toBeNull()
    // Three reports on one topic: not shown by number, and not left out.
    const few = Array.from({ length: 9 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ topic: n < 3 ? 'HEA' : 'EDU' }) }))
    const ranking = pageOf(htmlOf(aReport(few))).querySelector('.ranked')
    expect(ranking?.textContent).toContain('Reported in numbers that are not shown: ')
    expect(ranking?.querySelectorAll('tbody tr').length).toBeLessThan(2)
    // A blank cell of silence may be heard or held back: it says neither.
    const blank = [...pageOf(htmlOf(madeCampaign(3).input)).querySelectorAll('.coverage td:not(.silent)')]
    expect([blank.length > 10, blank.every(({ textContent }) => textContent === '')]).toEqual([true, true])
  })

  it('[CH49] [RE66] a region whose numbers are not shown is not drawn as one from which nobody reports', () => {
    const areas = ['HT01', 'HT02', 'HT03'].map((code, n) => ({ code, name: `Department ${n + 1}`, country: 'HTI', outline: [[-74_000 + n * 400, 18_200, 390, 0, 0, 390, -390, 0]] }))
    // Nine of the first, three of the second, which are not shown, none of the third.
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-${String(n + 1).padStart(6, '0')}`, author: n, content: aChallenge({ adm1Name: undefined, adm1Code: n < 9 ? 'HT01' : 'HT02' } as never) }))
    const report = aReport(entries)
    const map = pageOf(htmlOf({ ...report, campaign: { ...report.campaign, areas } })).getElementById('map')?.parentElement
    const texts = [...(map?.querySelectorAll('svg text') ?? [])].map(({ textContent }) => textContent)
    expect([map?.querySelectorAll('svg .p-silent').length, texts.filter((text) => text.includes('some')).length > 0]).toEqual([1, true])
  })

  it.each(locales)('[RE894] in %s what stands on the map without a name, and a number under a country beside its regions, are said; challenges stand on the left in every direction', async (locale) => {
    const words = await wordsIn(locale)
    const countries = ['RWA', 'BDI', 'UGA', 'TZA', 'KEN', 'COD', 'COG', 'GAB', 'CMR', 'CAF', 'TCD', 'SSD', 'SDN', 'ETH', 'ERI', 'DJI', 'SOM', 'MWI', 'ZMB', 'AGO', 'USA', 'NZL']
    const entries = countries.flatMap((country, c) => Array.from({ length: 5 }, (_, n) => entryWith(c * 10 + n + 1, { ref: `C-${String(c * 10 + n + 1).padStart(6, '0')}`, author: n, content: aChallenge({ country, adm1Name: undefined } as never) })))
    const regions = Array.from({ length: 5 }, (_, n) => entryWith(900 + n, { ref: `C-000${900 + n}`, author: n, content: aChallenge({ country: 'KEN', adm1Name: 'Turkana' }) }))
    const mapOf = (some: readonly (typeof entries)[number][]) => {
      const report = aReport(some)
      return pageOf(htmlOf({ ...report, campaign: { ...report.campaign, countries: ['KEN', 'RWA'] } }, locale)).getElementById('map')?.parentElement
    }
    const [map, own] = [mapOf(entries), mapOf([...entries, ...regions])]
    const values = [...(map?.querySelectorAll('svg .l-value') ?? [])]
    expect(values.map((text) => text.getAttribute('direction'))).toEqual(values.map(() => 'ltr'))
    const between = locale === 'ar' ? '\u200e · \u200e' : ' · '
    expect(values.filter(({ textContent }) => textContent !== `5${between}0`)).toEqual([])
    const drawn = [...(map?.querySelectorAll('svg .l-name') ?? [])].map(({ textContent }) => textContent)
    const beside = map?.querySelector('.unnamed')?.textContent ?? ''
    const unnamed = countries.map(words.country).filter((name) => !drawn.includes(name))
    expect([unnamed.length > 3, unnamed.filter((name) => !beside.includes(name))]).toEqual([true, []])
    const note = words.say({ say: 'report.map.ownCountry' })
    expect([map?.textContent.includes(note), own?.textContent.includes(note)]).toEqual([false, true])
  })

  it.each(locales)('[RE897] in %s a question on which nothing was reported says so', async (locale) => {
    const words = await wordsIn(locale)
    const said = (entries: readonly ReturnType<typeof entryWith>[]) => {
      const text = pageOf(htmlOf(aReport(entries), locale)).body.textContent
      return (['report.nothing.1', 'report.nothing.2', 'report.nothing.3'] as const).map((say) => text.includes(words.say({ say })))
    }
    const [challenges, actions] = [Array.from({ length: 6 }, (_, n) => entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge({ consequence: ['hunger'] } as never) })), Array.from({ length: 6 }, (_, n) => entryWith(100 + n, { ref: `A-00000${n}`, author: n, content: anAction({}) }))]
    expect([said([]), said(challenges), said(actions), said([...challenges, ...actions])]).toEqual([[true, true, true], [false, true, false], [true, false, true], [false, false, false]])
  })

  it('[RE896] the numbers of how far a topic is answered stand under its bar, in the order of the legend', () => {
    const entries = Array.from({ length: 20 }, (_, n) => entryWith(n + 1, { ref: `C-${String(n + 1).padStart(6, '0')}`, author: n % 9, content: aChallenge({ topic: n < 12 ? 'EDU' : 'HEA' }) }))
    const answer = (n: number, to: number, coverage: string) => ({ ...entryWith(100 + n, { ref: `A-${String(n).padStart(6, '0')}`, author: n % 9, content: anAction({}) }), links: [{ change: 'l', to: entries[to]?.id, kind: 'answers', coverage, memberId: 'x' }] }) as unknown as (typeof entries)[number]
    const answers = [...Array.from({ length: 6 }, (_, n) => answer(n + 1, n, 'fully')), answer(8, 12, 'partly')]
    const cells = [...pageOf(htmlOf(aReport([...entries, ...answers]))).querySelectorAll('.gaps td')].map((cell) => [cell.querySelector('b')?.textContent, cell.querySelector('small')?.textContent, cell.querySelector('svg') === null])
    expect(cells).toEqual(expect.arrayContaining([['12', '6\u00a0· –\u00a0· –\u00a0· 6', false], ['8', 'some\u00a0· –\u00a0· some\u00a0· –', true]]))
  })

  it('[RE895] on paper, where all may be grey, what no action is linked to is an empty bar, in the table and in its legend', () => {
    const [, print = ''] = readFileSync('src/report/page/drawings.css', 'utf8').split('@media print')
    for (const empty of [/\.p-gap-none \{[^}]*fill: var\(--paper\)/, /\.mark\.gap-none \{[^}]*background: var\(--paper\)/]) expect(print).toMatch(empty)
  })

  it('[RE162] regions without an outline are named below the map with their numbers, and a map without anything on it is not drawn', () => {
    const of = (n: number, place: object) => entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge(place) })
    const mapOf = (places: readonly object[]) => pageOf(htmlOf(aReport(places.flatMap((place, p) => Array.from({ length: 6 }, (_, n) => of(p * 10 + n + 1, place)))))).getElementById('map')?.parentElement
    const [apart, both] = [mapOf([{ adm1Name: 'Ouest' }]), mapOf([{ adm1Name: 'Ouest' }, { adm1Name: undefined }])]
    expect([apart?.querySelector('svg') ?? null, both?.querySelector('svg') === null]).toEqual([null, false])
    for (const map of [apart, both]) expect(map?.textContent).toContain('Not on the map, because it is not known where on it they lie: Ouest, 6 challenges reported, 0 actions reported.')
    expect(apart?.textContent).toContain('No report does not mean no need.')
  })

  it('[RE790] where more than eight areas have no place on the map they stand below it as a table with their numbers', () => {
    const areas = Array.from({ length: 9 }, (_, n) => ({ code: `HT${String(n).padStart(2, '0')}`, name: `Region ${n}`, country: 'HTI' }))
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge({ adm1Code: n < 6 ? 'HT00' : 'HT01' }) }))
    const mapOf = (some: typeof areas) => {
      const report = aReport(entries)
      return pageOf(htmlOf({ ...report, campaign: { ...report.campaign, areas: some } })).getElementById('map')?.parentElement
    }
    const [few, many] = [mapOf(areas.slice(0, 8)), mapOf(areas)]
    expect([few?.querySelector('table') ?? null, few?.textContent.includes('Region 0, 6 challenges reported, 0 actions reported; ')]).toEqual([null, true])
    const rows = [...(many?.querySelectorAll('tr') ?? [])].map((row) => [...row.children].map(({ textContent }) => textContent))
    expect([rows.length, rows[0], rows[1], rows[2], rows[9]]).toEqual([10, ['Area', 'Challenges', 'Actions'], ['Region 0', '6', '–'], ['Region 1', '6', '–'], ['Region 8', 'no report']])
    expect(many?.textContent).not.toContain('6 challenges reported')
  })

  it('[RE630] what map and weeks draw in small letters stands below them in words where the page is narrow, and is said once to those who hear it', () => {
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge({ adm1Name: n < 6 ? 'Ouest' : undefined }) }))
    const page = pageOf(htmlOf({ ...aReport(entries), period: { from: '2026-02-16', to: '2026-03-01' } }))
    const words = [...page.querySelectorAll('.in-words')]
    expect(words.map(({ textContent, ariaHidden }) => [textContent, ariaHidden])).toEqual([
      ['Haiti, region not named, 6 challenges reported, 0 actions reported', 'true'],
      ['Weeks without a report: 1 of 2. 23 February 2026, 12 challenges reported, 0 actions reported', 'true'],
    ])
    expect(words.map((one) => one.previousElementSibling?.tagName)).toEqual(['svg', 'svg'])
    expect(style).toMatch(/\.in-words \{\s*display: none;\s*\}\s*@media screen and \(max-width: 44rem\) \{\s*\.in-words \{\s*display: block;/)
  })

  it('[RE795] weeks without a report are a number and not a list, and between weeks stands the mark of the language', () => {
    const entries = [...Array.from({ length: 6 }, (_, n) => ['2024-02-14', n] as const), ...Array.from({ length: 6 }, (_, n) => ['2026-02-25', n + 6] as const)].map(([observedOn, n]) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge({ observedOn }) }))
    const said = (['en', 'fr', 'ar', 'zh'] as const).map((locale) => pageOf(htmlOf({ ...aReport(entries), period: { from: '2024-01-01', to: '2026-03-01' } }, locale)).querySelector('.weeks .in-words')?.textContent ?? '')
    expect(said[0]).toBe('Weeks without a report: 111 of 113. 12 February 2024, 6 challenges reported, 0 actions reported; 23 February 2026, 6 challenges reported, 0 actions reported')
    expect(said.map((one) => /\u00a0; |؛ |；|; /.exec(one)?.[0])).toEqual(['; ', '\u00a0; ', '؛ ', '；'])
  })

  it('[RE796] words that stand on end keep their apostrophes, and Chinese stands upright', () => {
    expect(style).toMatch(/writing-mode: vertical-rl;[^}]*text-orientation: sideways;/)
    expect(style).toMatch(/:lang\(zh\) \.coverage thead span \{[^}]*text-orientation: mixed;/)
  })

  it('[RE157] of days outside the period nothing is told: the first and the last week are named by their days within it', () => {
    const entries = Array.from({ length: 6 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ observedOn: '2026-02-11' }) }))
    const [page, years] = [{ from: '2026-02-01', to: '2026-02-28' }, { from: '2025-02-01', to: '2026-02-28' }].map((period) => pageOf(htmlOf({ ...aReport(entries), period })))
    // The week of the first of February, a Sunday, begins in January.
    expect([...(page?.querySelectorAll('.weeks text') ?? [])].map(({ textContent }) => textContent)).toContain('February 2026')
    expect(page?.querySelector('main')?.textContent).not.toMatch(/January|26 Jan|March|\b1 Mar/)
    expect(years?.querySelector('.strips')?.textContent).not.toMatch(/January|Jan /)
  })

  it('[RE64] words on an axis stand from the left in a page that reads from the right: their anchor is meant so', () => {
    const axis = (locale: Locale) => [...pageOf(htmlOf(madeCampaign(3).input, locale)).querySelectorAll('.weeks text.l-axis')].map((text) => [text.getAttribute('text-anchor'), text.getAttribute('direction')].join())
    expect([new Set(axis('ar')), new Set(axis('en'))]).toEqual([new Set(['end,ltr']), new Set(['start,ltr'])])
  })

  it('[RE87] weeks of years are a strip for each area with the number of silent ones, and the same in words', () => {
    const early = Array.from({ length: 6 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge() }))
    const years = { ...aReport(early), period: { from: '2025-01-06', to: '2026-12-31' } }
    const strips = pageOf(htmlOf(years)).querySelector('.strips')
    const [row] = strips?.querySelectorAll('tbody tr') ?? []
    expect(strips?.querySelectorAll('thead th')[2]?.textContent).toBe('weeks without a report, of 104')
    expect(row?.querySelector('.n')?.textContent).toBe('103')
    expect(row?.querySelector('.hidden')?.textContent.replaceAll(/\s/gu, ' ')).toBe('6 Jan 2025 – 22 Feb 2026 and 2 Mar – 31 Dec 2026')
    expect(row?.querySelectorAll('.p-heard')).toHaveLength(1)
    // A cell a week would be some hundred of them in each row.
    expect(row?.querySelectorAll('td')).toHaveLength(2)
    const half = { ...aReport(early), period: { from: '2026-03-02', to: '2026-08-30' } }
    expect([pageOf(htmlOf(half)).querySelector('.strips'), pageOf(htmlOf(half)).querySelectorAll('.coverage').length]).toEqual([null, 3])
  })

  it('[RE970] areas that no list has stand by their names, wherever one looks for them', () => {
    const regions = ['Sud', 'Artibonite', 'Ouest', 'Éden']
    const entries = Array.from({ length: 24 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge({ adm1Name: regions[n % 4] ?? '', observedOn: '2026-02-11' }) }))
    const names = [...pageOf(htmlOf(aReport(entries))).querySelectorAll('.coverage tbody th')].map(({ textContent }) => textContent)
    expect(names.slice(0, 4)).toEqual(['Artibonite', 'Éden', 'Ouest', 'Sud'])
  })

  it('[RE971] of reports that nothing answers it is said of how many about the same in that area they are', () => {
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge() }))
    const highlights = (all: typeof entries) => pageOf(htmlOf(aReport(all))).querySelector('.highlights')?.textContent
    const answers = entries.slice(0, 5).map((to, n) => ({ ...entryWith(100 + n, { ref: `A-00000${n}`, author: n, content: anAction() }), links: [{ change: 'l', to: to.id, kind: 'answers', coverage: 'fully', memberId: 'x' }] }) as unknown as (typeof entries)[number])
    expect(highlights([...entries, ...answers])).toContain('Of 12 reports about Education and learning in Ouest, 7 reports have no approved action linked to them.')
    expect(highlights(entries)).toContain('No approved action is linked to any of the 12 reports about Education and learning in Ouest.')
  })

  it('[RE942] first stands what was reported most under each of the three questions, which lead to where they are gone into', () => {
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge() }))
    const answers = [...pageOf(htmlOf(aReport(entries))).querySelectorAll('.highlights > li')].map((li) => ({ to: li.querySelector('h3 a')?.getAttribute('href'), said: [...li.querySelectorAll('p')].map(({ textContent }) => textContent.trim().slice(0, 40)) }))
    expect(answers).toEqual([
      { to: '#question-1', said: [expect.stringContaining('Most reported challenge: Education')] },
      { to: '#question-2', said: [expect.stringContaining('No approved action')] },
      { to: '#question-3', said: ['No approved report of this period that c'] },
    ])
    const ids = new Set([...pageOf(htmlOf(aReport(entries))).querySelectorAll('[id]')].map(({ id }) => `#${id}`))
    expect(answers.filter(({ to }) => !ids.has(to ?? ''))).toEqual([])
  })

  it('[RE942] an issue of before names no questions above its sentences, and a report of nothing has neither', () => {
    const input = aReport(Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge() })))
    const { tree } = composeReport(input)
    const before = { ...tree, blocks: tree.blocks.map((block) => (block.block === 'highlights' ? { block: block.block, sentences: block.sentences.map(({ text, figure }) => ({ text, figure })) } : block)) }
    const page = pageOf(drawn(before, input, { locale: 'en', isDraft: false }))
    expect([page.querySelectorAll('.highlights > li').length, page.querySelectorAll('.highlights h3').length]).toEqual([2, 0])
    expect(pageOf(htmlOf(aReport([]))).querySelector('.highlights')).toBeNull()
  })

  it.each([['fr', 'certains', 'certaines'], ['es', 'algunos', 'algunas']] as const)('[RE972] in %s the word for a number that is not shown has the gender of what is counted', (locale, challenges, actions) => {
    const entries = [1, 2, 3].flatMap((n) => [entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge() }), entryWith(n + 10, { ref: `A-00000${n}`, author: n, content: anAction() })])
    expect([...pageOf(htmlOf(aReport(entries), locale)).querySelectorAll('.tiles .amount')].slice(0, 2).map(({ textContent }) => textContent)).toEqual([challenges, actions])
  })
})
