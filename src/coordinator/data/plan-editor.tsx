import { useMemo, useState } from 'react'
import { wordsIn } from '#exchange/csv.ts'
import { codesOfField, fieldsNeeded, fieldsOffered, placeFields } from '#exchange/plan-fields.ts'
import { countries } from '#domain/codes/countries.ts'
import { locales, writtenLanguages } from '#i18n/locale.ts'
import { dayOrders, lastPlanColumn } from '#exchange/plan.ts'
import type { Plan } from '#exchange/plan.ts'
import type { Table } from '#exchange/table.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { RowNumbers } from '#coordinator/data/row-numbers.tsx'
import { ValuesEditor } from '#coordinator/data/values-editor.tsx'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { classNames } from '#ui/class-names.ts'
import { Button } from '#ui/button/button.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Select } from '#ui/select/select.tsx'
import tables from '#coordinator/shell/refused.module.css'

interface PlanEditorProps {
  readonly table: Table
  readonly plan: Plan
  readonly lists: readonly string[]
  readonly suggested: string
  readonly onColumn: (index: number, field: string | null) => void
  readonly onPlan: (plan: Plan) => void
}

/** Among the fields that a column may be: what becomes of no entry, and names its row. */
export const rowIdField = 'rowId'

const samples = 3
/** At first: each row has a list of all fields, and old browsers draw hundreds of them slowly. */
const mostColumns = 80

/** Column by column with what stands in it; then what the file does not say, and which code its words mean. */
export function PlanEditor({ table, plan, lists, suggested, onColumn, onPlan }: PlanEditorProps) {
  const { words } = useDesk()
  const { say } = words
  const fieldAt = new Map([...Object.entries(plan.columns), ...(plan.rowId === undefined ? [] : [[rowIdField, plan.rowId.column] as const])].map(([field, index]) => [index, field] as const))
  const options = [{ value: rowIdField, label: say('import.rowId') }, ...fieldsOffered(plan.kind).map((field) => ({ value: field, label: words.field(field) }))]
  const [isWhole, setWhole] = useState(false)
  const width = useMemo(() => widthOf(table), [table])
  const shown = Array.from({ length: width }, (_, index) => index).filter((index) => index < (isWhole ? lastPlanColumn + 1 : mostColumns) || fieldAt.has(index))
  return (
    <>
      <div className={styles.wide} role="region" aria-label={say('import.columns')} tabIndex={0}>
        <table className={classNames(tables.table, styles.columns)}>
          <caption>{say('import.columns')}</caption>
          <thead><tr><th scope="col">{say('import.column')}</th><th scope="col">{say('import.samples')}</th><th scope="col">{say('import.means')}</th></tr></thead>
          <tbody>
            {shown.map((index) => {
              const name = table.headers[index] || table.tags[index] || say('import.columnNumber', { number: index + 1 })
              return (
                <tr key={index}>
                  <th scope="row" dir="auto">{name}{table.tags[index] === undefined || table.tags[index] === '' ? null : <span className={styles.quiet}> <bdi>{table.tags[index]}</bdi></span>}</th>
                  <td>{samplesOf(table, index).map((text) => <span key={text} className={styles.sample} dir="auto">{text}</span>)}</td>
                  <td><Select label={say('import.meansOf', { column: name })} isLabelHidden choose={say('import.notUsed')} value={fieldAt.get(index) ?? null} options={options} onChange={(field) => onColumn(index, field)} /></td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {shown.length === width ? null : <div className={styles.acts}><span className={styles.quiet}>{say('import.columnsMore', { count: width - shown.length })}</span>{isWhole ? null : <Button onClick={() => setWhole(true)}>{say('import.columnsAll')}</Button>}</div>}
      <RowNumbers table={table} plan={plan} lists={lists} suggested={suggested} onPlan={onPlan} />
      <Constants plan={plan} onPlan={onPlan} />
      {Object.keys(plan.values).map((field) => <ValuesEditor key={field} field={field} values={plan.values[field] ?? {}} onChange={(values) => onPlan({ ...plan, values: { ...plan.values, [field]: values } })} />)}
      {['observedOn', 'startOn', 'endOn'].some((field) => plan.columns[field] !== undefined) ? <div className={styles.narrow}><Select label={say('import.dayOrder')} value={plan.dayOrder} options={dayOrders.map((order) => ({ value: order, label: say(`import.dayOrder.${order}`) }))} onChange={(order) => onPlan({ ...plan, dayOrder: order ?? 'dmy' })} /></div> : null}
    </>
  )
}

/** Words to the right of the last header are a column too, though nobody named it. */
function widthOf({ headers, tags, rows }: Table): number {
  const named = Math.max(headers.length, tags.length)
  return rows.reduce((width, { cells }) => Math.max(width, cells.findLastIndex((cell, index) => index >= width && cell.trim() !== '') + 1), named)
}

/** Three that differ say more than the first three. */
function samplesOf({ rows }: Table, index: number): readonly string[] {
  const found = new Set<string>()
  for (const { cells } of rows) {
    const text = wordsIn(cells[index])
    if (text !== '') found.add(text.length > 60 ? `${text.slice(0, 60)}…` : text)
    if (found.size >= samples) break
  }
  return [...found]
}

/** What every entry must say and no column does: the same for all rows. */
function Constants({ plan, onPlan }: { readonly plan: Plan; readonly onPlan: (plan: Plan) => void }) {
  const { words } = useDesk()
  const { say } = words
  const hasPlace = placeFields.some((field) => plan.columns[field] !== undefined)
  const missing = [...fieldsNeeded(plan.kind), ...(hasPlace ? [] : ['placeName'])].filter((field) => plan.columns[field] === undefined)
  if (missing.length === 0) return null
  const set = (field: string, value: string): void => {
    const { [field]: _before, ...others } = plan.constants
    onPlan({ ...plan, constants: value === '' ? others : { ...others, [field]: value } })
  }
  return (
    <fieldset className={styles.constants}>
      <legend>{say('import.constants')}</legend>
      {missing.map((field) => <Constant key={field} field={field} value={plan.constants[field] ?? ''} onChange={(value) => set(field, value)} />)}
    </fieldset>
  )
}

function Constant({ field, value, onChange }: { readonly field: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const { words } = useDesk()
  const label = words.field(field)
  const codes = offeredFor(field)
  if (codes !== null) return <Select label={label} choose={words.say('import.chooseOne')} value={value === '' ? null : value} options={codes.map((code) => ({ value: code, label: field === 'country' ? words.country(code) : field === 'lang' ? words.language(code) : words.code(field, code) }))} onChange={(code) => onChange(code ?? '')} />
  if (field === 'observedOn' || field === 'startOn') return <DateInput label={label} value={value} onChange={onChange} />
  return <LimitedLine label={label} value={value} maxLength={120} autoComplete="off" onChange={onChange} />
}

function offeredFor(field: string): readonly string[] | null {
  if (field === 'country') return countries
  return field === 'lang' ? [...locales, ...writtenLanguages] : codesOfField(field)
}
