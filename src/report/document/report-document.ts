import { AlignmentType, Document, Footer, LevelFormat, LineRuleType, Packer, PageNumber } from 'docx'
import type { FileChild } from 'docx'
import { blockParts } from '#report/document/blocks.ts'
import { drawingPicture } from '#report/document/drawing-picture.ts'
import { besideMap } from '#report/document/tables.ts'
import { imprint, sincePublished } from '#report/document/since-published.ts'
import { documentLanguage, ink, writingOf } from '#report/document/writing.ts'
import type { DocumentGround, Writing } from '#report/document/writing.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import { hasSome, mapDrawing, mapNotes, periodOf, unnamedAreas, unplacedAreas, weeksDrawing } from '#report/report-drawings.ts'
import type { MapBlock, ReportTree } from '#report/tree.ts'
import { xmlText } from '#report/xml-text.ts'

/**
 * A report as a document that editors go on with: real headings, numbered lists, tables and links to the evidence; its rankings are letters,
 * the map and the weeks are pictures. OOXML (ECMA-376), as the library writes it.
 */
export async function reportDocument(tree: ReportTree, ground: DocumentGround, { isDraft, issue }: { readonly isDraft: boolean; readonly issue?: IssueAbout }): Promise<Uint8Array> {
  const period = periodOf(tree)
  const writing = writingOf({ ...ground, period })
  const { words } = ground
  const pictures = new Map<string, readonly FileChild[]>()
  for (const block of tree.blocks) {
    if (block.block === 'map' && block.areas.length > 0) pictures.set('map', await mapParts(ground, writing, block))
    if (block.block === 'evolution') pictures.set('evolution', [await drawingPicture(ground, weeksDrawing({ ...ground, period }, block))])
  }
  const parts = tree.blocks.flatMap((block) => [...blockParts(writing, block, (which) => pictures.get(which) ?? []), ...(issue === undefined || block.block !== 'cover' ? [] : sincePublished(writing, issue))])
  const [first] = tree.blocks
  const document = new Document({
    creator: 'Terrain', lastModifiedBy: 'Terrain', title: first?.block === 'cover' ? xmlText(first.campaign) : '', description: words.say({ say: 'report.standing' }),
    styles: { default: { document: { run: { font: 'Noto Serif', size: 21, language: documentLanguage(words.locale) }, paragraph: { spacing: { line: 276, lineRule: LineRuleType.AUTO } } }, heading1: { run: { size: 52, bold: true, color: '241C15' } }, heading2: { run: { size: 34, bold: true, color: '241C15' } }, heading3: { run: { size: 26, bold: true, color: '241C15' } } } },
    numbering: { config: [{ reference: 'numbers', levels: [{ level: 0, format: LevelFormat.DECIMAL, text: '%1.', alignment: AlignmentType.START, style: { paragraph: { indent: { start: 480, hanging: 480 } } } }] }] },
    sections: [{ properties: { page: { margin: { top: 1000, bottom: 1000, left: 1000, right: 1000 } } }, footers: { default: pageFoot(writing, first) }, children: [...(isDraft ? [writing.note(words.say({ say: 'report.page.draft' }))] : []), ...parts, ...(issue === undefined ? [] : imprint(writing, issue)), writing.note(words.say({ say: 'report.page.foot' }))] }],
  })
  return new Uint8Array(await Packer.toArrayBuffer(document))
}

/** On paper sheets get apart, and one is quoted by its page: whose report it is, of which days, and which page of how many. */
function pageFoot({ words, paragraph, run, isRtl }: Writing, cover: ReportTree['blocks'][number] | undefined): Footer {
  const quiet = { size: 17, color: ink.quiet } as const
  // Numbers behind Latin letters would else change places with them in a line that reads from the right.
  const between = isRtl ? ' \u200f· ' : ' · '
  const about = cover?.block === 'cover' ? [inFoot(cover.campaign), words.days(cover.period.from, cover.period.to), ''].join(between) : ''
  return new Footer({ children: [paragraph([run(about, quiet), run('', { ...quiet, rightToLeft: false, children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })], { alignment: AlignmentType.CENTER, spacing: { after: 0 } })] })
}

/** One line of it. */
const longestInFoot = 60

function inFoot(name: string): string {
  const signs = [...name]
  return signs.length <= longestInFoot ? name : `${signs.slice(0, longestInFoot - 1).join('')}…`
}

/** The map with what its signs mean, and in words what has no place on it. */
async function mapParts(ground: DocumentGround, writing: Writing, block: MapBlock): Promise<readonly FileChild[]> {
  const { paragraph, run, say } = writing
  const { isAll, ...unplaced } = unplacedAreas(ground, block)
  if (isAll) return besideMap(writing, unplaced)
  const drawing = mapDrawing(ground, block)
  const mark = (sign: string, color: string, key: 'report.tile.challenges' | 'report.tile.actions' | 'report.some' | 'report.step.silent') => [run(`${sign} `, { size: 18, color }), run(`${say(key)}   `, { size: 18, color: ink.quiet })]
  const legend = paragraph([...mark('◖', ink.challenge, 'report.tile.challenges'), ...mark('◗', ink.action, 'report.tile.actions'), ...(hasSome(block) ? mark('◯', ink.quiet, 'report.some') : []), ...mark('▨', ink.quiet, 'report.step.silent')], { spacing: { before: 40, after: 120 } })
  return [await drawingPicture(ground, drawing), legend, ...mapNotes(block).map((note) => writing.note(say(note))), ...besideMap(writing, unnamedAreas(ground, block, drawing)), ...besideMap(writing, unplaced)]
}
