import type { FileChild, Paragraph } from 'docx'
import { gapSteps } from '#chart/gap-bar.ts'
import { coverFacts } from '#report/cover-facts.ts'
import { coverage, crossTable, ranking, silentWeeks } from '#report/document/tables.ts'
import { evidenceColumns } from '#report/evidence-rows.ts'
import { photograph } from '#report/document/photograph.ts'
import { bookmarked, ink, sentenceAnchor } from '#report/document/writing.ts'
import type { Writing } from '#report/document/writing.ts'
import { goalsIn } from '#report/goals.ts'
import { inNoWeekLine } from '#report/report-drawings.ts'
import { figuresOf } from '#report/sentence-figures.ts'
import type { AnnexBlock, Block, ChallengesBlock, ComposedFinding, ConsequencesBlock, CoverBlock, EvolutionBlock, HighlightsBlock, KeyFiguresBlock, MethodBlock, MobilizationBlock, Quotation, RumoursBlock, Said, SilenceBlock } from '#report/tree.ts'
import { questions } from '#report/tree.ts'

/** What a block is in a document; the map and the weeks are pictures, which the caller has. */
export function blockParts(writing: Writing, block: Block, pictureOf: (block: 'map' | 'evolution') => readonly FileChild[]): readonly FileChild[] {
  const { paragraph, heading, say, run, note } = writing
  switch (block.block) {
    case 'cover':
      return cover(writing, block)
    case 'standing':
      return [paragraph([run(say(block.text), { italics: writing.words.locale !== 'ar', color: ink.quiet })])]
    case 'highlights':
      return highlights(writing, block)
    case 'keyFigures':
      return keyFigures(writing, block)
    case 'map':
      return block.areas.length === 0 ? [] : [heading(say('report.block.map'), 2), ...pictureOf('map'), note(say(block.disclaimer))]
    case 'challenges':
      return challenges(writing, block)
    case 'mobilization':
      return mobilization(writing, block)
    case 'consequences':
      return consequences(writing, block)
    case 'evolution':
      return evolution(writing, block, pictureOf('evolution'))
    case 'rumours':
      return rumours(writing, block)
    case 'method':
      return method(writing, block)
    case 'silence':
      return silence(writing, block)
    case 'annex':
      return annex(writing, block)
  }
}

function cover({ words, heading, say, cell, table, paragraph }: Writing, block: CoverBlock): readonly FileChild[] {
  return [
    heading(block.campaign, 1),
    table(coverFacts(words, block).map(([label, text]) => [cell(say(label), { color: ink.quiet, width: 25 }), cell(text, { bold: true, width: 75 })]), { hasHead: false }),
    paragraph(block.challenges.count === 0 && block.actions.count === 0 ? say('report.page.empty') : ''),
  ]
}

function highlights({ heading, say, paragraph, run, basis, note }: Writing, { sentences, beside }: HighlightsBlock): readonly FileChild[] {
  const numbered = { numbering: { reference: 'numbers', level: 0 } }
  const sentence = ({ text, figure }: HighlightsBlock['sentences'][number], options = {}): Paragraph => paragraph([run(say(text)), ...basis(figure)], options)
  if (sentences.length + (beside ?? []).length === 0) return []
  if (beside === undefined) return [heading(say('report.block.highlights'), 2), ...sentences.map((one) => sentence(one, numbered))]
  return [heading(say('report.block.highlights'), 2), ...questions.flatMap((number) => [
    paragraph([run(say(`report.question.${number}`), { bold: true })], { ...numbered, keepNext: true }),
    ...sentences.filter(({ question: of }) => of === number).map((one) => sentence(one, { indent: { start: 480 } })),
    ...beside.filter(({ question: of }) => of === number).map(({ text }) => note(say(text))),
  ])]
}

function keyFigures({ words, heading, say, cell, table, paragraph, run, basis, count }: Writing, { tiles }: KeyFiguresBlock): readonly FileChild[] {
  const tile = ({ value, label, limit, rests }: KeyFiguresBlock['tiles'][number]) => cell([
    paragraph([run(value.is === 'figure' ? (value.figure.count === 0 ? words.number(0) : count(value.figure, value.unit)) : words.value(value), { bold: true, size: 44 })], { spacing: { after: 0 } }),
    paragraph([run(say(label), { bold: true })], { spacing: { after: 0 } }), paragraph([run(words.sentences([limit, ...(rests === undefined ? [] : [rests])].map(say)), { size: 17, color: ink.quiet })], { spacing: { after: 0 } }),
    ...(value.is === 'figure' ? [paragraph(basis(value.figure, ['reports', 'challenges', 'actions'].includes(value.unit)), { spacing: { after: 60 } })] : []),
  ], { width: 33 })
  const rows = [tiles.slice(0, 3), tiles.slice(3)].filter((row) => row.length > 0)
  return [heading(say('report.block.keyFigures'), 2), table(rows.map((row) => row.map(tile)), { hasHead: false })]
}

function question({ heading, say, note }: Writing, number: number, said: Said): readonly FileChild[] {
  return [note(say({ say: 'report.page.question', with: { number: { is: 'number', number } } }), true), heading(say(said), 2)]
}

function challenges(writing: Writing, block: ChallengesBlock): readonly FileChild[] {
  const { words } = writing
  const told = block.themes.filter(({ findings, quotations }) => findings.length + quotations.length > 0)
  return [
    ...question(writing, 1, block.question), ...(block.topics.length > 0 ? [] : [writing.paragraph(writing.say('report.nothing.1'))]), ...ranking(writing, 'report.head.topics', block.topics, ink.challenge),
    ...crossTable(writing, block.severity, { head: 'report.head.severity', row: words.topic, column: (level) => `${level} ${words.label('severity', level)}` }),
    ...crossTable(writing, block.groups, { head: 'report.head.groups', row: words.topic, column: words.group }), ...(block.topics.length === 0 ? [] : [writing.note(writing.say('report.note.cells'))]),
    ...ranking(writing, 'report.head.needs', block.needs, ink.challenge), ...ranking(writing, 'report.head.causes', block.causes, ink.challenge),
    ...block.findings.flatMap((one) => finding(writing, one)),
    ...told.flatMap(({ topic, findings, quotations }) => [writing.heading(words.topic(topic), 3), ...findings.flatMap((one) => finding(writing, one)), ...quotations.flatMap((one) => quotation(writing, one))]),
  ]
}

function finding(writing: Writing, { sentences, confidence, lowered, quotations, photos = [], against, since }: ComposedFinding): readonly Paragraph[] {
  const { words, paragraph, spoken, run, refLinks, say, note } = writing
  return [
    ...(since === 'new' || since === 'changed' ? [note(say(`report.since.${since}`), true)] : []),
    ...sentences.map(({ id, parts, lang, refs, sensitive, unsupported }) => spoken(words.written({ parts, lang }), { anchor: sentenceAnchor(id), behind: [
      ...refLinks(refs), ...figuresOf(parts).flatMap((part) => writing.basis(part, part.isOfEntries)),
      ...(sensitive === null ? [] : [run(` ${say({ say: 'report.sensitive', with: { reports: { is: 'figure', figure: sensitive, unit: 'reports' } } })}`, { size: 18, color: ink.quiet })]),
      ...(unsupported ? [run(` ${say('report.unsupported')}`, { size: 18, color: 'A0203A' })] : []),
    ] })),
    ...quotations.flatMap((one) => quotation(writing, one)), ...photos.flatMap((one) => photograph(writing, one)),
    ...(confidence === null ? [] : [note([say(`report.confidence.${confidence}`), ...(lowered ? [say('report.confidence.lowered')] : [])].join(' · '))]),
    ...(against.length === 0 ? [] : [paragraph([run(say('report.against'), { size: 18 }), ...refLinks(against)])]),
  ]
}

function quotation(writing: Writing, { text, role, area, month, lang, ref }: Quotation): readonly Paragraph[] {
  const { words, paragraph, run, refLink } = writing
  const by = words.commas([...(role === null ? [] : [words.label('quoteRole', role)]), ...words.from({ area, month }), ...(area === null ? [] : [words.language(lang)])])
  return [writing.spoken(text === '' ? writing.say('report.issue.quoteGone') : text, { size: 24, indent: { start: 400 }, keepNext: true, spacing: { after: 40 } }), paragraph([run(`${by} `, { size: 18, color: ink.quiet }), refLink(ref)], { indent: { start: 400 } })]
}

function mobilization(writing: Writing, block: MobilizationBlock): readonly FileChild[] {
  const of = (head: Parameters<typeof ranking>[1], rows: Parameters<typeof ranking>[2]) => ranking(writing, head, rows, ink.action)
  return [
    ...question(writing, 2, block.question), ...(block.topics.length > 0 ? [] : [writing.paragraph(writing.say('report.nothing.2'))]), ...of('report.head.actionTypes', block.types), ...of('report.head.organisationTypes', block.organisationTypes), ...of('report.head.actionTopics', block.topics),
    ...of('report.head.novelty', block.novelty), ...of('report.head.status', block.status), ...of('report.head.resources', block.resources), ...of('report.head.works', block.works),
    ...gaps(writing, block.gaps), ...ranking(writing, 'report.head.responseSeen', block.responseSeen, ink.challenge), ...block.findings.flatMap((one) => finding(writing, one)),
  ]
}

/**
 * A line for each topic and area with reports, and how far it is answered; where the number is not shown, that is said and nothing more. As on
 * the page, areas of which no number is shown are left out.
 */
function gaps({ words, caption, say, cell, count, table }: Writing, { topics, areas, cells }: MobilizationBlock['gaps']): readonly FileChild[] {
  const hasNumber = areas.map((_, c) => cells.some((row) => (row[c]?.total.count ?? 0) > 0))
  const lines = topics.flatMap((topic, r) => areas.flatMap((area, c) => {
    const found = cells[r]?.[c]
    if (found === undefined || hasNumber[c] !== true || found.total.count === 0) return []
    if (found.total.count === null) return [[cell(words.topic(topic), { width: 25 }), cell(words.area(area), { width: 21 }), cell(count(found.total), { color: ink.quiet, align: 'center' }), ...gapSteps.map(() => cell(''))]]
    const steps = gapSteps.map((step) => found.steps.find((one) => one.step === step)?.reports)
    return [[cell(words.topic(topic), { width: 25 }), cell(words.area(area), { width: 21 }), cell(count(found.total), { bold: true, align: 'center' }), ...steps.map((figure) => cell(figure === undefined ? '–' : count(figure), { align: 'center' }))]]
  }))
  const heads = [...(['report.column.topic', 'report.column.area'] as const).map((key) => cell(say(key), { color: ink.quiet })), cell(say('report.column.reports'), gapHead), ...gapSteps.map((step) => cell(say(`report.step.${step}`), gapHead))]
  return lines.length === 0 ? [] : [caption(say('report.head.gaps')), table([heads, ...lines])]
}

const gapHead = { color: ink.quiet, align: 'center', size: 16, margin: 20 } as const

function consequences(writing: Writing, block: ConsequencesBlock): readonly FileChild[] {
  const { words, paragraph, run, say, basis, caption, cell, table } = writing
  const heads = (['report.column.priority', 'report.column.programme', 'report.column.horizon', 'report.column.who'] as const).map((key) => cell(say(key), { color: ink.quiet }))
  const priorities = block.priorities.map((row) => [
    cell([...finding(writing, row), ...(row.founded ? [] : [writing.note(say('report.priority.unfounded'))])], { width: 50 }),
    cell([words.label('unescoProgramme', row.programme), ...(row.sdgs.length === 0 ? [] : [goalsIn(words, row)])].join(' · ')), cell(words.label('horizon', row.horizon)), cell(words.phrases(row.addressees.map((code) => words.label('addressee', code)))),
  ])
  return [
    ...question(writing, 3, block.question), ...(block.consequences.length > 0 ? [] : [paragraph(say('report.nothing.3'))]), ...ranking(writing, 'report.head.consequences', block.consequences, ink.challenge),
    ...(block.lessons.count === 0 ? [] : [paragraph([run(say({ say: 'report.lessons', with: { reports: { is: 'figure', figure: block.lessons, unit: 'reports' } } })), ...basis(block.lessons)])]),
    ...block.findings.flatMap((one) => finding(writing, one)), ...(priorities.length === 0 ? [] : [caption(say('report.block.priorities')), table([heads, ...priorities])]),
  ]
}

function evolution(writing: Writing, block: EvolutionBlock, weeks: readonly FileChild[]): readonly FileChild[] {
  const { trends, changes } = block
  const { words, heading, caption, say, note, paragraph } = writing
  return [
    heading(say('report.block.evolution'), 2), caption(say('report.head.weeks')), ...weeks, note(words.sentences([{ say: 'report.note.weeks' } as const, ...inNoWeekLine(block)].map(say))), ...ranking(writing, 'report.head.trends', trends, ink.challenge),
    ...(changes.length === 0 ? [] : [caption(say('report.head.changes')), ...changes.map((change) => paragraph(say(change), { bullet: { level: 0 } }))]),
  ]
}

function rumours(writing: Writing, { note: text, total, topics }: RumoursBlock): readonly FileChild[] {
  if (total.count === 0) return []
  const { heading, say, paragraph, run } = writing
  return [heading(say('report.block.rumours'), 2), paragraph(say(text)), paragraph([run(writing.words.value({ is: 'figure', figure: total, unit: 'reports' }), { bold: true })]), ...ranking(writing, 'report.head.rumourTopics', topics, ink.quiet)]
}

function method(writing: Writing, { lines, sources, languages }: MethodBlock): readonly FileChild[] {
  const { words, heading, say, cell, table, caption } = writing
  return [
    heading(say('report.block.method'), 2), table(lines.map(({ label, text }) => [cell(say(label), { color: ink.quiet, width: 25 }), cell(words.sentences(text.map(say)), { width: 75 })]), { hasHead: false }),
    ...ranking(writing, 'report.head.sources', sources, ink.quiet),
    ...(languages.length === 0 ? [] : [caption(say('report.head.languages')), table(languages.map(({ lang, reports }) => [cell(words.language(lang)), cell(words.value({ is: 'figure', figure: reports, unit: 'reports' }), { align: 'end' })]), { hasHead: false })]),
  ]
}

function silence(writing: Writing, { lines, coverage: covered }: SilenceBlock): readonly FileChild[] {
  const { words, heading, say, paragraph } = writing
  const rows = covered.areas.map(words.area)
  return [
    heading(say('report.block.silence'), 2), ...lines.map((line) => paragraph(say(line), { bullet: { level: 0 } })),
    ...coverage(writing, covered.byTopic, { head: 'report.head.silentTopics', rows, column: words.topic }),
    ...coverage(writing, covered.byGroup, { head: 'report.head.silentGroups', rows, column: words.group }),
    // Weeks in which nothing was heard anywhere are only counted above, so that here each area has all of its own.
    ...silentWeeks(writing, covered.byWeek, rows),
  ]
}

/** In hundredths, each with room for the longest word that mostly stands in it in any of the six languages: narrower ones part words in the middle. */
const evidenceWidths = [9, 10, 10, 13, 14, 9, 13, 11, 11].map((width) => ({ width, size: 16, margin: 40 }))

function annex({ words, heading, say, paragraph, cell, table, run }: Writing, { note, rows }: AnnexBlock): readonly FileChild[] {
  return [heading(say('report.block.annex'), 2), paragraph(say(note)), ...(rows.length === 0 ? [] : [table([
    evidenceColumns.map((key, at) => cell(say(key), { color: ink.quiet, ...evidenceWidths[at] })),
    ...rows.map(({ ref, kind, month, area, topic, severity, source, grade, hash }) => [
      cell([paragraph([bookmarked(ref, run(ref, { size: 16, font: 'Consolas', rightToLeft: false }))], { spacing: { after: 0 } })], evidenceWidths[0]),
      ...[words.label('kind', kind), words.month(month), words.area(area), words.topic(topic), severity === null ? '–' : words.number(severity), words.label('sourceType', source), grade ?? '–', hash?.slice(0, 10) ?? '–'].map((text, at) => cell(text, evidenceWidths[at + 1])),
    ]),
  ])])]
}
