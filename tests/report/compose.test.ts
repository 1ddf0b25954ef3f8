import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { importTable } from '#exchange/import-table.ts'
import { locales } from '#i18n/locale.ts'
import { composeReport } from '#report/compose.ts'
import { topicsShownIn } from '#report/evolution-block.ts'
import { insertableNumbers } from '#report/insertable.ts'
import { weekOf, weeksOf } from '#report/weeks.ts'
import { aChallenge, anAction } from '../support/contents.ts'
import { aReport, blockOf, figuresIn, saidIn, wordsIn } from '../support/report-blocks.ts'
import { entryWith, madeCampaign } from '../support/report-campaign.ts'

const challenge = (n: number, about: Partial<Parameters<typeof aChallenge>[0]> = {}, entry: Partial<Parameters<typeof entryWith>[1]> = {}) =>
  entryWith(n, { ref: `C-${String(n).padStart(6, '0')}`, content: aChallenge(about), author: n % 9, ...entry })
const action = (n: number, about: Partial<Parameters<typeof anAction>[0]> = {}) => entryWith(n, { ref: `A-${String(n).padStart(6, '0')}`, content: anAction(about), author: n % 9 })
const many = <Made>(count: number, make: (n: number) => Made, from = 1): readonly Made[] => Array.from({ length: count }, (_, n) => make(from + n))

/** The words of people in the 2010 earthquake in Haiti (R. Munro 2012, CC BY 4.0), as the demonstration imports them. */
const messages = (importTable(readFileSync('demo/data/disaster-response-messages.excerpt.csv', 'utf8'))?.accepted ?? []).map(({ content }) => content)

describe('composing a report', () => {
  it('[RE1] its blocks follow the three questions, and every number is counted from entries that it can name', () => {
    const { tree, evidence } = composeReport(madeCampaign(7).input)
    expect(tree.blocks.map(({ block }) => block)).toEqual(['cover', 'standing', 'highlights', 'keyFigures', 'map', 'challenges', 'mobilization', 'consequences', 'evolution', 'rumours', 'method', 'silence', 'annex'])
    const figures = figuresIn(tree)
    expect(figures.length).toBeGreaterThan(100)
    // A number that somebody inserted and that the report does not have (any more) is not shown.
    expect(figures.filter(({ id, count }) => count !== null && !evidence.has(id))).toEqual([])
    const ofReports = figures.filter(({ id, count }) => count !== null && !/authors|organisations|^areas$|volunteers|reached/.test(id))
    expect(ofReports.map(({ id, count }) => [id, count])).toEqual(ofReports.map(({ id }) => [id, evidence.get(id)?.length]))
    const behind = ofReports.flatMap(({ id }) => evidence.get(id) ?? [])
    expect(behind.filter(({ revision, contentHash, entryId }) => [revision, contentHash, entryId].includes('' as never))).toEqual([])
  })

  it('[RE1] real messages: what was reported, by how many, with examples that anybody may open', () => {
    const period = { from: '2010-01-01', to: '2012-12-31' }
    const entries = messages.map((content, n) => entryWith(n, { ref: `C-${String(n).padStart(6, '0')}`, content, author: n % 12, review: n % 10 < 5 ? 'approved' : 'received' }))
    const { tree } = composeReport(aReport(entries, { period, campaign: { name: 'Haiti 2010', countries: ['HTI'], areas: [], defaultSensitivity: 'moderate' } }))
    const { topics } = blockOf(tree, 'challenges')
    const of = (topic: string) => entries.filter(({ review, content }) => review === 'approved' && content.topic === topic && content.sourceType !== 'rumour' && content.observedOn >= period.from && content.observedOn <= period.to).length
    expect(topics.length).toBeGreaterThan(3)
    const shown = topics.filter(({ reports }) => reports.count !== null)
    expect(shown.map(({ code, reports }) => [code, reports.count])).toEqual(shown.map(({ code }) => [code, of(code)]))
    expect(topics[0]?.reports.sample.length).toBe(2)
    // Consent was not asked of these people, so not a word of theirs is quoted.
    expect(blockOf(tree, 'challenges').themes.flatMap(({ quotations }) => quotations)).toEqual([])
  })

  it('[RE3] only what is approved, of the period, counts, and each event of an author once', () => {
    const again = { ...challenge(30), links: [{ change: 'l', to: challenge(1).id, kind: 'duplicateOf', memberId: 'ruth', coverage: undefined }] } as unknown as ReturnType<typeof challenge>
    const entries = [...many(6, challenge), challenge(20, {}, { review: 'received' }), challenge(21, {}, { review: 'rejected' }), challenge(22, {}, { review: 'withdrawn' }), challenge(23, { observedOn: '2026-01-31' }), again, { ...challenge(24), contested: true }]
    const { tree, evidence } = composeReport(aReport(entries))
    expect(blockOf(tree, 'cover').challenges.count).toBe(6)
    expect(evidence.get('duplicates')?.map(({ ref }) => ref)).toEqual(['C-000030'])
  })

  it('[RE3] what was approved counts by its own day, whatever an edit that nobody has read says, and by the day that was corrected', () => {
    const moved = (n: number, now: string, approvedOn: string) => {
      const entry = challenge(n, { observedOn: approvedOn }, { review: 'edited' })
      return { ...entry, content: { ...entry.content, observedOn: now } } as typeof entry
    }
    const corrected = (n: number, said: string, meant: string) => {
      const entry = challenge(n, { observedOn: said })
      const corrections = { observedOn: { value: meant, change: 'c', memberId: 'ruth' } }
      return { ...entry, corrections, approved: entry.approved === null ? null : { ...entry.approved, corrections } } as unknown as typeof entry
    }
    const [out, within] = ['2026-01-31', '2026-02-27']
    const entries = [...many(5, challenge), moved(40, out, within), moved(41, within, out), corrected(42, out, within), corrected(43, within, out)]
    const { evidence } = composeReport(aReport(entries))
    expect(evidence.get('challenges')?.map(({ ref }) => ref)).toEqual(['C-000001', 'C-000002', 'C-000003', 'C-000004', 'C-000005', 'C-000040', 'C-000042'])
  })

  it('[RE3] a report of the same again counts where the one that it is tied to does not, and of a ring one does', () => {
    const tied = (n: number, to: number, entry: Partial<Parameters<typeof entryWith>[1]> = {}) => ({ ...challenge(n, {}, entry), links: [{ change: 'l', to: challenge(to).id, kind: 'duplicateOf', memberId: 'ruth', coverage: undefined }] }) as unknown as ReturnType<typeof challenge>
    const counted = (entries: readonly ReturnType<typeof challenge>[]) => {
      const { evidence } = composeReport(aReport(entries))
      return [evidence.get('challenges'), evidence.get('duplicates')].map((list) => list?.map(({ ref }) => Number(ref.slice(2))))
    }
    expect(counted([challenge(1), tied(2, 1), tied(3, 2)])).toEqual([[1], [2, 3]])
    expect(counted([challenge(1, {}, { review: 'withdrawn' }), tied(2, 1), tied(3, 2)])).toEqual([[2], [3]])
    expect(counted([challenge(1, { observedOn: '2026-01-31' }), tied(2, 1)])).toEqual([[2], []])
    expect(counted([tied(1, 2), tied(2, 1), tied(3, 1)])).toEqual([[1], [2, 3]])
    expect(counted([tied(1, 2), tied(2, 3), tied(3, 2)])).toEqual([[2], [1, 3]])
  })

  it('[RE504] several that were tied to one that does not count are one event still: withdrawn, erased, of other days, or over another', () => {
    const tied = (n: number, to: number, about: object = {}, entry: Partial<Parameters<typeof entryWith>[1]> = {}) => ({ ...challenge(n, about, entry), links: [{ change: 'l', to: challenge(to).id, kind: 'duplicateOf', memberId: 'ruth', coverage: undefined }] }) as unknown as ReturnType<typeof challenge>
    const counted = (...entries: readonly ReturnType<typeof challenge>[]) => {
      const { evidence } = composeReport(aReport(entries))
      return ['challenges', 'rumours', 'duplicates'].map((id) => evidence.get(id)?.map(({ ref }) => Number(ref.slice(2))))
    }
    expect(counted(challenge(1, {}, { review: 'withdrawn' }), tied(2, 1), tied(3, 1))).toEqual([[2], [], [3]])
    expect(counted(tied(2, 1), tied(3, 1), tied(4, 9))).toEqual([[2, 4], [], [3]])
    expect(counted(challenge(1, { observedOn: '2026-01-31' }), tied(2, 1), tied(3, 1), tied(4, 3))).toEqual([[2], [], [3, 4]])
    // 3 leads to 1 over 2, which was withdrawn.
    expect(counted(challenge(1), tied(2, 1, {}, { review: 'withdrawn' }), tied(3, 2))).toEqual([[1], [], [3]])
    // What was seen stands before what was heard, and what can be told before what cannot.
    expect(counted(tied(2, 1, { sourceType: 'rumour' }), tied(3, 1))).toEqual([[3], [], [2]])
    expect(counted(tied(2, 1, {}, { sensitivity: 'severe' }), tied(3, 1))).toEqual([[3], [], []])
    // What authors tie themselves ties nothing.
    expect(counted(tied(2, 1), { ...tied(3, 1), author: 'ruth' as never })).toEqual([[2, 3], [], []])
  })

  it('[RE3] what somebody saw counts beside the rumour that it was tied to; what is withheld counts once, and where it is told again nowhere', () => {
    const tied = (n: number, to: number, about: object = {}, entry: Partial<Parameters<typeof entryWith>[1]> = {}) => ({ ...challenge(n, about, entry), links: [{ change: 'l', to: challenge(to).id, kind: 'duplicateOf', memberId: 'ruth', coverage: undefined }] }) as unknown as ReturnType<typeof challenge>
    const counted = (entries: readonly ReturnType<typeof challenge>[]) => {
      const { evidence } = composeReport(aReport(entries))
      return ['challenges', 'rumours', 'withheld', 'duplicates'].map((id) => evidence.get(id)?.map(({ ref }) => Number(ref.slice(2))))
    }
    const rumour = { sourceType: 'rumour' as const }
    expect(counted([challenge(1, rumour), tied(2, 1), tied(3, 1, rumour)])).toEqual([[2], [1], [], [3]])
    const severe = { sensitivity: 'severe' }
    expect(counted([challenge(1, {}, severe), tied(2, 1, {}, severe), challenge(3), tied(4, 3, {}, severe)])).toEqual([[3], [], [1], []])
  })

  it('[RE4] rumours stand apart, counted by topic and told nowhere', () => {
    const rumours = many(7, (n) => challenge(n, { sourceType: 'rumour', topic: 'INF', quote: 'The water is poisoned.', consentQuote: true }), 40)
    const { tree } = composeReport(aReport([...many(6, challenge), ...rumours]))
    expect([blockOf(tree, 'cover').challenges.count, blockOf(tree, 'rumours').total.count]).toEqual([6, 7])
    expect(blockOf(tree, 'challenges').topics.map(({ code }) => code)).toEqual(['EDU'])
    expect(JSON.stringify(tree)).not.toContain('poisoned')
  })

  it('[RE831] a region with a code of another list is the one of its name, and not silent beside its own reports', () => {
    const areas = [{ code: 'HT-OU', name: 'Ouest', country: 'HTI', names: { ht: 'Lwès' } }, { code: 'HT-SD', name: 'Sud', country: 'HTI' }]
    const campaign = { name: 'Haiti', countries: ['HTI'], areas, defaultSensitivity: 'moderate' } as const
    const { tree } = composeReport(aReport([...many(6, (n) => challenge(n, { adm1Code: 'HT01', adm1Name: 'Ouest' })), challenge(20, { adm1Code: 'HT-OU', adm1Name: 'Sud' }), challenge(21, { adm1Code: 'HT99', adm1Name: 'lwes' })], { campaign }))
    expect(blockOf(tree, 'map').areas.map(({ area, challenges, silent }) => [area.code, challenges.count, silent])).toEqual([['HT-OU', 8, false], ['HT-SD', 0, true]])
    expect(blockOf(tree, 'silence').areas.map(({ code }) => code)).toEqual(['HT-SD'])
    expect(blockOf(tree, 'keyFigures').tiles[5]?.value).toMatchObject({ figure: { count: 1 } })
  })

  it('[RE5] a district counts in its region, and a name by hand is an area only from five reports on', () => {
    const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }, { code: 'HT09', name: 'Nord-Ouest', country: 'HTI' }]
    const entries = [...many(5, (n) => challenge(n, { adm1Code: n === 1 ? 'HT0111' : 'HT01' })), ...many(5, (n) => challenge(n, { adm1Name: n % 2 === 0 ? 'Ilê à Vache' : 'ile a vache' }), 10), ...many(5, (n) => challenge(n, { adm1Name: `By the house of somebody ${n}` }), 20)]
    const { areas: drawn } = blockOf(composeReport(aReport(entries, { campaign: { name: 'H', countries: ['HTI'], areas, defaultSensitivity: 'low' } })).tree, 'map')
    expect(drawn.map(({ area, challenges, silent }) => [area.name, challenges.count, silent])).toEqual([['Ouest', 5, false], ['Nord-Ouest', 0, true], ['Ilê à Vache', 5, false], [null, 5, false]])
  })

  it('[RE5] a region of the list counts there however it was named: by a district, or by a name that is only one region’s', () => {
    const areas = [
      { code: 'SD15', name: 'Al Jazirah', names: { ar: 'الجزيرة', fr: 'Gezira' }, country: 'SDN' }, { code: 'SD15001', name: 'Wad Medani', country: 'SDN', within: 'SD15' },
      { code: 'SD01', name: 'Khartoum', country: 'SDN' }, { code: 'SD02', name: 'Central', country: 'SDN' }, { code: 'SD03', name: 'central', country: 'SDN' },
    ]
    const named = [{ adm1Name: 'GEZIRA' }, { adm1Name: 'الجزيرة' }, { adm1Name: 'Al-Jazirah ' }, { adm2Code: 'SD15001' }, { adm1Code: 'SD15' }, { adm1Name: 'Central' }]
    const entries = named.map((place, n) => challenge(n + 1, { country: 'SDN', ...place }))
    const bare = entries.map((entry) => {
      const strip = ({ adm1Code: _code, adm1Name: _name, ...content }: Readonly<Record<string, unknown>>) => ({ ...content, ...named[entries.indexOf(entry)] })
      return { ...entry, content: strip(entry.content), approved: entry.approved === null ? null : { ...entry.approved, content: strip(entry.approved.content) } } as unknown as typeof entry
    })
    const { tree } = composeReport(aReport(bare, { campaign: { name: 'S', countries: ['SDN'], areas, defaultSensitivity: 'low' } }))
    expect(blockOf(tree, 'map').areas.map(({ area, silent }) => [area.code, silent])).toEqual([['SD15', false], ['SD01', true], ['SD02', true], ['SD03', true], [null, false]])
    expect(blockOf(tree, 'silence').areas.map(({ code }) => code)).toEqual(['SD01', 'SD02', 'SD03'])
  })

  it('[RE115] so many areas of so many are both regions of the list, whatever other places reports name', () => {
    const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT0111', name: 'Port-au-Prince', country: 'HTI', within: 'HT01' }, { code: 'HT09', name: 'Nord-Ouest', country: 'HTI' }, { code: 'HT03', name: 'Nord', country: 'HTI' }]
    const entries = [...many(6, challenge), action(30, { adm1Name: 'nord' }), ...many(7, (n) => challenge(n, { adm1Name: 'Beyond the river' }), 10), challenge(20, { adm1Name: undefined }), challenge(21, { country: 'KEN', adm1Name: 'Lamu' })]
    const tileIn = (list: typeof areas) => blockOf(composeReport(aReport(entries, { campaign: { name: 'H', countries: ['HTI'], areas: list, defaultSensitivity: 'low' } })).tree, 'keyFigures').tiles.find(({ label }) => label.say === 'report.tile.areas')
    expect(tileIn(areas)).toMatchObject({ value: { figure: { count: 2 } }, limit: { say: 'report.tile.areasLimit', with: { all: { number: 3 } } } })
    expect(tileIn([])).toMatchObject({ value: { figure: { count: 3 } }, limit: { say: 'report.tile.areasUnlisted' } })
  })

  it('[RE115] without a list reports that name no region make no area of a country whose regions others name', () => {
    const count = (entries: readonly ReturnType<typeof challenge>[]) => blockOf(composeReport(aReport(entries, { campaign: { name: 'H', countries: ['HTI', 'MLI'], areas: [], defaultSensitivity: 'low' } })).tree, 'keyFigures').tiles[5]?.value
    const of = (country: string, adm1Name: string | undefined, from: number) => many(5, (n) => challenge(n, { country, adm1Name } as never), from)
    expect(count([...of('HTI', 'Ouest', 1), ...of('HTI', 'Sud', 20), ...of('HTI', undefined, 40), ...of('MLI', undefined, 60)])).toMatchObject({ figure: { count: 3 } })
    expect(count(of('HTI', undefined, 1))).toMatchObject({ figure: { count: 1 } })
  })

  it('[RE116] of two topics with as many reports neither is called the most reported one', () => {
    const said = (second: number) => saidIn(blockOf(composeReport(aReport([...many(7, (n) => challenge(n, { topic: 'HEA' })), ...many(second, (n) => challenge(n, { topic: 'EDU' }), 20)])).tree, 'highlights')).find((one) => one.say === 'report.highlight.topic')?.with?.['subject']
    expect([said(6), said(7), said(8)]).toEqual([{ is: 'topic', topic: 'HEA' }, undefined, { is: 'topic', topic: 'EDU' }])
  })

  it('[RE116] nor is one that another may have as many of whose number is not shown', () => {
    const said = (...counts: readonly [number, number, number]) => saidIn(blockOf(composeReport(aReport(counts.flatMap((count, at) => many(count, (n) => challenge(n, { topic: (['HEA', 'EDU', 'WSH'] as const)[at] ?? 'OTH' }), at * 50 + 1)))).tree, 'highlights')).find((one) => one.say === 'report.highlight.topic')?.with?.['subject']
    // Ten and three are held back beside ten, for the three: whoever subtracts finds thirteen for both.
    expect([said(10, 10, 3), said(12, 9, 4)]).toEqual([undefined, undefined])
    expect([said(20, 10, 3), said(12, 8, 4)]).toEqual([{ is: 'topic', topic: 'HEA' }, { is: 'topic', topic: 'HEA' }])
  })

  it('[RE6] an answer counts whatever day it is of; what is planned goes a little way, and what was called off none', () => {
    const answering = (n: number, to: number, about: Partial<Parameters<typeof anAction>[0]>) => ({ ...action(n, about), links: [{ change: 'l', to: challenge(to).id, kind: 'answers', coverage: 'mostly', memberId: 'x' }] }) as unknown as ReturnType<typeof action>
    const entries = [...many(12, challenge), answering(101, 1, { observedOn: '2026-05-01' }), answering(102, 2, { status: 'planned', reached: undefined } as never), answering(103, 3, { status: 'cancelled' } as never), answering(104, 4, {})]
    const { tree, evidence } = composeReport(aReport(entries))
    const step = (name: string) => evidence.get(`gap/EDU/HTI/Ouest/${name}`)?.map(({ ref }) => Number(ref.slice(2)))
    expect([step('mostly'), step('little'), step('none')?.length]).toEqual([[1, 4], [2], 9])
    expect(blockOf(tree, 'cover').actions.count).toBeNull()
  })

  it('[RE6] challenges are seen by the best of the approved actions that answer them', () => {
    const answering = (n: number, to: number, coverage: string, review: 'approved' | 'received' = 'approved') =>
      ({ ...action(n), review, approved: review === 'approved' ? action(n).approved : null, links: [{ change: 'l', to: challenge(to).id, kind: 'answers', coverage, memberId: 'x' }] }) as unknown as ReturnType<typeof action>
    const entries = [...many(12, challenge), ...many(6, (n) => answering(100 + n, n, n === 1 ? 'fully' : 'partly')), answering(120, 1, 'little'), answering(121, 9, 'mostly', 'received')]
    const { tree, evidence } = composeReport(aReport(entries))
    const step = (name: string) => evidence.get(`gap/EDU/HTI/Ouest/${name}`)?.length
    expect(['none', 'little', 'partly', 'mostly'].map(step)).toEqual([6, 0, 5, 1])
    const [cell] = blockOf(tree, 'mobilization').gaps.cells[0] ?? []
    expect(cell?.total.count).toBe(12)
    expect(cell?.steps.find(({ step: name }) => name === 'mostly')?.reports.count).toBeNull()
  })

  it('[RE6] what answers one report of an event answers the others that a coordinator tied to it; what was only heard of answers none', () => {
    const linked = (entry: ReturnType<typeof challenge>, links: readonly (readonly [number, string, string?])[], memberId = 'ruth') => ({ ...entry, links: links.map(([to, kind, coverage]) => ({ change: `${to}`, to: challenge(to).id, kind, coverage, memberId })) }) as unknown as ReturnType<typeof challenge>
    const steps = (entries: readonly ReturnType<typeof challenge>[]) => {
      // From five reports on, a place that was written by hand is an area.
      const { evidence } = composeReport(aReport([...entries, ...many(5, challenge, 90)]))
      return ['none', 'partly', 'mostly'].map((name) => evidence.get(`gap/EDU/HTI/Ouest/${name}`)?.map(({ ref }) => Number(ref.slice(2))).filter((n) => n < 90))
    }
    const answer = linked(action(101), [[2, 'answers', 'mostly']])
    // The report that was answered is told again and does not count; or has been withdrawn; or is a second source.
    expect(steps([challenge(1), linked(challenge(2), [[1, 'duplicateOf']]), challenge(3), answer])).toEqual([[3], [], [1]])
    expect(steps([challenge(1), linked(challenge(2, {}, { review: 'withdrawn' }), [[1, 'duplicateOf']]), answer])).toEqual([[], [], [1]])
    expect(steps([linked(challenge(1), [[2, 'sameAs']]), challenge(2), linked(challenge(4), [[1, 'duplicateOf']]), answer])).toEqual([[], [], [1, 2]])
    expect(steps([linked(challenge(1), [[2, 'sameAs']]), linked(challenge(2), [[3, 'sameAs']]), challenge(3), linked(action(102), [[3, 'answers', 'partly']]), answer])).toEqual([[], [], [1, 2, 3]])
    // What authors say of their own entries moves nothing, nor does another kind of link.
    const own = challenge(1)
    expect(steps([linked(own, [[2, 'sameAs'], [2, 'duplicateOf']], own.author), challenge(2), answer])).toEqual([[1], [], [2]])
    expect(steps([linked(challenge(1), [[2, 'updateOf']]), challenge(2), answer])).toEqual([[1], [], [2]])
    expect(steps([challenge(1), linked(action(103, { sourceType: 'rumour' }), [[1, 'answers', 'mostly']])])).toEqual([[1], [], []])
  })

  it('[RE7] when fewer reports come, the report says that reports fell', async () => {
    const { tree } = composeReport(aReport(many(6, challenge), { before: { topics: new Map([['EDU', 20], ['HEA', 3], ['WSH', 6]]), written: [] } }))
    const words = await wordsIn('en')
    expect(blockOf(tree, 'evolution').changes.map(words.say)).toEqual([
      'Reports about Education and learning fell from 20 to 6. Whether needs fell is not known.', 'Reports about Water, sanitation and hygiene fell from 6 to 0. Whether needs fell is not known.',
    ])
  })

  it.each(locales)('[RE161] in %s that reports rose or fell is told with the days of both issues, and without a change nothing is', async (locale) => {
    const words = await wordsIn(locale)
    const period = { from: '2021-01-01', to: '2025-12-31' }
    const changes = (shown: number) => blockOf(composeReport(aReport(many(6, challenge), { period: { from: '2026-02-01', to: '2026-02-28' }, before: { period, topics: new Map([['EDU', shown]]), written: [] } })).tree, 'evolution').changes.map(words.say)
    const days = changes(90).at(-1) ?? ''
    for (const part of [words.day(period.from), words.day(period.to), words.number(1826), words.number(28)]) expect([days, days.includes(part)]).toEqual([days, true])
    expect([changes(90).length, changes(6)]).toEqual([2, []])
  })

  it('[RE980] of days that both issues count it says no small difference, which is the few that came late or were taken back', () => {
    const said = (period: { readonly from: string; readonly to: string }, shown: number) => blockOf(composeReport(aReport(many(9, challenge), { before: { period, topics: new Map([['EDU', shown]]), written: [] } })).tree, 'evolution').changes.map(({ say }) => say)
    const [same, earlier] = [{ from: '2026-02-02', to: '2026-03-01' }, { from: '2026-01-05', to: '2026-02-01' }]
    expect([said(same, 11), said({ ...same, from: '2026-01-05' }, 7)]).toEqual([[], []])
    expect([said(same, 14), said(earlier, 11)]).toEqual(Array.from({ length: 2 }, () => ['report.change.fell', 'report.change.days']))
  })

  it('[RE7] the next issue knows what the last one showed', async () => {
    const first = composeReport(aReport([...many(9, challenge), ...many(3, (n) => challenge(n, { topic: 'HEA' }), 20)])).tree
    expect([...topicsShownIn(first)]).toEqual([])
    const shown = topicsShownIn(composeReport(aReport([...many(9, challenge), ...many(7, (n) => challenge(n, { topic: 'HEA' }), 20)])).tree)
    expect([...shown]).toEqual([['EDU', 9], ['HEA', 7]])
    const words = await wordsIn('fr')
    const { changes } = blockOf(composeReport(aReport([...many(12, challenge), ...many(7, (n) => challenge(n, { topic: 'HEA' }), 20)], { before: { topics: shown, written: [] } })).tree, 'evolution')
    expect(changes.map(words.say)).toEqual(['Les signalements sur le thème Éducation et apprentissage sont passés de 9 à 12. On ne sait pas si les besoins ont augmenté.'])
  })

  it('[RE24] how many came in is said only where no number that is not shown follows from it, nor how few wait to be read', () => {
    const said = (...entries: Parameters<typeof aReport>[0]) => saidIn(blockOf(composeReport(aReport(entries)).tree, 'method')).find((one) => one.say === 'report.method.reviewed')?.with?.['received']
    const severe = (n: number) => challenge(n, { focusGroup: ['LGB'] })
    const waiting = (count: number) => many(count, (n) => challenge(n, {}, { review: 'received' }), 60)
    const facts = many(12, challenge)
    expect(said(...facts)).toEqual({ is: 'number', number: 12 })
    expect([said(...facts, severe(40)), said(...facts, severe(40), ...waiting(3)), said(...facts, action(40)), said(...facts, ...waiting(2))]).toEqual([undefined, undefined, undefined, undefined])
    expect([said(...facts, severe(40), ...waiting(4)), said(...facts, severe(40), action(41), ...waiting(7)), said(...facts, severe(40), action(41), ...waiting(8)), said(...facts, ...waiting(5))]).toMatchObject([{ number: 17 }, undefined, { number: 22 }, { number: 17 }])
  })

  it('[RE770] how many had not been decided on is said beside how many came in, so that both add up to what counts; without a number where that would tell one that is not shown', () => {
    const told = (...entries: Parameters<typeof aReport>[0]) => saidIn(blockOf(composeReport(aReport(entries)).tree, 'method')).filter(({ say }) => /waiting|undecided/.test(say))
    const waiting = (count: number) => many(count, (n) => challenge(n, {}, { review: n % 2 === 0 ? 'received' : 'hasIssues' }), 60)
    const facts = many(12, challenge)
    const rejected = many(6, (n) => challenge(n, {}, { review: 'rejected' }), 90)
    expect(told(...facts, ...waiting(9), ...rejected)).toEqual([{ say: 'report.method.waiting', with: { waiting: { is: 'number', number: 9 } } }])
    expect(told(...facts, ...rejected)).toEqual([])
    expect(told(...facts, challenge(40, { focusGroup: ['LGB'] }), ...waiting(9))).toEqual([{ say: 'report.method.undecided' }])
    expect(told(...facts, ...waiting(3))).toEqual([])
  })

  it('[RE774] that there are more languages than are named is said, and not which; where all are named, or none, nothing is', () => {
    const told = (...counts: readonly number[]) => saidIn(blockOf(composeReport(aReport(counts.flatMap((count, at) => many(count, (n) => challenge(n, { lang: ['fr', 'ht', 'es'][at] ?? 'en' }), 100 * at)))).tree, 'method')).filter(({ say }) => say === 'report.method.otherLanguages').length
    expect([told(12, 9, 2), told(12, 9), told(3, 2)]).toEqual([1, 0, 0])
  })

  it('[RE24] how many are only counted is said only where nobody learns by subtracting how few are so for themselves, or how few are not', () => {
    const counted = (sensitive: number, marked: number, open: number) => {
      const entries = [...many(sensitive, (n) => challenge(n, { topic: 'PRO' })), ...many(marked, (n) => challenge(n, { focusGroup: ['DET'] }), 100), ...many(open, challenge, 200)]
      return saidIn(blockOf(composeReport(aReport(entries)).tree, 'method')).find((one) => one.say === 'report.method.withheldText')?.with?.['counted']
    }
    expect([counted(9, 2, 20), counted(9, 5, 3), counted(3, 0, 20)]).toMatchObject([{ figure: { count: null } }, { figure: { count: null } }, { figure: { count: null } }])
    expect([counted(9, 0, 20), counted(9, 5, 20), counted(2, 5, 20)]).toMatchObject([{ figure: { count: 9 } }, { figure: { count: 14 } }, { figure: { count: 7 } }])
  })

  it('[RE10] how many came in keeps the plural of its language', async () => {
    const said = { say: 'report.method.reviewed', with: { received: { is: 'number', number: 1000 }, rejected: { is: 'number', number: 0 }, withdrawn: { is: 'number', number: 5 } } } as const
    const [ar, ru] = [await wordsIn('ar'), await wordsIn('ru')]
    expect([ar.say(said), ru.say(said)]).toEqual(['وصل 1,000 مدخل؛ لم تُستبعد أي منها، وسُحب 5 منها.', 'Поступило 1\u00a0000 записей; не использовано 0 записей, отозвано 5 записей.'])
  })

  it('[RE15] severity is a median of at least five reports, and a level of the scale', () => {
    const severe = many(6, (n) => challenge(n, { severity: n <= 3 ? 2 : 5 }))
    const few = many(4, (n) => challenge(n, { observedOn: '2026-02-10', severity: 5 }), 20)
    const { severity, weeks } = blockOf(composeReport(aReport([...severe, ...few])).tree, 'evolution')
    expect([weeks.length, severity]).toEqual([4, [[null, null, null, null]]])
    expect(blockOf(composeReport(aReport(severe)).tree, 'evolution').severity).toEqual([[null, null, null, 2]])
  })

  it('[RE7] weeks begin on Monday, and those without a report are there too', () => {
    expect([weekOf('2026-03-01'), weekOf('2026-03-02'), weekOf('2024-02-29')]).toEqual(['2026-02-23', '2026-03-02', '2024-02-26'])
    expect(weeksOf({ from: '2026-02-04', to: '2026-02-23' })).toEqual(['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23'])
    const { weeks, challenges } = blockOf(composeReport(aReport(many(6, challenge))).tree, 'evolution')
    expect(weeks.map((week, at) => [week, challenges[at]?.count])).toEqual([['2026-02-02', 0], ['2026-02-09', 0], ['2026-02-16', 0], ['2026-02-23', 6]])
  })

  it.each(locales)('[RE7] in %s it says that the first and the last week count only their days within the period', async (locale) => {
    const within = { en: 'within the period', fr: 'compris dans la période', es: 'dentro del período', ar: 'ضمن الفترة', ru: 'входящие в период', zh: '时段内' }
    const words = await wordsIn(locale)
    expect(words.say({ say: 'report.note.weeks' })).toContain(within[locale])
    const before = many(6, (n) => challenge(n, { observedOn: n < 4 ? '2026-02-02' : '2026-02-05' }))
    expect(blockOf(composeReport(aReport([...before, ...many(6, (n) => challenge(n, { observedOn: '2026-02-06' }), 10)], { period: { from: '2026-02-04', to: '2026-02-28' } })).tree, 'evolution')).toMatchObject({ weeks: ['2026-02-02', '2026-02-09', '2026-02-16', '2026-02-23'], challenges: [{ count: 9 }, {}, {}, {}] })
  })

  it('[RE7] [RE501] a report of which only the month is known stands in no week, and how many do is said with the weeks and with the method', () => {
    const composed = (months: number) => composeReport(aReport([...many(6, challenge), ...many(months, (n) => challenge(n, { datePrecision: 'month', observedOn: '2026-02-01' }), 20)], { period: { from: '2026-02-01', to: '2026-03-01' } })).tree
    const said = (months: number) => saidIn(blockOf(composed(months), 'method')).find((one) => one.say === 'report.method.inNoWeek')?.with?.['reports']
    expect([said(0), said(7), said(2)]).toMatchObject([undefined, { figure: { count: 7 } }, { figure: { count: null } }])
    const { challenges, undated, topics } = blockOf(composed(7), 'evolution')
    expect([challenges.map(({ count }) => count), undated?.count, topics.cells.map((row) => row.map(({ count }) => count))]).toEqual([[0, 0, 0, 0, 6], 7, [[0, 0, 0, 0, 6]]])
    expect(blockOf(composed(0), 'evolution').undated).toBeUndefined()
  })

  it('[RE501] whether a week was silent in which such a report may lie is not said, nor anywhere in its area', () => {
    const { silence, evolution } = told([...many(6, (n) => challenge(n, { observedOn: '2026-03-10' })), ...many(5, (n) => challenge(n, { datePrecision: 'month', observedOn: '2026-02-01' }), 20)])
    expect(silence.weeks).toEqual(['2026-03-02', '2026-03-16'])
    expect(silence.coverage.byWeek.silent).toEqual([[false, false, false, false, false, true, false, true]])
    expect(evolution.challenges.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 6, 0])
  })

  it('[RE502] of a sensitive report no more than the month follows from the weeks: not from silent ones, nor from those without a number', () => {
    const { silence, evolution } = told([...many(6, (n) => challenge(n, { observedOn: '2026-03-10' })), challenge(20, { topic: 'PRO', observedOn: '2026-02-11' })])
    expect(silence.weeks).toEqual(['2026-03-02', '2026-03-16'])
    expect(silence.coverage.byWeek.silent).toEqual([[false, false, false, false, false, true, false, true]])
    expect(evolution.challenges.slice(0, 5).map(({ count }) => count)).toEqual([null, null, null, null, null])
    expect(evolution.topics.cells[evolution.topics.rows.indexOf('PRO')]?.slice(0, 5).map(({ count }) => count)).toEqual([null, null, null, null, null])
  })

  function told(entries: Parameters<typeof aReport>[0]) {
    const { tree } = composeReport(aReport(entries, { period: { from: '2026-01-31', to: '2026-03-22' } }))
    return { silence: blockOf(tree, 'silence'), evolution: blockOf(tree, 'evolution') }
  }

  it('[RE8] percentages are of reports, from thirty on, with their number beside', () => {
    const say = (count: number) => saidIn(blockOf(composeReport(aReport(many(count, (n) => challenge(n)))).tree, 'method')).filter(({ with: values = {} }) => Object.values(values).some(({ is }) => is === 'percent'))
    expect(say(29)).toEqual([])
    for (const { with: values = {} } of say(36)) expect(values['all']).toEqual({ is: 'number', number: 36 })
    expect(say(36).map((said) => said.say)).toContain('report.method.busiest')
  })

  it('[RE8] the five busiest did not write all where others wrote a two hundredth of it', () => {
    const entries = [...many(1200, (n) => challenge(n, {}, { author: n % 5 })), ...many(6, (n) => challenge(n, {}, { author: 5 + n }), 2000)]
    const shares = saidIn(blockOf(composeReport(aReport(entries)).tree, 'method')).flatMap(({ say, with: values = {} }) => (say === 'report.method.busiest' ? [values['share']] : []))
    expect(shares).toEqual([{ is: 'percent', share: 0.99 }])
  })

  it('[RE9] sums of people are of at least five reports that tell a number', () => {
    const told = (count: number) => blockOf(composeReport(aReport(many(count, (n) => action(n, { reached: 40, reachedUnit: 'people' })))).tree, 'keyFigures').tiles.find(({ label }) => label.say === 'report.tile.reached')?.value
    expect(told(5)).toMatchObject({ figure: { count: 200 } })
    expect(told(4)).toMatchObject({ figure: { count: null } })
  })

  it.each(locales)('[RE890] in %s a sum of people says of how many reports it is, and not where from that follows how few tell no number', async (locale) => {
    const words = await wordsIn(locale)
    const rests = (telling: number, silent: number, planned = 0) => {
      const entries = [...many(telling, (n) => action(n, { reached: 400, reachedUnit: 'people', volunteers: 30 })), ...many(silent, (n) => action(n, { reached: 'unknown' }), 100), ...many(planned, (n) => action(n, { status: 'planned' }), 200)]
      return blockOf(composeReport(aReport(entries)).tree, 'keyFigures').tiles.flatMap(({ rests: one }) => (one === undefined ? [] : [words.say(one)]))
    }
    expect(rests(12, 0).map((text) => /12|١٢/.test(text))).toEqual([true, true])
    expect(rests(12, 7, 9).map((text) => /12|١٢/.test(text))).toEqual([true, true])
    const some = words.value({ is: 'figure', figure: { id: 'x', count: null, sample: [] }, unit: 'reports' })
    for (const text of [...rests(12, 3), ...rests(12, 3, 9), ...rests(12, 0, 2), ...rests(4, 9)]) expect(text).toContain(some)
    expect(rests(0, 9)).toEqual([])
  })

  it('[RE830] what is only planned has reached nobody, also where its status was corrected beside a number', () => {
    const planned = (n: number) => action(n, { status: 'planned', reached: 900, reachedUnit: 'people' })
    const corrected = (n: number) => {
      const entry = action(n, { reached: 900, reachedUnit: 'people' })
      const corrections = { status: { value: 'planned', change: 'c', memberId: 'ruth' } } as never
      return { ...entry, corrections, approved: entry.approved === null ? null : { ...entry.approved, corrections } }
    }
    const reached = (entries: Parameters<typeof aReport>[0]) => blockOf(composeReport(aReport(entries)).tree, 'keyFigures').tiles.find(({ label }) => label.say === 'report.tile.reached')?.value
    const under = many(6, (n) => action(n, { reached: 40, reachedUnit: 'people' }))
    expect(reached([...under, planned(20), corrected(21)])).toMatchObject({ figure: { count: 240 } })
    expect(reached(many(6, planned))).toEqual({ is: 'untold' })
    // Nor has anybody taken part in it yet.
    const volunteers = (entries: Parameters<typeof aReport>[0]) => blockOf(composeReport(aReport(entries)).tree, 'keyFigures').tiles.find(({ label }) => label.say === 'report.tile.volunteers')?.value
    expect(volunteers([...many(6, (n) => action(n, { volunteers: 10 })), ...many(6, (n) => action(n, { status: 'planned', volunteers: 500 }), 20)])).toMatchObject({ figure: { count: 60 } })
  })

  it.each(locales)('[RE893] in %s topics, groups and areas in a row are told apart though their names have commas', async (locale) => {
    const words = await wordsIn(locale)
    const mark = { fr: '\u00a0; ', ar: '؛ ', zh: '；' }[locale as string] ?? '; '
    expect(words.value({ is: 'topics', topics: ['INF', 'LIV', 'WSH'] })).toBe(['INF', 'LIV', 'WSH'].map(words.topic).join(mark))
    expect(words.value({ is: 'groups', groups: ['WOM', 'CHI'] })).toBe(['WOM', 'CHI'].map(words.group).join(mark))
    const areas = ['Ouest', 'Sud'].map((name) => ({ country: 'HTI', code: null, name }))
    expect(words.value({ is: 'areas', areas })).toBe(areas.map(words.area).join(mark))
    // Names without commas are a list of the language.
    const countries = ['HTI', 'MLI'].map((country) => ({ country, code: null, name: null, isWhole: true as const }))
    expect(words.value({ is: 'areas', areas: countries })).toBe(words.list(countries.map(words.area)))
  })

  it.each(locales)('[RE66] in %s the method names the word that stands in the tables for a number that is not shown', async (locale) => {
    const words = await wordsIn(locale)
    expect(words.say({ say: 'report.method.smallCells' })).toContain(words.say({ say: 'report.some' }))
  })

  it.each(locales)('[RE158] in %s what is named most is not said to stand in most reports, and authors without a named organisation are not zero organisations', async (locale) => {
    const words = await wordsIn(locale)
    const asked = (from: number, need: string) => many(6, (n) => challenge(from + n, { need: [need] } as never))
    const { tree } = composeReport({ ...aReport([...asked(0, 'water'), challenge(6, { need: ['water'] } as never), ...asked(20, 'food'), ...asked(40, 'school')]), organisations: new Map() })
    // Seven of nineteen: more than all others, and not most.
    const sentence = blockOf(tree, 'highlights').sentences.map(({ text }) => text).find(({ say }) => say === 'report.highlight.need')
    const text = sentence === undefined ? '' : words.say(sentence)
    expect(text).toMatch(/7|٧|سبعة/)
    expect(text).not.toMatch(/[0٠]|in most|plupart|mayoría|معظم|большинств|大多数/)
    expect(blockOf(tree, 'keyFigures').tiles[2]?.value).toMatchObject({ figure: { count: 0, sample: [] } })
    expect(words.say({ say: 'report.method.whoText', with: blockOf(tree, 'method').lines.find(({ label }) => label.say === 'report.method.who')?.text[0]?.with ?? {} })).not.toMatch(/(?<!\d)[0٠]/)
  })

  it.each(locales)('[RE95] in %s a sum that no report tells is said to be told by none, not to be zero, and no sentence may say it', async (locale) => {
    const words = await wordsIn(locale)
    const { tree } = composeReport(aReport([...many(6, (n) => challenge(n)), ...many(6, (n) => action(n, { reached: 'unknown' }))]))
    const value = (label: string) => blockOf(tree, 'keyFigures').tiles.find((tile) => tile.label.say === label)?.value
    expect([value('report.tile.reached'), value('report.tile.volunteers')]).toEqual([{ is: 'untold' }, { is: 'untold' }])
    expect(words.value({ is: 'untold' })).not.toMatch(/\d|^$/)
    expect(insertableNumbers(tree, words).map(({ id }) => id)).not.toContain('reached')
    const zero = composeReport(aReport(many(6, (n) => action(n, { reached: 0, reachedUnit: 'people' })))).tree
    expect(blockOf(zero, 'keyFigures').tiles.find((tile) => tile.label.say === 'report.tile.reached')?.value).toMatchObject({ figure: { count: 0 } })
  })
})

describe('what a report says', () => {
  it.each(locales)('[RE10] everything that a tree says can be said in %s, numbers that are not shown as well', async (locale) => {
    const words = await wordsIn(locale)
    for (const seed of [3, 4, 5]) {
      const { tree } = composeReport(madeCampaign(seed).input)
      for (const said of saidIn(tree)) expect(words.say(said)).not.toMatch(/\{|undefined/)
    }
  })

  it.each(locales)('[RE11] in %s the standing sentence is in every report, an empty one too', async (locale) => {
    const words = await wordsIn(locale)
    for (const entries of [[], many(6, challenge)]) {
      const { text } = blockOf(composeReport(aReport(entries)).tree, 'standing')
      expect(words.say(text).length).toBeGreaterThan(60)
    }
  })

  it('[RE10] a theme has the name that the campaign gave it', async () => {
    const messagesOf = await wordsIn('en', [{ code: 'EDU', names: { en: 'Schools' } }])
    expect(messagesOf.value({ is: 'topic', topic: 'EDU' })).toBe('Schools')
    expect(messagesOf.area({ country: 'HTI', code: null, name: null })).toBe('Haiti, region not named')
  })
})

describe('what a report does not know', () => {
  const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT09', name: 'Nord-Ouest', country: 'HTI' }]
  const campaign = { name: 'H', countries: ['HTI'], areas, topics: [{ code: 'EDU' }, { code: 'HEA' }], defaultSensitivity: 'moderate' as const }

  it('[RE12] areas, groups, themes and weeks from which nothing came are named, by area as well', () => {
    const { tree } = composeReport(aReport(many(6, (n) => challenge(n, { adm1Code: 'HT01', focusGroup: ['OLD'] })), { campaign }))
    const silence = blockOf(tree, 'silence')
    expect([silence.areas.map(({ name }) => name), silence.topics, silence.weeks]).toEqual([['Nord-Ouest'], ['HEA'], ['2026-02-02', '2026-02-09', '2026-02-16']])
    expect(silence.groups).toContain('WOM')
    expect(silence.groups).not.toContain('OLD')
    expect(silence.coverage.byTopic).toEqual({ columns: ['EDU', 'HEA'], silent: [[false, true], [true, true]] })
    expect(silence.coverage.byWeek.silent[0]).toEqual([true, true, true, false])
  })

  it('[RE12] groups that are never named are not called silent either', () => {
    const { groups, coverage } = blockOf(composeReport(aReport([])).tree, 'silence')
    expect([...groups, ...coverage.byGroup.columns].filter((group) => group === 'LGB' || group === 'DET')).toEqual([])
  })

  it('[RE13] without a list of areas it says that nobody can tell from where reports are missing', () => {
    const lines = blockOf(composeReport(aReport(many(6, challenge))).tree, 'silence').lines.map(({ say }) => say)
    expect(lines).toContain('report.silence.noList')
    expect(lines).toContain('report.silence.meaning')
  })

  it('[RE791] a country from which nobody reports is named as that, and of reports whose region is not named it is not said that they give none', async () => {
    const { area } = await wordsIn('en')
    const report = aReport([...many(6, (n) => challenge(n, { adm1Name: `Village ${n}` }))])
    const { tree } = composeReport({ ...report, campaign: { ...report.campaign, countries: ['HTI', 'MLI'], areas: [] } })
    expect(blockOf(tree, 'map').areas.map((one) => area(one.area))).toEqual(['Haiti, region not named', 'Mali'])
    const silent = JSON.stringify(blockOf(tree, 'silence').lines)
    expect([silent.includes('"MLI"'), silent.includes('"HTI"'), silent.includes('"isWhole":true')]).toEqual([true, false, true])
  })

  it('[RE14] what is withheld is counted, from five on, and so are translations and what only counts', () => {
    const severe = many(5, (n) => challenge(n, {}, { sensitivity: 'severe' }), 50)
    const high = many(6, (n) => challenge(n, {}, { sensitivity: 'high' }), 60)
    const figure = (entries: Parameters<typeof aReport>[0], id: string) => figuresIn(composeReport(aReport(entries)).tree).find((one) => one.id === id)?.count
    expect([figure(severe, 'withheld'), figure(severe.slice(1), 'withheld'), figure([], 'withheld')]).toEqual([5, null, 0])
    expect([figure([...severe, ...high], 'onlyCounted'), figure([...severe, ...high], 'challenges')]).toEqual([6, 6])
    const translated = many(5, (n) => withTranslation(challenge(n)))
    expect(figure(translated, 'translated')).toBe(5)
  })
})

function withTranslation(entry: ReturnType<typeof entryWith>) {
  const corrections = { descriptionEn: { value: { text: 'The school is closed.' }, change: 't', memberId: 'ruth' } }
  return { ...entry, approved: entry.approved === null ? null : { ...entry.approved, corrections } } as unknown as typeof entry
}
