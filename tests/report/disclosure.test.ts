import { describe, expect, it } from 'vitest'
import { reportSource } from '#domain/disclosure.ts'
import { isSmall } from '#domain/small-cells.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { picturedIn } from '#report/as-of-today.ts'
import { composeReport, refsIn } from '#report/compose.ts'
import type { CrossTable, Figure, ReportTree } from '#report/tree.ts'
import { sumsTo } from '../support/count-attack.ts'
import { aChallenge } from '../support/contents.ts'
import { aReport, blockOf, figuresIn } from '../support/report-blocks.ts'
import { dice, entryWith, madeCampaign } from '../support/report-campaign.ts'

const campaigns = process.env['TERRAIN_TEST'] === 'deep' ? 2000 : 200
const seeds = Array.from({ length: campaigns }, (_, seed) => seed)

describe('what a report tells of its entries', () => {
  const looked = seeds.map(lookAt)
  const all = (what: 'leaked' | 'small' | 'guessed') => looked.flatMap((look) => look[what])

  it(`[RE20] [RE21] [RE22] no tree of ${campaigns} campaigns holds a point, a place, a name, a quotation or photo without consent, or the ref of what is only counted`, () => {
    expect(all('leaked')).toEqual([])
    // What may be shown is: words that people agreed to, and refs that anybody may open.
    expect(looked.filter(({ isQuoting }) => isQuoting).length).toBeGreaterThan(campaigns / 10)
    expect(looked.filter(({ isPicturing }) => isPicturing).length).toBeGreaterThan(campaigns / 10)
    expect(looked.filter(({ isNaming }) => isNaming).length).toBeGreaterThan(campaigns / 2)
  })

  it(`[RE23] no number of ${campaigns} campaigns is one of one to four`, () => {
    expect(all('small')).toEqual([])
  })

  it(`[RE24] whoever adds up rows, columns and lists of ${campaigns} campaigns finds more than one number for each small cell`, () => {
    expect(all('guessed')).toEqual([])
  })

  it('[RE117] an empty cell that is held back to protect a small one is not told by its steps', () => {
    const reports = ([[6, 'EDU', 'HT01'], [3, 'HEA', 'HT01'], [10, 'HEA', 'HT02']] as const).flatMap(([count, topic, adm1Code], part) =>
      Array.from({ length: count }, (_, n) => entryWith(100 * part + n, { ref: `C-${String(100 * part + n).padStart(6, '0')}`, author: n, content: aChallenge({ topic, adm1Code }) })))
    const areas = [{ code: 'HT01', name: 'Ouest', country: 'HTI' }, { code: 'HT02', name: 'Sud', country: 'HTI' }]
    const { tree, evidence } = composeReport(aReport(reports, { campaign: { name: 'Haiti', countries: ['HTI'], areas, defaultSensitivity: 'moderate' } }))
    // Topics are 6 and 13, areas 9 and 10: whoever knew that of the first topic nothing is from the second area had the three.
    const { gaps } = blockOf(tree, 'mobilization')
    expect(gaps.cells.flat().map(({ total }) => [total.count, evidence.get(total.id)?.length])).toEqual([[null, 6], [null, 0], [null, 3], [null, 10]])
    expect(gaps.cells.flat().flatMap(({ steps }) => steps.map(({ reports: { count } }) => count))).toEqual(Array.from({ length: 16 }, () => null))
    expect(tablesIn(tree, (figure) => evidence.get(figure.id)?.length ?? 0).flatMap((table) => guessedIn(table, (figure) => evidence.get(figure.id)?.length ?? 0))).toEqual([])
    expect(blockOf(tree, 'silence').coverage.byTopic.silent.map((line) => line.slice(0, 2))).not.toContain(true)
  })

  it('[RE2] a report does not depend on the order in which its entries were read', () => {
    for (const seed of [1, 2, 3]) {
      const { input } = madeCampaign(seed)
      const roll = dice(seed)
      const shuffled = [...input.entries].map((entry) => [roll(), entry] as const).toSorted(([one], [other]) => one - other).map(([, entry]) => entry)
      expect(composeReport({ ...input, entries: shuffled }).tree).toEqual(composeReport(input).tree)
    }
  })
})

/** One campaign after the other, and nothing of it is kept but what was found. */
function lookAt(seed: number) {
  const { input, secrets } = madeCampaign(seed)
  const { tree, evidence } = composeReport(input)
  const text = JSON.stringify(tree)
  // What stands in no week is told of both kinds together, and attacked for each.
  const undated = { challenge: 0, action: 0 }
  for (const { content } of evidence.get('week/none') ?? []) undated[content.kind] += 1
  const size = (figure: Figure) => (figure.id in undated ? undated[figure.id as keyof typeof undated] : (evidence.get(figure.id)?.length ?? 0))
  const closed = [...input.entries].flatMap((entry) => (reportSource(entry, input.campaign.defaultSensitivity)?.standing === 'open' ? [] : [String(entry.ref)]))
  const shownPhotos = new Set([...input.entries].flatMap((entry) => (reportSource(entry, input.campaign.defaultSensitivity)?.standing === 'open' ? photosOf(entry) : [])))
  const closedPhotos = [...input.entries].flatMap(photosOf).filter((photo) => !shownPhotos.has(photo))
  const found = (what: readonly string[]) => what.map((one) => `campaign ${seed}: ${one}`)
  return {
    leaked: found([...secrets.words, ...secrets.refs, ...closed, ...closedPhotos].filter((secret) => text.includes(secret))),
    small: found(figuresIn(tree).filter(({ id, count }) => count !== null && isSmall(count) && id !== 'areas').map(({ id }) => id)),
    guessed: found(tablesIn(tree, size).flatMap((table) => guessedIn(table, size))),
    isQuoting: text.includes('We have not eaten since yesterday.'), isNaming: refsIn(tree).size > 0, isPicturing: picturedIn(tree).length > 0,
  }
}

const photosOf = ({ content, approved }: EntryState) => [content, ...(approved === null ? [] : [approved.content])].flatMap(({ photos = [] }) => photos.map(({ sha256 }) => String(sha256)))

interface AttackedTable {
  readonly name: string
  readonly cells: readonly (readonly Figure[])[]
  readonly rowTotals: readonly (number | null)[]
  readonly columnTotals: readonly (number | null)[]
}

/** Every table and list of a report with the totals that a reader finds elsewhere in it. */
function tablesIn(tree: ReportTree, size: (figure: Figure) => number): readonly AttackedTable[] {
  const block = <Name extends Parameters<typeof blockOf>[1]>(name: Name) => blockOf(tree, name)
  const truth = (figure: Figure) => ({ count: size(figure) })
  const cover = blockOf(tree, 'cover')
  const challenges = blockOf(tree, 'challenges')
  const mobilization = blockOf(tree, 'mobilization')
  const evolution = blockOf(tree, 'evolution')
  const map = blockOf(tree, 'map')
  const topicTotals = (rows: readonly string[]) => rows.map((topic) => challenges.topics.find(({ code }) => code === topic)?.reports.count ?? null)
  const line = (name: string, cells: readonly Figure[], total: number | null): AttackedTable => ({ name, cells: [cells], rowTotals: [total], columnTotals: cells.map(() => null) })
  const cross = (name: string, { rows, cells }: CrossTable, columnTotals: readonly (number | null)[]): AttackedTable => ({ name, cells, rowTotals: topicTotals(rows), columnTotals })
  // Whoever sees how far all challenges of a cell are answered has the cell.
  const gaps = mobilization.gaps.cells.map((row) => row.map(({ total, steps }) => ({ ...total, count: total.count ?? sumOf(steps.map(({ reports }) => reports)) })))
  return [
    line('topics', challenges.topics.map(({ reports }) => reports), cover.challenges.count), line('actions', mobilization.topics.map(({ reports }) => reports), cover.actions.count),
    line('areas', map.areas.map((area) => area.challenges), cover.challenges.count), line('areas of actions', map.areas.map((area) => area.actions), cover.actions.count),
    weeksOfBoth(evolution, cover),
    cross('severity', challenges.severity, challenges.severity.columns.map(() => null)), weeksByTopic(cross, evolution, cover.challenges.count),
    { name: 'gaps', cells: gaps, rowTotals: topicTotals(mobilization.gaps.topics), columnTotals: map.areas.map((area) => area.challenges.count) },
    // Lists of both kinds add up to both totals, and a report mostly stands once in a list where it may stand twice.
    line('sources', block('method').sources.map(({ reports }) => reports), sumOf([cover.challenges, cover.actions])), kinds(block('method').sources.map(({ reports }) => reports), [cover.challenges, cover.actions]),
    line('needs', challenges.needs.map(({ reports }) => reports), known(sumOf(challenges.needs.map(({ reports }) => truth(reports))))),
    ...challenges.groups.cells.map((cells, r) => line('groups', cells, topicTotals(challenges.groups.rows)[r] === null ? null : sumOf(cells.map(truth)))),
    ...mobilization.gaps.cells.flatMap((row) => row.map(({ total, steps }) => line('steps', steps.map(({ reports }) => reports), total.count))),
  ]
}

type Evolution = ReturnType<typeof blockOf<'evolution'>>

const unseen = (id: string): Figure => ({ id, count: null, sample: [] })

/** Weeks of both kinds, with what stands in none: of that a reader knows the sum. */
function weeksOfBoth({ challenges, actions, undated }: Evolution, cover: ReturnType<typeof blockOf<'cover'>>): AttackedTable {
  const columnTotals = [...challenges.map(() => null), ...(undated === undefined ? [] : [undated.count])]
  const withUndated = (cells: readonly Figure[], kind: string) => [...cells, ...(undated === undefined ? [] : [unseen(kind)])]
  return { name: 'weeks', cells: [withUndated(challenges, 'challenge'), withUndated(actions, 'action')], rowTotals: [cover.challenges.count, cover.actions.count], columnTotals }
}

/** Where every week has a number, what stands in none follows from the whole. */
function weeksByTopic(cross: (name: string, table: CrossTable, columnTotals: readonly (number | null)[]) => AttackedTable, { topics, challenges, undated }: Evolution, all: number | null): AttackedTable {
  const weeks = challenges.map(({ count }) => count)
  if (undated === undefined) return cross('weeks and topics', topics, weeks)
  const inWeeks = sumOf(challenges)
  return cross('weeks and topics', { ...topics, cells: topics.cells.map((cells, r) => [...cells, unseen(`week/topic/${topics.rows[r] ?? ''}/`)]) }, [...weeks, inWeeks === null || all === null ? null : all - inWeeks])
}

/** The small cells of a table of which an attacker finds the one number that they can have. */
function guessedIn({ name, cells, rowTotals, columnTotals }: AttackedTable, truth: (figure: Figure) => number): readonly string[] {
  const shown = cells.map((line) => line.map(({ count }) => count))
  const small = cells.flatMap((row, r) => row.flatMap((figure, c) => (isSmall(truth(figure)) ? [{ r, c, id: `${name} ${figure.id}` }] : [])))
  return small.flatMap(({ r, c, id }) => (sumsTo(shown, { rowTotals, columnTotals }, [r, c], 2).length > 1 ? [] : [id]))
}

/** What is shown of a sum: nothing, when one of its parts is not. */
function sumOf(parts: readonly { readonly count: number | null }[]): number | null {
  return parts.reduce<number | null>((sum, { count }) => (sum === null || count === null ? null : sum + count), 0)
}

/** A sum that is small itself stands nowhere. */
function known(sum: number | null): number | null {
  return sum === null || isSmall(sum) ? null : sum
}

/** Whether a kind that is not shown follows from a list in which every number is. */
function kinds(list: readonly Figure[], both: readonly Figure[]): AttackedTable {
  return { name: 'kinds', cells: [both], rowTotals: [sumOf(list)], columnTotals: both.map(() => null) }
}
