import { ImageRun, Paragraph } from 'docx'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Drawing } from '#chart/drawing.ts'
import type { DocumentGround } from '#report/document/writing.ts'
import { drawingSvg, hatching } from '#report/page/drawing-svg.ts'
import { h } from '#report/page/ground.ts'
import { xmlText } from '#report/xml-text.ts'

/** The light page's colours as sRGB: what makes the picture knows no others. */
const style = `.p-challenge{fill:#a03f22}.p-action{fill:#00626b}.p-challenge-some{fill:#fff;stroke:#a03f22;stroke-width:1.2}.p-action-some{fill:#fff;stroke:#00626b;stroke-width:1.2}.p-sea{fill:#e4f0f6}.p-land{fill:#ece8df}.p-area{fill:#fdfbf6;stroke:#8f857a;stroke-width:.6}.p-silent{fill:url(#hatch);stroke:#8f857a;stroke-width:.4}.p-axis{fill:#8f857a}.p-chosen{fill:none}
.hatch-ground{fill:#fff}.hatch-line{stroke:#8f857a;stroke-width:1.4}text{font:11px "Noto Sans","Noto Sans Arabic","Noto Sans CJK SC","DejaVu Sans",sans-serif;fill:#241c15}.l-name{font-weight:600}.l-axis,.l-value{fill:#5d5349}`
const pixels = 1400
/** Of a sheet of A4 between its margins, in the points that the library counts pictures in. */
const shownWidth = 600

/** A drawing as a picture with the words that say the same, for those who do not see it. */
export async function drawingPicture({ picture }: Pick<DocumentGround, 'picture'>, drawing: Drawing): Promise<Paragraph> {
  const { width, height } = drawing
  const [title, text] = [xmlText(drawing.title), xmlText(drawing.text)]
  const svg = renderToStaticMarkup(h('svg', { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height }, h('style', null, '*'), hatching(), drawingSvg(drawing, 'drawing')))
  const data = await picture(xmlText(svg).replace('<style>*</style>', () => `<style>${style}</style>`), pixels)
  return new Paragraph({ children: [new ImageRun({ type: 'png', data, transformation: { width: shownWidth, height: Math.round((shownWidth * height) / width) }, altText: { name: title, title, description: text } })] })
}
