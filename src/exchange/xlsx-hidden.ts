import { attributeOf } from '#exchange/xlsx-markup.ts'

/** What of a sheet its spreadsheet does not show, and what nobody has worked out. */
export interface SheetFacts {
  /** As the spreadsheet counts them, from one; a filter hides rows too. */
  readonly hiddenRows: ReadonlySet<number>
  /** From and to, counted from one. */
  readonly hiddenColumns: readonly (readonly [from: number, to: number])[]
  /** Cells with a formula and without what it comes to: a program wrote them, and no spreadsheet has opened them since. */
  readonly withoutResult: number
}

const isHidden = /\bhidden=["'](?:1|true)["']/

export function sheetFacts(sheet: string): SheetFacts {
  const [head = ''] = sheet.split(/<(?:\w{1,9}:)?sheetData[\s/>]/, 1)
  return {
    hiddenRows: new Set([...sheet.matchAll(/<(?:\w{1,9}:)?row\s[^<>]*>/g)].filter(([row]) => isHidden.test(row)).map(([row]) => numberIn(row, 'r'))),
    hiddenColumns: [...head.matchAll(/<(?:\w{1,9}:)?col\s[^<>]*>/g)].filter(([column]) => isHidden.test(column)).map(([column]) => [numberIn(column, 'min'), numberIn(column, 'max')] as const),
    withoutResult: [...sheet.matchAll(/<((?:\w{1,9}:)?)c\b([^<>]*)>\s*<\1f\b[^<>]*(?:\/>|>[^<]*<\/\1f>)\s*(<\1v\s*(?:\/>|>\s*<\/\1v>))?\s*<\/\1c>/g)].filter(([, , cell = '', value]) => value === undefined || !/\bt=["']str["']/.test(cell)).length,
  }
}

export interface SheetPlace {
  /** Where it stands in the archive. */
  readonly path: string
  readonly isHidden: boolean
}

/** In the order in which the workbook names them. */
export function sheetsOf(workbook: string, relations: string): readonly SheetPlace[] {
  const targets = new Map([...relations.matchAll(/<(?:\w{1,9}:)?Relationship\s[^<>]*>/g)].map(([relation]) => [attributeOf(relation, 'Id'), attributeOf(relation, 'Target')] as const))
  return [...workbook.matchAll(/<(?:\w{1,9}:)?sheet\s[^<>]*>/g)].filter(([sheet]) => (attributeOf(sheet, 'name') ?? '') !== '').map(([sheet]) => {
    const target = targets.get(attributeOf(sheet, String.raw`\w{1,9}:id`)) ?? ''
    return { path: target.startsWith('/') ? target.slice(1) : `xl/${target}`, isHidden: /\sstate=["'](?:hidden|veryHidden)["']/.test(sheet) }
  })
}

function numberIn(element: string, name: string): number {
  return Number(attributeOf(element, name))
}
