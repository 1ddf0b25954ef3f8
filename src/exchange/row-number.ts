import { wordsIn } from '#exchange/csv.ts'
import { isOfCollection } from '#exchange/foreign-id.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'
import type { Plan } from '#exchange/plan.ts'
import type { Table, TableRow } from '#exchange/table.ts'

const longestNumber = 60

/** A cell as a number of its row, '' for none: spreadsheets lose noughts in front (`0017`), and add some behind the point (`17.0`). */
function numberOf(cell: string | undefined): string {
  const text = inPlainSigns(wordsIn(cell)).normalize('NFKC').replaceAll(/\s+/g, ' ').toLowerCase()
  if (text.length > longestNumber || !/[\p{L}\p{N}]/u.test(text) || /^(n\/?a|null|none)$/.test(text)) return ''
  const [, digits] = /^0*(\d+)(?:\.0+)?$/.exec(text) ?? []
  return digits ?? text
}

/** What a row is called in the list of somebody's own, with the list, since the next one counts from one as well; null where its cell is empty. */
export function rowNumberIn({ rowId }: Plan, { cells }: Pick<TableRow, 'cells'>): string | null {
  const number = rowId === undefined ? '' : numberOf(cells[rowId.column])
  return rowId === undefined || number === '' ? null : JSON.stringify(['list', listName(rowId.list), number])
}

/** However it was typed, it is the same list. */
export function listName(list: string): string {
  return list.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase()
}

/**
 * The rows whose number stands in another row of the file as well: nobody can tell which of them is the row of before. A row that was copied as it stands is
 * the same row once more, and the first of it comes in.
 */
export function numberedTwice(plan: Plan, { rows }: Pick<Table, 'rows'>): ReadonlySet<number> {
  const byNumber = new Map<string, TableRow[]>()
  for (const row of rows) {
    const number = rowNumberIn(plan, row)
    if (number === null || row.fault !== undefined) continue
    const some = byNumber.get(number)
    // In place: in a column that is no number at all each row may have the same.
    if (some === undefined) byNumber.set(number, [row])
    else some.push(row)
  }
  const twice = [...byNumber.values()].filter((some) => some.length > 1)
  return new Set(twice.flatMap((some) => {
    const isCopied = new Set(some.map(({ cells }) => JSON.stringify(cells.map(wordsIn)))).size === 1
    return some.slice(isCopied ? 1 : 0).map(({ number }) => number)
  }))
}

/** How far a column can tell the rows apart: rows without a number, and rows whose number another one has too. */
export function numbersOfColumn({ rows }: Pick<Table, 'rows'>, column: number): { readonly empty: number; readonly twice: number } {
  const numbers = rows.map(({ cells }) => numberOf(cells[column]))
  const times = new Map<string, number>()
  for (const number of numbers) times.set(number, (times.get(number) ?? 0) + 1)
  const empty = times.get('') ?? 0
  return { empty, twice: numbers.filter((number) => number !== '' && (times.get(number) ?? 0) > 1).length }
}

const what = '(row|record|entry|report|case|incident|activity|action|request|response|submission|form|item|line|ticket|project|intervention|ligne|cas|dossier|fiche|demande|enregistrement|signalement|activite|ordre|caso|registro|ficha|fila|solicitud|actividad|orden|incidente)'
const word = '(id|no|n[°º.]*o?|nr|num|number|numero|ref|reference|referencia|code|codigo|identifier|identifiant|identificador|key)'

/** What people call the number of a row, in the six languages; not that of a phone, a person, a place or an organisation. */
const headers: readonly RegExp[] = [
  /^(#|№|id|uid|uuid|guid|no|n[°º]|n\.? ?[°ºo]|nr|num|numero|ref|ref (id|no)|reference( (no|number|id))?|referencia|identifier|identifiant|identificador|serial( (no|number))?|s\/?n|s no|sno|unique id|index)$/,
  new RegExp(`^${what}[ _-]?${word}$`), new RegExp(`^${word}( ?(de|du|del|d'|of|la|l')+)? ?${what}$`),
  /^(№ ?п\/п|номер|ид|идентификатор|(номер|№|код|ид) (записи|обращения|случая|дела|заявки|строки|сообщения))$/,
  /^(رقم|الرقم|م|ت|مسلسل|المعرف|الرقم (المرجعي|التسلسلي)|رقم (الحاله|الحالة|الطلب|السجل|البلاغ|المرجع|القيد|التقرير|الصف)|معرف الحالة|رمز الحالة)$/,
  /^(编号|序号|号码?|案例(编号|号)|个案(编号|号)|记录(编号|号)|报告(编号|号)|案件(编号|号)|唯一标识|标识符?)$/,
]

const numberTag = /^#(meta|activity|event|item|output)\b.*\+id\b/

/**
 * The column that seems to hold the number of each row: it is called so, is filled in each row, and no two rows have the same. Null where one of these is not so, and
 * in the table of a tool of collection, which has ids of its own. A person sees it, and says otherwise where it is not.
 */
export function guessRowId(table: Table, names: readonly string[]): number | null {
  if (table.rows.length === 0 || isOfCollection(table.headers)) return null
  const found = names.findIndex((name, column) => {
    const isNamed = numberTag.test(table.tags[column] ?? '') || headers.some((pattern) => pattern.test(name.replaceAll(/[.:]+(?=\s|$)/g, '').trim()))
    const { empty, twice } = isNamed ? numbersOfColumn(table, column) : { empty: 0, twice: 0 }
    return isNamed && empty === 0 && twice === 0
  })
  return found < 0 ? null : found
}
