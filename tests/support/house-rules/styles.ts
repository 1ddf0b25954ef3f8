import { places, type HouseRule, type SourceFile } from './source-file.ts'

const physical = [
  /\b(?:margin|padding|border)-(?:left|right)\b[^;{}]*/g,
  /\bborder-(?:top|bottom)-(?:left|right)-radius\b[^;{}]*/g,
  /(?<=^|[;{\s])(?:left|right)\s*:[^;{}]*/g,
  /\b(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b/g,
]
const fourSides = /\b(?:margin|padding|inset|border-width|border-style|border-color)\s*:\s*([^;{}]+)/g

/** Arabic mirrors the layout: a side has to be called start or end. */
export const physicalDirections: HouseRule = (files) =>
  sheets(files).flatMap((sheet) => [...physical.flatMap((pattern) => places(sheet, pattern)), ...unequalSides(sheet)])

export const importantStyles: HouseRule = (files) => sheets(files).flatMap((sheet) => places(sheet, /!\s*important/g))

/** `1px 2px 3px 4px` names right and left without saying so. */
function unequalSides(sheet: SourceFile): readonly string[] {
  return [...sheet.text.matchAll(fourSides)]
    .map(([declaration, value = '']) => ({ declaration, sides: valuesIn(value) }))
    .filter(({ sides }) => sides.length === 4 && sides[1] !== sides[3])
    .map(({ declaration }) => `${sheet.path} ${declaration}`)
}

/** Splits at spaces outside brackets: `0 calc(1px + 2px)` has two values. */
function valuesIn(value: string): readonly string[] {
  return value.trim().match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? []
}

function sheets(files: readonly SourceFile[]): readonly SourceFile[] {
  return files
    .filter(({ path }) => path.endsWith('.css'))
    .map(({ path, text }) => ({ path, text: text.replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, '')) }))
}
