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
  return (
    <>
      {isHidden ? <p>{say('import.hiddenSheet')}</p> : null}
      {hidden === undefined ? null : (
        <>
          <p>{say('import.hiddenRows', { count: hidden.rows })}</p>
          <Segmented label={say('import.whichRows')} value={isWhole ? 'all' : 'shown'} segments={(['all', 'shown'] as const).map((which) => ({ value: which, label: say(`import.whichRows.${which}`) }))} onChange={(which) => onWhole(which === 'all')} />
        </>
      )}
      {hiddenColumns.length === 0 ? null : <p>{say('import.hiddenColumns', { list: words.list(hiddenColumns.map((column) => nameOf(sheet, column) || say('import.columnNumber', { number: column + 1 }))) })}</p>}
      {withoutResult === 0 ? null : <p>{say('import.withoutResult', { count: withoutResult })}</p>}
    </>
  )
}

/** The first words in it, which are its header or what stands above. */
function nameOf({ csv }: Sheet, column: number): string {
  return wordsIn(csvRows(csv).find((row) => (row[column] ?? '').trim() !== '')?.[column])
}
