import { useMemo, useState } from 'react'
import { longestListName } from '#exchange/plan.ts'
import type { Plan } from '#exchange/plan.ts'
import { numbersOfColumn } from '#exchange/row-number.ts'
import type { Table } from '#exchange/table.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/data/data.module.css'
import { LimitedLine } from '#coordinator/limited-text.tsx'
import { Select } from '#ui/select/select.tsx'

interface RowNumbersProps {
  readonly table: Table
  readonly plan: Plan
  /** Those that were brought in before, as far as that is known. */
  readonly lists: readonly string[]
  /** What a list that was not here before may be called. */
  readonly suggested: string
  readonly onPlan: (plan: Plan) => void
}

/** By which column a row is known when its list comes again, how far that column can tell rows apart, and which list it is: the next one counts from one as well. */
export function RowNumbers({ table, plan, lists, suggested, onPlan }: RowNumbersProps) {
  const { say } = useDesk().words
  const { rowId } = plan
  const column = rowId?.column
  const { empty, twice } = useMemo(() => (column === undefined ? { empty: 0, twice: 0 } : numbersOfColumn(table, column)), [table, column])
  const [isNew, setNew] = useState(false)
  if (rowId === undefined) return <p className={styles.quiet}>{say('import.rowIdNone')}</p>
  const name = table.headers[rowId.column] || say('import.columnNumber', { number: rowId.column + 1 })
  const setList = (list: string): void => onPlan({ ...plan, rowId: { ...rowId, list } })
  const isOther = lists.length === 0 || isNew || (rowId.list !== '' && !lists.includes(rowId.list))
  const handleChoice = (choice: string | null): void => {
    setNew(choice === newList)
    setList(choice === newList ? suggested : (choice ?? ''))
  }
  return (
    <fieldset className={styles.numbers}>
      <legend>{say('import.rowIdTitle')} <bdi>{name}</bdi></legend>
      <p className={styles.lead}>{say('import.rowIdText')}</p>
      {empty === 0 ? null : <p>{say('import.rowIdEmpty', { count: empty })}</p>}
      {twice === 0 ? null : <p>{say('import.rowIdTwice', { count: twice })}</p>}
      <div className={styles.narrow}>
        {lists.length === 0 ? null : <Select label={say('import.whichList')} choose={say('import.chooseOne')} value={isOther ? newList : rowId.list === '' ? null : rowId.list} options={[...lists.map((list) => ({ value: list, label: list })), { value: newList, label: say('import.newList') }]} onChange={handleChoice} />}
        {isOther ? <LimitedLine label={say('import.listName')} value={rowId.list} maxLength={longestListName} autoComplete="off" onChange={setList} /> : null}
      </div>
    </fieldset>
  )
}

/** No list is called so: names are trimmed. */
const newList = ' '
