import { Bookmark, BorderStyle, HeadingLevel, InternalHyperlink, Paragraph, ShadingType, Table, TableCell, TableRow, TextRun, WidthType } from 'docx'
import type { IRunOptions, ParagraphChild } from 'docx'
import type { Locale } from '#i18n/locale.ts'
import type { Ref } from '#domain/ids.ts'
import type { LayoutGround } from '#report/report-drawings.ts'
import type { Figure, ReportKey, Said, Unit } from '#report/tree.ts'
import type { Period } from '#report/weeks.ts'
import { xmlText } from '#report/xml-text.ts'

/** Colours of the paper: those of the light page, as sRGB, which a word processor wants. */
export const ink = { challenge: 'A03F22', action: '00626B', quiet: '6B6258', link: '2D4F94', some: 'F1E9DD', heat: ['FBEDE0', 'F6D5BD', 'EFB391', 'A24326', '6F2217'] } as const

/** Of Latin and Cyrillic letters; what is Arabic or Chinese in a document has a language of its own beside it. */
const proofed: Readonly<Record<Locale, string>> = { en: 'en-US', fr: 'fr-FR', es: 'es-ES', ru: 'ru-RU', ar: 'en-US', zh: 'en-US' }

/** Read aloud and proofed in its own language, not in that of whoever opens it. */
export function documentLanguage(locale: Locale): NonNullable<IRunOptions['language']> {
  return { value: proofed[locale], eastAsia: 'zh-CN', bidirectional: 'ar-SA' }
}

const hairline = { style: BorderStyle.SINGLE, size: 4, color: 'D9CFC1' } as const
const noLine = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const
const hairlines = { top: hairline, bottom: hairline, insideHorizontal: hairline, left: noLine, right: noLine, insideVertical: noLine } as const

export interface DocumentGround extends LayoutGround {
  /** A drawing as a PNG of this width in pixels, made by whoever can. */
  readonly picture: (svg: string, width: number) => Promise<Uint8Array>
  /** The photos that can be shown, by their name in the report. */
  readonly photos: ReadonlyMap<string, DocumentPhoto>
}

/** Width and height in pixels. */
export interface DocumentPhoto {
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/** What one writes with: runs and paragraphs that know their direction, so that no part can forget it. */
export function writingOf({ words, direction, photos, period }: Omit<DocumentGround, 'picture'> & { readonly period: Period }) {
  const isRtl = direction === 'rtl'
  const run = (text: string, options: IRunOptions = {}): TextRun => new TextRun({ text: xmlText(text), rightToLeft: isRtl, ...options })
  const paragraph = (children: readonly ParagraphChild[] | string, options: Omit<ConstructorParameters<typeof Paragraph>[0] & object, 'children'> = {}): Paragraph =>
    new Paragraph({ bidirectional: isRtl, spacing: { after: 120 }, ...options, children: typeof children === 'string' ? [run(children)] : [...children] })
  /** What somebody wrote reads in the direction of its own letters, whatever the language of the report: otherwise its words change places. `behind`: what stands behind it. */
  const spoken = (text: string, { behind = [], size, anchor, ...options }: Spoken = {}): Paragraph => {
    const ownRtl = readsFromRight(text) ?? isRtl
    const words = run(text, { rightToLeft: ownRtl, ...(size === undefined ? {} : { size }) })
    return paragraph([anchor === undefined ? words : new Bookmark({ id: anchor, children: [words] }), ...behind], { bidirectional: ownRtl, ...options })
  }
  const heading = (text: string, level: 1 | 2 | 3): Paragraph => paragraph(text, { heading: [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3][level - 1] ?? HeadingLevel.HEADING_3, outlineLevel: level - 1, keepNext: true, spacing: { before: 320, after: 120 } })
  const caption = (text: string): Paragraph => paragraph([run(text, { bold: true })], { keepNext: true, spacing: { before: 200, after: 80 } })
  const note = (text: string, keepNext = false): Paragraph => paragraph([run(text, { color: ink.quiet, size: 18 })], { keepNext, spacing: { before: 80, after: 120 } })
  const say = (said: Said | ReportKey): string => words.say(typeof said === 'string' ? { say: said } : said)
  /** A ref reads from left to right wherever it stands, and leads to its row of evidence. */
  const refLink = (ref: Ref): ParagraphChild => new InternalHyperlink({ anchor: anchorOf(ref), children: [new TextRun({ text: ref, color: ink.link, size: 17, font: 'Consolas', rightToLeft: false })] })
  const refLinks = (refs: readonly Ref[]): readonly ParagraphChild[] => refs.flatMap((ref) => [run(' '), refLink(ref)])
  const basis = ({ sample, count }: Figure, isOfEntries = true): readonly ParagraphChild[] => {
    const more = count === null || !isOfEntries || sample.length === 0 ? 0 : count - sample.length
    return [...refLinks(sample), ...(more > 0 ? [run(` +${words.number(more)}`, { color: ink.quiet, size: 17, rightToLeft: false })] : [])]
  }
  const count = ({ count: amount }: Figure, unit: Unit = 'reports'): string => (amount === null ? words.some(unit) : amount === 0 ? '–' : words.number(amount))
  const cell = (children: readonly Paragraph[] | string, options: { readonly fill?: string; readonly color?: string; readonly bold?: boolean; readonly align?: 'center' | 'end'; readonly width?: number; readonly size?: number; readonly margin?: number } = {}): TableCell => new TableCell({
    margins: { top: 40, bottom: 40, left: options.margin ?? 80, right: options.margin ?? 80 },
    ...(options.width === undefined ? {} : { width: { size: options.width, type: WidthType.PERCENTAGE } }),
    ...(options.fill === undefined ? {} : { shading: { fill: options.fill, type: ShadingType.CLEAR, color: 'auto' } }),
    children: typeof children === 'string' ? [paragraph([run(children, { size: options.size ?? 18, bold: options.bold ?? false, ...(options.color === undefined ? {} : { color: options.color }) })], { spacing: { after: 0 }, ...(options.align === undefined ? {} : { alignment: options.align }) })] : [...children],
  })
  /** The first row is a head, repeated on every page, unless it is said to be none. */
  const table = (rows: readonly (readonly TableCell[])[], { hasHead = true } = {}): Table => new Table({
    visuallyRightToLeft: isRtl, width: { size: 100, type: WidthType.PERCENTAGE }, borders: hairlines,
    rows: rows.map((cells, index) => new TableRow({ children: [...cells], cantSplit: true, tableHeader: hasHead && index === 0 })),
  })
  return { words, photos, period, isRtl, run, paragraph, spoken, heading, caption, note, say, refLink, refLinks, basis, count, cell, table }
}

interface Spoken extends Pick<ConstructorParameters<typeof Paragraph>[0] & object, 'indent' | 'keepNext' | 'spacing'> {
  readonly behind?: readonly ParagraphChild[]
  readonly size?: number
  readonly anchor?: string
}

/** By the first letter, as `dir="auto"` does on the page; null where there is none. */
export function readsFromRight(text: string): boolean | null {
  const [letter] = /\p{L}/u.exec(text) ?? []
  return letter === undefined ? null : /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter)
}

export type Writing = ReturnType<typeof writingOf>

/** A bookmark begins with a letter and has no hyphen in every word processor. */
/** Forty signs at most. */
export function sentenceAnchor(id: string): string {
  return `s_${id.replaceAll('-', '')}`
}

export function anchorOf(ref: Ref): string {
  return `ref_${ref.replace('-', '_')}`
}

export function bookmarked(ref: Ref, text: TextRun): Bookmark {
  return new Bookmark({ id: anchorOf(ref), children: [text] })
}
