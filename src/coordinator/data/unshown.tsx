import { useMemo } from 'react'
import { csvRows, wordsIn } from '#exchange/csv.ts'
import type { Sheet } from '#exchange/xlsx-rows.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Segmented } from '#ui/segmented/segmented.tsx'

interface UnshownProps {
  readonly sheet: Sheet
  readonly isWhole: boolean
  readonly onWhole: (isWhole: boolean) => void
}

/** What whoever opens the workbook does not see of this sheet, before anything of it comes in: a filter that stayed, columns put away, sums that nobody has worked out. */
export function Unshown({ sheet, isWhole, onWhole }: UnshownProps) {
  const { words } = useDesk()
  const { say } = words
  const { isHidden = false, hidden, hiddenColumns = [], withoutResult = 0 } = sheet
  const columns = useMemo(() => namesOf(sheet), [sheet])
  return (
    <>
      {isHidden ? <p>{say('import.hiddenSheet')}</p> : null}
      {hidden === undefined ? null : (
        <>
          <p>{say('import.hiddenRows', { count: hidden.rows })}</p>
          <Segmented label={say('import.whichRows')} value={isWhole ? 'all' : 'shown'} segments={(['all', 'shown'] as const).map((which) => ({ value: which, label: say(`import.whichRows.${which}`) }))} onChange={(which) => onWhole(which === 'all')} />
        </>
      )}
      {hiddenColumns.length === 0 ? null : <p>{say('import.hiddenColumns', { list: words.list(columns.map(({ name, column }) => name || say('import.columnNumber', { number: column + 1 }))) })}{hiddenColumns.length === columns.length ? '' : ` ${say('import.columnsMore', { count: hiddenColumns.length - columns.length })}`}</p>}
      {withoutResult === 0 ? null : <p>{say('import.withoutResult', { count: withoutResult })}</p>}
    </>
  )
}

/** Nobody reads more of them in a sentence. */
const mostNames = 12

/** The first words in each, which are its header or what stands above. */
function namesOf({ csv, hiddenColumns = [] }: Sheet): readonly { readonly column: number; readonly name: string }[] {
  const rows = hiddenColumns.length === 0 ? [] : csvRows(csv)
  return hiddenColumns.slice(0, mostNames).map((column) => ({ column, name: wordsIn(rows.find((row) => (row[column] ?? '').trim() !== '')?.[column]) }))
}
