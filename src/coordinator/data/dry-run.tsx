import { byteOrderMark, csvText, wordsIn } from '#exchange/csv.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import { leftOutReasons } from '#exchange/mapping.ts'
import type { Table } from '#exchange/table.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { HereOtherwise, NumbersOfAnother } from '#coordinator/data/here-otherwise.tsx'
import { RefusedRows } from '#coordinator/data/refused-rows.tsx'
import { useCompared } from '#coordinator/data/use-compared.ts'
import { Button } from '#ui/button/button.tsx'

/** Whether a table has been sent; `unknown`: it was, and no answer says what became of it. */
export type Sending = 'none' | 'underWay' | 'unknown'

const wordOf = { none: 'import.nothingYet', underWay: 'import.underWay', unknown: 'import.maybeSome' } as const

interface DryRunProps {
  readonly outcome: ImportedTable
  readonly table: Table
  readonly sending: Sending
  /** The table with how it is read, as it would be sent. */
  readonly order: string
  readonly onBringIn: (again: boolean) => void
}

/** How many rows would become entries, what would be filled in, left out or shortened, and every refused row: nothing has been brought in yet. */
export function DryRun({ outcome, table, sending, order, onBringIn }: DryRunProps) {
  const { ground, words } = useDesk()
  const { say } = words
  const { accepted, refused } = outcome
  const compared = useCompared(order)
  const isComparing = compared === 'comparing' && accepted.length > 0 && sending === 'none'
  const known = compared === 'comparing' || sending !== 'none' ? null : compared
  const count = known?.accepted ?? accepted.length
  const assumed = counted(accepted.flatMap((row) => row.assumed ?? []))
  const leftOut = leftOutReasons.map((reason) => [`import.leftOut.${reason}` as const, counted(accepted.flatMap((row) => (row.leftOut ?? []).flatMap((left) => (left.reason === reason ? [left.field] : []))))] as const)
  const shortened = counted(accepted.flatMap((row) => row.shortened ?? []))
  const handleSave = (): void => {
    const cells = new Map(table.rows.map((row) => [row.number, row.cells] as const))
    const rows = refused.map(({ row, field, reason }) => [row, words.reason(reason), field === undefined ? '' : words.field(field), ...(cells.get(row) ?? []).map(wordsIn)])
    ground.saveFile('refused-rows.csv', 'text/csv;charset=utf-8', `${byteOrderMark}${csvText([[say('data.row'), say('data.reason'), say('data.fieldName'), ...table.headers], ...rows])}`)
  }
  return (
    <div className={styles.dryRun}>
      <p className={styles.result} role="status">{say('import.dryRun', { accepted: accepted.length, rows: table.rows.length, refused: refused.length })}</p>
      {([['import.assumed', assumed], ...leftOut, ['import.shortened', shortened]] as const).map(([key, fields]) => (
        fields.length === 0 ? null : <p key={key}>{say(key, { list: words.list(fields.map(([field, count]) => say('import.fieldTimes', { field: words.field(field), count }))) })}</p>
      ))}
      {refused.length === 0 ? null : <><RefusedRows refused={refused.map((row) => ({ ...row }))} /><div className={styles.acts}><Button icon="received" onClick={handleSave}>{say('import.saveRefused')}</Button></div></>}
      {accepted.length === 0 || sending !== 'none' ? null : <Compared compared={compared} onBringIn={() => onBringIn(true)} />}
      <div className={styles.acts}>
        <Button look="main" isDisabled={count === 0 || isComparing || sending === 'underWay'} onClick={() => onBringIn(false)}>{sending === 'underWay' ? say('data.importing') : say('import.bringIn', { count })}</Button>
        <span role="status" className={styles.quiet}>{say(wordOf[sending])}</span>
      </div>
    </div>
  )
}

/** What of the rows is new here, the same, and changed since; where nothing is new, those that were changed can be brought in from here. */
function Compared({ compared, onBringIn }: { readonly compared: ReturnType<typeof useCompared>; readonly onBringIn: () => void }) {
  const { say } = useDesk().words
  if (compared === 'comparing') return <p role="status">{say('import.comparing')}</p>
  if (compared === null) return <p role="status">{say('import.notCompared')}</p>
  const { accepted, duplicates, otherwise = 0, refused } = compared
  return (
    <>
      <p className={styles.result} role="status">{say('import.compared', { fresh: accepted, same: duplicates, changed: otherwise })}</p>
      {otherwise === 0 ? null : <RefusedRows refused={refused.filter(({ reason }) => otherwiseReasons.has(reason))} caption={say('import.otherwiseTable')} />}
      {accepted > 0 ? <NumbersOfAnother result={compared} /> : <HereOtherwise result={compared} onBringIn={onBringIn} />}
    </>
  )
}

const otherwiseReasons: ReadonlySet<string> = new Set(['here-otherwise', 'number-of-another', 'looks-here'])

/** The most frequent first. */
function counted(fields: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const field of fields) counts.set(field, (counts.get(field) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])
}
