import { beforeAll, describe, expect, it } from 'vitest'
import { countryOutlines } from '#chart/country-outlines.ts'
import { focusGroups } from '#domain/codes/code-lists.ts'
import { directionOf } from '#i18n/direction.ts'
import { loadLanguage, loadScreens } from '#i18n/load.ts'
import { loadReport } from '#i18n/load-report.ts'
import type { Locale } from '#i18n/locale.ts'
import { asOfToday, picturedIn } from '#report/as-of-today.ts'
import { composeReport } from '#report/compose.ts'
import { reportDocument } from '#report/document/report-document.ts'
import type { ReportInput } from '#report/report-input.ts'
import { reportWords } from '#report/say-report.ts'
import { aChallenge } from '../support/contents.ts'
import { openedByOffice, programsWhenDeep } from '../support/office.ts'
import { aReport } from '../support/report-blocks.ts'
import { entryWith, madeCampaign } from '../support/report-campaign.ts'
import { unzipped } from '../support/unzipped.ts'

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
const photoBytes = Buffer.from('\xff\xd8a photo\xff\xd9', 'latin1')
const spoken = new Map<Locale, { readonly messages: Awaited<ReturnType<typeof loadReport>>; readonly labels: Awaited<ReturnType<typeof loadScreens>>['labels'] }>()
const drawn: string[] = []
beforeAll(async () => {
  for (const locale of ['en', 'ar'] as const) spoken.set(locale, { messages: await loadReport(locale), labels: (await loadScreens(await loadLanguage(locale))).labels })
})

async function partsOf(input: ReportInput, locale: Locale = 'en', isDraft = false): Promise<ReadonlyMap<string, string>> {
  const said = spoken.get(locale)
  if (said === undefined) throw new Error(locale)
  const { campaign } = input
  const picture = (svg: string) => {
    drawn.push(svg)
    return Promise.resolve(new Uint8Array(pixel))
  }
  const ground = { words: reportWords({ locale, ...said, campaign }), direction: directionOf(locale), countries: campaign.countries, areas: campaign.areas, outlines: countryOutlines(), picture, photos: photosOf(input) }
  return unzipped(Buffer.from(await reportDocument(composeReport(input).tree, ground, { isDraft })))
}

/** Whatever the report shows has arrived: a JPEG of two by one pixels. */
const photosOf = (input: ReportInput) => new Map(picturedIn(composeReport(input).tree).flatMap(({ photo }) => (photo === null ? [] : [[photo, { jpeg: new Uint8Array(photoBytes), width: 200, height: 100 }] as const])))

const bodyOf = (parts: ReadonlyMap<string, string>) => parts.get('word/document.xml') ?? ''

describe('a report as a document', () => {
  it('[RE70] has headings, numbered sentences, tables and pictures with words, so that an editor goes on with it', async () => {
    const parts = await partsOf(madeCampaign(3).input, 'en', true)
    const body = bodyOf(parts)
    expect([parts.has('[Content_Types].xml'), parts.has('word/styles.xml'), parts.has('word/numbering.xml')]).toEqual([true, true, true])
    for (const style of ['Heading1', 'Heading2']) expect(body).toContain(`<w:pStyle w:val="${style}"/>`)
    // By its level a heading stands in the outline of a word processor; the library's styles name none.
    expect((body.match(/<w:outlineLvl w:val="[012]"\/>/g) ?? []).length).toBe((body.match(/<w:pStyle w:val="Heading\d"\/>/g) ?? []).length)
    expect([(body.match(/<w:tbl>/g) ?? []).length > 5, (body.match(/<w:numPr>/g) ?? []).length > 2]).toEqual([true, true])
    expect(body).toContain('Working draft, not published')
    const pictures = [...body.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, text]) => text ?? '')
    expect(pictures).toHaveLength(2)
    expect(pictures.every((text) => text.length > 20)).toBe(true)
    expect(drawn.slice(-2).every((svg) => svg.startsWith('<svg') && !/light-dark|oklch|var\(/.test(svg))).toBe(true)
  })

  it('[RE942] its numbered sentences are the three questions, each with what was reported most', async () => {
    const entries = Array.from({ length: 12 }, (_, n) => entryWith(n + 1, { ref: `C-0000${n + 10}`, author: n, content: aChallenge() }))
    const paragraphs = bodyOf(await partsOf(aReport(entries))).split('</w:p>')
    const asked = paragraphs.flatMap((paragraph, at) => (paragraph.includes('<w:numPr>') ? [at] : [])).slice(0, 3)
    expect(asked.map((at) => /<w:t[^>]*>([^<]*)/.exec(paragraphs[at] ?? '')?.[1])).toEqual([expect.stringContaining('major challenges'), expect.stringContaining('mobilization'), expect.stringContaining('consequences')])
    expect(paragraphs[(asked[0] ?? 0) + 1]).toContain('Most reported challenge: Education')
    expect(paragraphs[(asked[2] ?? 0) + 1]).toContain('names a consequence')
  })

  it('[RE771] each sheet tells its page of how many, whose report it is and of which days; the document names its language', async () => {
    const { input } = madeCampaign(3)
    const parts = await partsOf({ ...input, campaign: { ...input.campaign, name: `${'Réseau '.repeat(20)}😀` } })
    const foot = parts.get('word/footer1.xml') ?? ''
    expect([foot.includes('NUMPAGES'), /instrText[^>]*>PAGE</.test(foot), foot.includes('Réseau Réseau'), foot.includes('😀'), foot.includes('2026')]).toEqual([true, true, true, false, true])
    expect(parts.get('word/styles.xml')).toContain('<w:lang w:val="en-US"')
    expect((await partsOf(input, 'ar')).get('word/footer1.xml')).toContain('\u200f· ')
  })

  it('[RE773] a table of many groups stands in parts of six columns, so that its words and numbers stay whole', async () => {
    const body = bodyOf(await partsOf(aReport(Array.from({ length: 120 }, (_, n) => entryWith(n + 1, { ref: `C-${String(n + 1).padStart(6, '0')}`, author: n, content: aChallenge({ adm1Name: `Region ${n % 20}`, focusGroup: [focusGroups[n % 12] ?? 'WOM'] }) })))))
    const captions = [...body.matchAll(/>(Reports by topic and group[^<]*)</g)].map(([, caption]) => caption)
    expect(captions).toEqual(['Reports by topic and group (1/3)', 'Reports by topic and group (2/3)', 'Reports by topic and group (3/3)'])
    const rows = [...body.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([row]) => (row.match(/<w:tc>/g) ?? []).length)
    expect(Math.max(...rows)).toBe(9)
  })

  it('[RE897] a question on which nothing was reported says so, and explains no dashes of tables that are not there', async () => {
    const body = bodyOf(await partsOf(aReport([])))
    for (const nothing of ['No approved challenge that can be shown', 'No approved action that can be shown', 'names a consequence']) expect(body).toContain(nothing)
    expect(body).not.toContain('A dash means no report')
  })

  it('[RE772] the map says below it what its signs mean', async () => {
    const body = bodyOf(await partsOf(madeCampaign(3).input)).replaceAll(/<[^>]*>/g, '')
    expect(body).toMatch(/◖ Challenges\s+◗ Actions\s+◯ some\s+▨ no report/)
  })

  // Only with the deep counts.
  it.each(programsWhenDeep.flatMap((program) => [{ program, locale: 'en' as const }, { program, locale: 'ar' as const }]))('[RE70] $program opens it whole, in $locale: every heading, every table and each picture', { timeout: 600_000 }, async ({ locale }) => {
    const said = spoken.get(locale)
    if (said === undefined) throw new Error(locale)
    const { input } = madeCampaign(7)
    const { tree } = composeReport(input)
    const ground = { words: reportWords({ locale, ...said, campaign: input.campaign }), direction: directionOf(locale), countries: ['HTI'], areas: input.campaign.areas, outlines: countryOutlines(), picture: () => Promise.resolve(new Uint8Array(pixel)), photos: new Map() }
    const bytes = await reportDocument(tree, ground, { isDraft: false })
    const body = unzipped(Buffer.from(bytes)).get('word/document.xml') ?? ''
    const [text = ''] = await openedByOffice([{ name: 'report.docx', bytes }], 'fodt')
    const count = (of: string, what: RegExp) => (of.match(what) ?? []).length
    expect(count(text, /<text:h[ >]/g)).toBe(count(body, /<w:pStyle w:val="Heading\d"\/>/g))
    expect(count(text, /<table:table[ >]/g)).toBe(count(body, /<w:tbl>/g))
    expect(count(text, /<draw:image/g)).toBe(count(body, /<w:drawing>/g))
  })

  it('[RE87] weeks of years are told as spans, not by the name of each', async () => {
    const early = Array.from({ length: 6 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge() }))
    const body = bodyOf(await partsOf({ ...aReport(early), period: { from: '2025-01-06', to: '2026-12-31' } })).replaceAll(/\s/gu, ' ')
    expect(body).toContain('6 Jan 2025 – 22 Feb 2026 and 2 Mar – 31 Dec 2026')
    expect(body).toContain('weeks without a report, of 104')
    expect(body).not.toMatch(/<w:t[^>]*>[^<]*13 January 2025/)
  })

  it('[RE157] each area has its silent weeks, those too in which nothing was heard anywhere, and no day outside the period', async () => {
    const of = (n: number, adm1Name: string, observedOn: string) => entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge({ adm1Name, observedOn }) })
    const entries = [1, 2, 3, 4, 5].flatMap((n) => [of(n, 'Mopti', '2026-02-11'), of(n + 10, 'Gao', '2026-02-18')])
    const body = bodyOf(await partsOf({ ...aReport(entries), period: { from: '2026-02-01', to: '2026-02-26' } })).replaceAll(/\s/gu, ' ')
    expect(body).toContain('1 – 8 Feb 2026 and 16 – 26 Feb 2026')
    expect(/January|26 Jan|\b1 Mar/.exec(body)?.[0]).toBeUndefined()
  })

  it('[RE66] [RE117] where the number of a topic in an area is not shown the table of gaps says so, and nothing of how far it is answered', async () => {
    let hidden = 0
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const { input } = madeCampaign(seed)
      const gaps = composeReport(input).tree.blocks.flatMap((block) => (block.block === 'mobilization' ? [block.gaps] : []))
      const told = gaps.flatMap(({ areas, cells }) => areas.flatMap((_, c) => (cells.some((row) => (row[c]?.total.count ?? 0) > 0) ? cells.flatMap((row) => row[c] ?? []) : [])))
      const table = bodyOf(await partsOf(input)).split('How far actions answer the challenges, by topic and area')[1]?.split('</w:tbl>')[0] ?? ''
      const rows = table.split('<w:tr>').slice(2).map((row) => row.split('</w:tc>').slice(0, -1).map((cell) => [...cell.matchAll(/<w:t [^>]*>([^<]*)/g)].map(([, text]) => text).join('')))
      expect([seed, rows.filter((row) => row[2] === 'some').map((row) => row.slice(3).join(''))]).toEqual([seed, told.filter(({ total }) => total.count === null).map(() => '')])
      expect([seed, rows.length]).toEqual([seed, told.filter(({ total }) => total.count !== 0).length])
      hidden += rows.filter((row) => row[2] === 'some').length
    }
    expect(hidden).toBeGreaterThan(3)
  })

  it('[RE159] of a published issue it says what was corrected and what is gone, each where it leads, and its digest and address', async () => {
    const said = spoken.get('ar')
    if (said === undefined) throw new Error('ar')
    const input = Array.from({ length: 24 }, (_, seed) => madeCampaign(seed).input).find(({ written }) => written.length > 2)
    if (input === undefined) throw new Error('nothing is written')
    const { tree } = composeReport(input)
    const cited = tree.blocks.flatMap((block) => (block.block === 'annex' ? block.rows : []))[0]?.ref
    const sentence = input.written[0]?.sentences[0]?.id
    if (cited === undefined || sentence === undefined) throw new Error('nothing is written')
    const issue = {
      url: 'https://terrain.example/r/haiti-1', preview: '', qr: [], publishedOn: '2026-04-02', digest: '7a2fc1c5'.repeat(8), languages: [], files: [], newer: { number: 2, href: '' }, withoutPhoto: [], withoutWords: [], withdrawn: 7, gone: [cited], changed: [{ ref: 'C-000999' as never, changes: ['corrected' as const] }],
      corrections: [{ day: '2026-04-05', text: 'Two of these schools were open.', lang: 'en', sentence }],
    }
    const { campaign } = input
    const ground = { words: reportWords({ locale: 'ar', ...said, campaign }), direction: directionOf('ar'), countries: campaign.countries, areas: campaign.areas, outlines: countryOutlines(), picture: () => Promise.resolve(new Uint8Array(pixel)), photos: photosOf(input) }
    const body = bodyOf(unzipped(Buffer.from(await reportDocument(asOfToday(tree, { refs: new Set([cited]), photos: new Set() }), ground, { isDraft: false, issue }))))
    const at = (text: string) => body.indexOf(text)
    expect([at('Two of these schools were open.') > 0, at('Two of these schools were open.') < at(ground.words.say({ say: 'report.standing' }))]).toEqual([true, true])
    for (const text of [ground.words.say({ say: 'report.issue.newer', with: { number: { is: 'number', number: 2 } } }), ground.words.say({ say: 'report.issue.gone', with: { ref: { is: 'text', text: cited } } }), 'C-000999', issue.digest, issue.url]) expect([text, at(text) > 0]).toEqual([text, true])
    // Signs of the digest stay in their order where all else reads from the right.
    expect(body).toMatch(new RegExp(`<w:rtl w:val="false"/></w:rPr><w:t[^>]*>${issue.digest}`))
    const anchors = [...body.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map(([, anchor]) => anchor)
    const marks = [...body.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) => name ?? '')
    expect(anchors.filter((anchor) => !marks.includes(anchor ?? ''))).toEqual([])
    expect([new Set(marks).size, marks.filter((name) => name.length > 40)]).toEqual([marks.length, []])
  })

  it('[RE71] each ref leads to its row of evidence', async () => {
    let links = 0
    for (const seed of [1, 2, 3, 4]) {
      const body = bodyOf(await partsOf(madeCampaign(seed).input))
      const anchors = [...body.matchAll(/<w:hyperlink [^>]*w:anchor="([^"]+)"/g)].map(([, anchor]) => anchor)
      const marks = new Set([...body.matchAll(/<w:bookmarkStart [^>]*w:name="([^"]+)"/g)].map(([, name]) => name))
      expect(anchors.filter((anchor) => !marks.has(anchor))).toEqual([])
      links += anchors.length
    }
    expect(links).toBeGreaterThan(20)
  })

  it('[RE62] nothing that may not leave is in a document, nor in a picture of it', async () => {
    const leaked: string[] = []
    for (let seed = 0; seed < 5; seed += 1) {
      const { input, secrets } = madeCampaign(seed)
      drawn.length = 0
      const all = [...(await partsOf(input)).values(), ...drawn].join('\n')
      leaked.push(...[...secrets.words, ...secrets.refs].filter((word) => all.includes(word)))
    }
    expect(leaked).toEqual([])
  })

  it('[RE72] in Arabic every paragraph and table reads from right to left, and refs do not', async () => {
    const body = bodyOf(await partsOf(madeCampaign(3).input, 'ar'))
    const paragraphs = body.match(/<w:p>.*?<\/w:p>/gs) ?? []
    // A picture has no direction.
    const said = /In the places that report|We have not eaten/
    expect(paragraphs.filter((one) => one.includes('<w:t') && !one.includes('<w:bidi/>') && !said.test(one))).toEqual([])
    expect((body.match(/<w:bidiVisual\/>/g) ?? []).length).toBe((body.match(/<w:tbl>/g) ?? []).length)
    const refs = [...body.matchAll(/<w:r>(?:(?!<\/w:r>).)*[CA]-\d{6}<\/w:t><\/w:r>/gs)].map(([run]) => run)
    expect(refs.length).toBeGreaterThan(3)
    expect(refs.filter((run) => run.includes('<w:rtl/>'))).toEqual([])
  })

  it('[RE503] what somebody wrote reads in the direction of its own letters, whatever the language of the document', async () => {
    const quotes = ['Water came 3 times (20 l).', 'وصل الماء 3 مرات (20 l).', 'Ждём воду.', '3 × 20 (!)', 'ماء', 'Dlo']
    const entries = quotes.map((quote, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ topic: n < 3 ? 'EDU' : 'WSH', quote, quoteRole: 'mother', consentQuote: true }) }))
    const read = async (locale: 'ar' | 'en') => {
      const paragraphs = bodyOf(await partsOf(aReport(entries), locale)).match(/<w:p>.*?<\/w:p>/gs) ?? []
      return quotes.map((quote) => paragraphs.filter((one) => one.includes(`>${quote}<`)).map((one) => [one.includes('<w:bidi/>'), one.includes('<w:rtl/>')]))
    }
    const [right, left] = [[[true, true]], [[false, false]]]
    expect([await read('ar'), await read('en')]).toEqual([[left, right, left, right, right, left], [left, right, left, left, right, left]])
  })

  it('[RE63] words of people stand in it as words, whatever they hold', async () => {
    const unreadable = '\u0001\u0007\u000b\ufffe\uffff'
    const hostile = `</w:t></w:r><w:instrText>DDEAUTO c:\\cmd</w:instrText> & "x" ${unreadable}`
    const entries = Array.from({ length: 6 }, (_, n) => entryWith(n + 1, { ref: `C-00000${n + 1}`, author: n, content: aChallenge({ quote: hostile, quoteRole: 'mother', consentQuote: true }) }))
    const areas = [{ code: 'HT01', name: `Ouest ${unreadable}`, country: 'HTI' }]
    drawn.length = 0
    const parts = await partsOf(aReport(entries, { campaign: { name: `Haiti ${unreadable}`, countries: ['HTI'], areas, defaultSensitivity: 'moderate' } }))
    expect(bodyOf(parts)).toContain('&lt;/w:t&gt;')
    expect(bodyOf(parts)).not.toContain('<w:instrText')
    // XML 1.0 2.2: one such character makes the whole file unreadable, and its pictures cannot be drawn.
    expect(drawn.length).toBeGreaterThan(0)
    const texts = [...parts].flatMap(([name, text]) => (/\.(?:xml|rels)$/.test(name) ? [text] : []))
    for (const text of [...texts, ...drawn]) expect(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)).toBe(false)
  })
})
