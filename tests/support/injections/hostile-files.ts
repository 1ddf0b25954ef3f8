import { sheetHead, sheetPath, sheetRow, sheetTail, workbookParts } from '#exchange/xlsx-parts.ts'
import { zipStream } from '#server/transfer/zip-stream.ts'
import type { Placed, Spread } from './spread.ts'
import { hostileTable } from './world.ts'

export interface HostileFile {
  readonly screen: '/desk/data' | '/desk/campaign'
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }
  /** What the desk shows of it before it is brought in. */
  readonly shown: readonly Placed[]
}

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll(/[\u0000-\u001f\ufffe\uffff]/g, ' ')

/** Tables and maps with hostile names, headers and cells. */
export async function hostileFiles(spread: Spread, turns: number): Promise<readonly HostileFile[]> {
  const { csv } = hostileTable(spread, turns)
  const headers = [0, 1, 2, 3].map((column) => spread.at('table.header', column))
  const names = Array.from({ length: turns }, (_, turn) => spread.at('geojson.name', turn))
  return [
    { screen: '/desk/data', file: { name: `${spread.text('file.name', 1)}.csv`, mimeType: 'text/csv', buffer: Buffer.from(csv) }, shown: headers },
    { screen: '/desk/data', file: await workbook(spread, headers), shown: [] },
    { screen: '/desk/data', file: geojson(spread, names), shown: [] },
    { screen: '/desk/campaign', file: geojson(spread, names), shown: names },
  ]
}

/** Two sheets of one content, so that the desk asks which. */
async function workbook(spread: Spread, headers: readonly Placed[]): Promise<HostileFile['file']> {
  const rows = [headers.map(({ text }) => text), [4, 5, 6, 7].map((column) => spread.text('table.cell', column))]
  const sheet = `${sheetHead({ columns: 4, isRtl: false })}${rows.map((row, index) => sheetRow(index + 1, row)).join('')}${sheetTail}`
  const sheets = [0, 1].map((index) => `<sheet name="${xml(spread.text('sheet.name', index))}${index}" sheetId="${index + 1}" r:id="rId1"/>`).join('')
  const parts = workbookParts('a').map(({ path, text }) => ({ path, text: [text.replace(/<sheets>.*<\/sheets>/, () => `<sheets>${sheets}</sheets>`)] }))
  const pieces: Uint8Array[] = []
  for await (const piece of zipStream([...parts, { path: sheetPath, text: [sheet] }], new Date(0))) pieces.push(piece)
  return { name: `${spread.text('file.name', 2)}.xlsx`, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.concat(pieces) }
}

/** Regions as the usual makers of boundaries name them. */
function geojson(spread: Spread, names: readonly Placed[]): HostileFile['file'] {
  const features = names.map(({ text }, index) => {
    const [west, south] = [-73 + index * 0.02, 18.5]
    return { type: 'Feature', properties: { ADM1_EN: text, ADM1_PCODE: `HT${20 + index}`, ADM0_EN: 'Haiti', ADM0_PCODE: 'HT' }, geometry: { type: 'Polygon', coordinates: [[[west, south], [west + 0.015, south], [west + 0.015, south + 0.015], [west, south + 0.015], [west, south]]] } }
  })
  return { name: `${spread.text('file.name', 3)}.geojson`, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })) }
}
