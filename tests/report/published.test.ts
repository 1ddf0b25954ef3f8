import { describe, expect, it } from 'vitest'
import { mayStayPublished, photoMayStayPublished } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { wordsToday } from '#domain/words-today.ts'
import type { WrittenFinding } from '#domain/written-report.ts'
import { countryOutlines } from '#chart/country-outlines.ts'
import { locales } from '#i18n/locale.ts'
import { directionOf } from '#i18n/direction.ts'
import { asOfToday, picturedIn, quotedIn, quotedRefs } from '#report/as-of-today.ts'
import { composeReport, refsIn } from '#report/compose.ts'
import { evidenceRows } from '#report/evidence-rows.ts'
import { insertableNumbers } from '#report/insertable.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import { previewSvg, wrapped } from '#report/page/preview.ts'
import { reportPage } from '#report/page/report-page.ts'
import type { ReportTree } from '#report/tree.ts'
import { aChallenge } from '../support/contents.ts'
import { aReport, blockOf, figuresIn, wordsIn } from '../support/report-blocks.ts'
import { entryWith, madeCampaign, photoNamed } from '../support/report-campaign.ts'

const quoted = (n: number, about: Partial<Parameters<typeof aChallenge>[0]> = {}) => entryWith(n, { ref: `C-00000${n}`, author: n, content: aChallenge({ quote: `Said by the ${n}.`, quoteRole: 'mother', consentQuote: true, ...about }) })
const state = [1, 2, 3, 4, 5, 6].map((n) => quoted(n))
const cite = ({ id, revision, approved }: EntryState) => ({ entryId: id, revision, contentHash: approved?.contentHash ?? ('' as never) })
const written: WrittenFinding = {
  kind: 'finding', id: 'f', question: 2, topic: null, against: [], quotes: state.slice(0, 2).map(cite),
  sentences: [{ id: 's', text: 'Lessons come by phone.', lang: 'en', cites: state.slice(0, 3).map(cite), figures: {} }],
}
const { tree } = composeReport(aReport(state, { written: [written] }))

const goneOf = (...refs: string[]) => ({ refs: new Set(refs as never[]), photos: new Set<string>() })

const about: IssueAbout = {
  url: 'https://reports.example.org/r/haiti-1-abcdef', preview: 'https://reports.example.org/r/haiti-1-abcdef/preview.png', qr: [[true, false], [false, true]], publishedOn: '2026-03-02', digest: 'ab'.repeat(32), corrections: [], gone: [], withoutPhoto: [], withoutWords: [], withdrawn: 0, changed: [], files: [], newer: null,
  languages: locales.map((locale) => ({ locale, name: locale, href: `/r/haiti-1-abcdef?language=${locale}` })),
}
async function pageIn(locale: (typeof locales)[number], issue: Partial<IssueAbout>, of: ReportTree = tree): Promise<string> {
  return reportPage(of, { words: await wordsIn(locale), direction: directionOf(locale), countries: ['HTI'], areas: [], outlines: countryOutlines() }, { style: '', isDraft: false, issue: { ...about, ...issue } })
}

describe('a published report, read later', () => {
  it('[RE80] may not show an entry any longer that was withdrawn or found sensitive, nor a quotation without consent; one that was rejected it may', () => {
    const [entry] = state
    if (entry === undefined) throw new Error('no entry')
    const may = (now: Partial<EntryState>, isQuoted = true) => mayStayPublished({ ...entry, ...now }, { isQuoted })
    expect([may({}), may({ review: 'rejected' }), may({ review: 'withdrawn' }), may({ review: 'withdrawn' }, false)]).toEqual([true, true, false, false])
    const raised = { sensitivity: { value: 'high', change: 'c', memberId: 'm' } } as unknown as EntryState['corrections']
    expect([may({ corrections: raised }), may({ corrections: raised }, false)]).toEqual([false, false])
    for (const content of [aChallenge({ quote: 'Said.', consentQuote: false }), aChallenge({ consentQuote: true })]) expect([may({ content }), may({ content }, false)]).toEqual([false, true])
  })

  it('[RE832] nor one whose speaker its author has taken out; a coordinator’s word for the speaker is one', () => {
    const [entry] = state
    if (entry === undefined) throw new Error('no entry')
    const said = aChallenge({ quote: 'Said.', consentQuote: true })
    const may = (now: Partial<EntryState>, hasRole = true) => mayStayPublished({ ...entry, ...now }, { isQuoted: true, hasRole })
    const corrections = { quoteRole: { value: 'teacher', change: 'c', memberId: 'm' } } as unknown as EntryState['corrections']
    expect([may({ content: { ...said, quoteRole: 'teacher' } }), may({ content: said }), may({ content: said }, false), may({ content: said, corrections })]).toEqual([true, false, true, true])
  })

  it('[RE80] loses the words and the row of evidence of what may not be shown, and nothing else', () => {
    expect([...quotedRefs(tree)].toSorted()).toEqual(['C-000001', 'C-000002', 'C-000006', 'C-000005', 'C-000004'].toSorted())
    const today = asOfToday(tree, goneOf('C-000001'))
    expect([JSON.stringify(today).includes('Said by the 1.'), JSON.stringify(today).includes('Said by the 2.')]).toEqual([false, true])
    expect(blockOf(today, 'annex').rows.map(({ ref }) => ref)).toEqual(blockOf(tree, 'annex').rows.map(({ ref }) => ref).filter((ref) => ref !== 'C-000001'))
    const numbers = (of: ReportTree) => figuresIn(of).map(({ id, count }) => [id, count])
    expect(numbers(today)).toEqual(numbers(tree))
    expect(blockOf(today, 'silence')).toEqual(blockOf(tree, 'silence'))
    expect(asOfToday(tree, goneOf())).toBe(tree)
  })

  it('[RE891] nor its facts: from where, when and in which language its words were, and of what numbers it is an example', async () => {
    const told = (of: ReportTree) => JSON.stringify(of).split('"C-000001"').length - 1
    const samples = (of: ReportTree) => figuresIn(of).flatMap(({ sample }) => sample)
    const today = asOfToday(tree, goneOf('C-000001'))
    expect([samples(tree).includes('C-000001' as never), samples(today).includes('C-000001' as never)]).toEqual([true, false])
    // What stays leads to the words that it is gone: where it is cited and where it was quoted.
    expect(told(today)).toBe(2)
    expect(quotedIn(today).find(({ ref }) => ref === 'C-000001')).toEqual({ text: '', role: null, area: null, month: null, lang: 'und', ref: 'C-000001' })
    const html = await pageIn('en', { gone: ['C-000001'] as never[] }, today)
    expect(html).toContain('The words are no longer shown.</p><figcaption> <a class="ref"')
    expect(html).not.toMatch(/no longer shown\.<\/p><figcaption>[^<]*(Ouest|2026|English)/)
  })

  it('[RE892] nor words that somebody has changed since, in a quotation and below a photo; whatever else is of the entry stays', () => {
    const [photo, other] = [photoNamed(7), photoNamed(8)]
    const aPhoto = (sha256: string, caption: string) => ({ sha256: sha256 as never, bytes: 1000, type: 'image/jpeg' as const, width: 640, height: 480, thumb: { sha256: 'e'.repeat(64) as never, bytes: 10 }, caption })
    const pictured = quoted(7, { photos: [aPhoto(photo, 'The well of Jean.'), aPhoto(other, 'A school.')], consentPhoto: true })
    const of = composeReport(aReport([...state, pictured], { written: [{ ...written, quotes: [cite(pictured)], photos: [photo, other].map((one) => ({ ...cite(pictured), photo: one as never })) }] })).tree
    const now = wordsToday({ ...pictured, content: { ...pictured.content, quote: 'Said by one.', photos: [aPhoto(photo, 'The well.'), aPhoto(other, 'A school.')] } as never })
    expect(now).toEqual({ quote: 'Said by one.', captions: new Map([[photo, 'The well.'], [other, 'A school.']]) })
    expect(wordsToday({ ...pictured, corrections: { quote: { value: 'Said. Call +509 3456 7890.', change: 'c', memberId: 'm' } } as never }).quote).not.toMatch(/3456/)
    const today = asOfToday(of, { ...goneOf(), quotes: new Set(['C-000007' as never]), captions: new Set([photo]) })
    expect(quotedIn(today).find(({ ref }) => ref === 'C-000007')).toMatchObject({ text: '', role: null, month: '2026-02' })
    expect(picturedIn(today)).toMatchObject([{ photo, caption: null }, { photo: other, caption: 'A school.' }])
    expect(blockOf(today, 'annex')).toEqual(blockOf(of, 'annex'))
    expect(JSON.stringify(today)).not.toMatch(/The well of Jean|Said by the 7/)
  })

  it('[RE80] shows a photo only while the person agrees, its author keeps it and its entry may be shown', () => {
    const photo = photoNamed(7)
    const aPhoto = (sha256: string) => ({ sha256: sha256 as never, bytes: 1000, type: 'image/jpeg' as const, width: 640, height: 480, thumb: { sha256: 'e'.repeat(64) as never, bytes: 10 }, caption: 'A well.' })
    const pictured = quoted(7, { photos: [aPhoto(photo)], consentPhoto: true })
    const may = (now: Partial<EntryState>) => photoMayStayPublished({ ...pictured, ...now }, { photo })
    expect([may({}), may({ review: 'rejected' }), may({ review: 'withdrawn' }), may({ content: aChallenge({ photos: [aPhoto(photo)], consentPhoto: false }) }), may({ content: aChallenge({ photos: [aPhoto(photoNamed(8))], consentPhoto: true }) })]).toEqual([true, true, false, false, false])
    const withPhoto = composeReport(aReport([...state, pictured], { written: [{ ...written, photos: [{ ...cite(pictured), photo: photo as never }] }] })).tree
    expect(picturedIn(withPhoto)).toMatchObject([{ photo, caption: 'A well.', ref: 'C-000007' }])
    for (const gone of [{ refs: new Set<never>(), photos: new Set([photo]) }, goneOf('C-000007')]) {
      const today = asOfToday(withPhoto, gone)
      expect(picturedIn(today)).toMatchObject([{ photo: null, caption: null, ref: 'C-000007' }])
      expect([JSON.stringify(today).includes(photo), JSON.stringify(today).includes('A well.')]).toEqual([false, false])
    }
  })

  it('[RE90] above everything stands how many that only count were withdrawn: the number from five on, else some, and none for none', async () => {
    const said = (count: string) => `${count} entries that count in the numbers of this issue were withdrawn since. The numbers stand as they were published.`
    expect(await pageIn('en', {})).not.toContain('were withdrawn since')
    for (const few of [1, 4]) expect(await pageIn('en', { withdrawn: few })).toContain(said('Some'))
    const page = await pageIn('en', { withdrawn: 5 })
    expect([page.includes(said('5')), page.indexOf(said('5')) < page.indexOf('Lessons come by phone.')]).toEqual([true, true])
  })

  it.each(locales)('[RE81] of a photo that is gone its page says so, and shows nothing, in %s', async (locale) => {
    const pictured: ReportTree = JSON.parse(JSON.stringify(tree).replace('"against":[]', '"photos":[{"photo":null,"width":640,"height":480,"caption":null,"lang":"en","area":{"country":"HTI","code":null,"name":null},"month":"2026-02","ref":"C-000001"}],"against":[]'))
    const html = await pageIn(locale, { withoutPhoto: ['C-000001'] as never[] }, pictured)
    const words = await wordsIn(locale)
    for (const text of [words.say({ say: 'report.issue.photoGone' }), words.say({ say: 'report.issue.photosGone', with: { ref: { is: 'text', text: 'C-000001' } } })]) expect(html).toContain(text)
    expect(html).not.toContain('<img')
  })

  it.each(locales)('[RE81] its page says what its page says what has happened since, in %s, and each link still leads to something', async (locale) => {
    const html = await pageIn(locale, {
      gone: ['C-000001'] as never[], changed: [{ ref: 'C-000002' as never, changes: ['revised'] }], newer: { number: 2, href: '/r/haiti-2-abcdef' },
      corrections: [{ day: '2026-04-01', text: 'The school <b>has</b> opened.', lang: 'en', sentence: 's' }],
    }, asOfToday(tree, goneOf('C-000001')))
    const words = await wordsIn(locale)
    expect(html).toContain('The school &lt;b&gt;has&lt;/b&gt; opened.')
    expect(html).toContain(words.say({ say: 'report.issue.quoteGone' }))
    for (const text of [words.say({ say: 'report.evidence.revised' }), words.say({ say: 'report.issue.newer', with: { number: { is: 'number', number: 2 } } })]) expect(html).toContain(text)
    expect(html).toContain(`SHA-256`)
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const dead = [...html.matchAll(/href="#([^"]+)"/g)].flatMap(([, id]) => (ids.has(id) ? [] : [id]))
    expect(dead).toEqual([])
    expect(html).not.toContain('<script')
  })

  it.each(locales)('[RE631] an entry that had been changed beforehand is told as that, in %s', async (locale) => {
    const [words, html] = [await wordsIn(locale), await pageIn(locale, { changed: [{ ref: 'C-000002' as never, changes: ['revised'], beforehand: true }, { ref: 'C-000004' as never, changes: ['revised'] }] })]
    const told = (say: 'report.issue.unread' | 'report.issue.reopened', ref: string) => words.say({ say, with: { ref: { is: 'text', text: ref }, what: { is: 'text', text: words.say({ say: 'report.evidence.revised' }) } } })
    expect([told('report.issue.unread', 'C-000002'), told('report.issue.reopened', 'C-000004')].map((text) => html.includes(text))).toEqual([true, true])
  })

  it.each(locales)('[RE86] where its link is passed on it shows its cover, and nothing that is not on the page, in %s', async (locale) => {
    const words = await wordsIn(locale)
    const svg = previewSvg({ ...blockOf(tree, 'cover'), actions: { id: 'actions', count: null, sample: [] }, campaign: 'A <b>network</b>\u0001\ufffe of all the departments of the north, after the earthquake of January' }, { words, direction: directionOf(locale) })
    expect(svg).toContain('A &lt;b&gt;network')
    expect(svg).toContain(' …</text>')
    // XML cannot hold them, and whoever draws it would stop there.
    expect(/[\u0001\ufffe]/.test(svg)).toBe(false)
    for (const text of [words.say({ say: 'report.tile.challenges' }), words.some('actions')]) expect(svg).toContain(`>${text}</text>`)
    expect(svg.match(/[A-Z]-\d{6}|Said by/g)).toBeNull()
    expect(svg.includes('direction="rtl"')).toBe(locale === 'ar')
  })

  it('[RE86] a long name is cut at a word, in scripts without blanks as well', () => {
    expect(wrapped('Solidarity Network', 24, 2)).toEqual(['Solidarity Network'])
    expect(wrapped('Solidarity Network of the northern departments after the earthquake', 24, 2)).toEqual(['Solidarity Network of', 'the northern departments …'])
    expect(wrapped('团结网络北方各省地震之后的民间社会联合行动报告', 24, 2).every((line) => [...line].length <= 13)).toBe(true)
  })

  it('[RE82] the numbers that may be inserted are those that the report shows, each under words of its own', async () => {
    const words = await wordsIn('fr')
    for (const seed of [3, 11, 42]) {
      const made = composeReport(madeCampaign(seed).input).tree
      const shown = new Map(figuresIn(made).map(({ id, count }) => [id, count] as const))
      const numbers = insertableNumbers(made, words)
      expect(numbers.length).toBeGreaterThan(20)
      expect(numbers.filter(({ id, count }) => shown.get(id) !== count)).toEqual([])
      expect(numbers.filter(({ say }) => say.includes('undefined') || say.trim() === '')).toEqual([])
      expect(new Set(numbers.map(({ say }) => say)).size).toBe(numbers.length)
    }
  })

  it('[RE84] a working page at the desk leads each number to its entries; a published one only to what stands on it', async () => {
    const ground = { words: await wordsIn('en'), direction: 'ltr' as const, countries: ['HTI'], areas: [], outlines: countryOutlines() }
    const { tree: many } = composeReport(madeCampaign(7).input)
    const working = reportPage(many, ground, { style: '', isDraft: true, figureHref: (id) => `/desk/report/figure?id=${encodeURIComponent(id)}` })
    const led = new Set([...working.matchAll(/href="\/desk\/report\/figure\?id=([^"]+)"/g)].map(([, id = '']) => decodeURIComponent(id)))
    const shown = new Map(figuresIn(many).map(({ id, count }) => [id, count] as const))
    expect(led.size).toBeGreaterThan(60)
    expect([...led].filter((id) => !shown.has(id))).toEqual([])
    expect(blockOf(many, 'challenges').topics.filter(({ reports: { id, count } }) => count !== null && !led.has(id))).toEqual([])
    expect(reportPage(many, ground, { style: '', isDraft: false })).not.toContain('/desk/')
  })

  it('[RE83] the evidence as a table has a row for each entry that the report names, in its public form', async () => {
    const [head, ...rows] = evidenceRows(tree, await wordsIn('en'))
    expect(head).toEqual(['Entry', 'Kind', 'Month', 'Area', 'Topic', 'Severity', 'Source', 'Grade', 'Proof'])
    expect(new Set(rows.map(([ref]) => ref))).toEqual(refsIn(tree.blocks.filter(({ block }) => block !== 'annex')))
    expect(rows[0]?.slice(0, 3)).toEqual(['C-000001', 'Challenge', '2026-02'])
  })
})
