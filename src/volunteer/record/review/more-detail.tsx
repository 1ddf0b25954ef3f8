import { useState } from 'react'
import type { Draft } from '#device/device.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { sparePart } from '#ui/later-screen.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { countOptional, optionalFieldNames } from '#volunteer/record/optional-fields.ts'
import styles from '#volunteer/record/record.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

const MoreFields = sparePart(async () => (await import('#volunteer/record/review/more-fields.tsx')).MoreFields, () => <BlankLines count={3} label={useWords().say('loading')} />)

/** All that may be added, folded away and drawn only when it is opened: it never stands between the author and the save. */
export function MoreDetail({ draft, keeper, refusals }: { readonly draft: Draft; readonly keeper: DraftKeeper; readonly refusals: number }) {
  const { say } = useWords()
  // Opened again for the field that had the caret.
  const [isLeftOpen] = useState(() => optionalFieldNames(draft.kind).some((field) => field === draft.focus))
  const [isOpened, setOpened] = useState(isLeftOpen)
  const isShown = isOpened || refusals > 0
  return (
    <Fold summary={<>{say('record.review.more')}<span className={styles.quietLine}>{say('record.review.moreCount', { count: countOptional(draft.content) })}</span></>} isOpen={refusals > 0 || isLeftOpen ? true : undefined} onToggle={(isOpen) => setOpened(isOpened || isOpen)}>
      {isShown ? <MoreFields key={refusals} draft={draft} keeper={keeper} isRefused={refusals > 0} /> : null}
    </Fold>
  )
}
