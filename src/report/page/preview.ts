import { renderToStaticMarkup } from 'react-dom/server'
import { coverFacts } from '#report/cover-facts.ts'
import { h } from '#report/page/ground.ts'
import type { LayoutGround } from '#report/report-drawings.ts'
import type { CoverBlock, Figure } from '#report/tree.ts'
import { xmlText } from '#report/xml-text.ts'

/** Of a picture that stands where a link to the report is passed on, in pixels: what those who show it ask for (Open Graph, 1.91 to 1). */
export const previewSize = { width: 1200, height: 630 } as const

const style = 'text{font-family:"Noto Serif","Noto Naskh Arabic","Noto Sans CJK SC","DejaVu Serif",serif;fill:#241c15}.small{font-family:"Noto Sans","Noto Sans Arabic","Noto Sans CJK SC","DejaVu Sans",sans-serif}.quiet{fill:#5d5349}'
const [edge, lineHeight] = [72, 84] as const

/** The cover for those who see only a link: what the report is, its days and its two numbers. Nothing that is not on the page. */
export function previewSvg(block: CoverBlock, { words, direction }: Pick<LayoutGround, 'words' | 'direction'>): string {
  const { width, height } = previewSize
  const isRtl = direction === 'rtl'
  const x = isRtl ? width - edge : edge
  const line = (y: number, size: number, text: string, className?: string) => h('text', { key: `${y} ${text}`, x, y, fontSize: size, className, direction, unicodeBidi: 'plaintext', textAnchor: 'start' }, text)
  const title = wrapped(block.campaign, 24, 2)
  const [[, period] = ['', ''], [, issue] = ['', '']] = coverFacts(words, block)
  const tile = (at: number, { count }: Figure, unit: 'challenges' | 'actions', colour: string) => {
    const label = `report.tile.${unit}` as const
    const start = isRtl ? width - edge - at : edge + at
    return h('g', { key: label }, h('rect', { x: isRtl ? start - 480 : start, y: 430, width: 480, height: 8, fill: colour }),
      h('text', { x: start, y: 512, fontSize: 68, fontWeight: 700, direction }, count === null ? words.some(unit) : words.number(count)), h('text', { x: start, y: 560, fontSize: 30, className: 'small quiet', direction }, words.say({ say: label })))
  }
  const drawing = h('svg', { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }, h('style', null, '*'),
    h('rect', { width, height, fill: '#fdfbf6' }),
    line(96, 30, 'Terrain', 'small quiet'), ...title.map((text, at) => h('text', { key: text, x, y: 190 + at * lineHeight, fontSize: 72, fontWeight: 700, direction }, text)),
    line(208 + title.length * lineHeight - 24, 32, period, 'small'), line(208 + title.length * lineHeight + 24, 28, issue, 'small quiet'),
    tile(0, block.challenges, 'challenges', '#a03f22'), tile(528, block.actions, 'actions', '#00626b'))
  return xmlText(renderToStaticMarkup(drawing)).replace('<style>*</style>', () => `<style>${style}</style>`)
}

/** Lines of about so many letters, the last one cut with dots. Wide letters count double. */
export function wrapped(text: string, letters: number, most: number): readonly string[] {
  const widthOf = (part: string) => [...part].reduce((sum, letter) => sum + (/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(letter) ? 2 : 1), 0)
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)
  const lines = words.reduce<readonly string[]>((done, word) => {
    const last = done.at(-1) ?? ''
    return widthOf(last + word) <= letters || last === '' ? [...done.slice(0, -1), last + word] : [...done, word.trimStart()]
  }, [''])
  const kept = lines.slice(0, most).map((line) => line.trim())
  return lines.length <= most ? kept : [...kept.slice(0, -1), `${kept.at(-1) ?? ''} …`]
}
