import { Suspense, lazy, useState } from 'react'
import type { Draft } from '#device/device.ts'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import type { DraftKeeper } from '#volunteer/record/draft-keeper.ts'
import { countOptional } from '#volunteer/record/optional-fields.ts'
import styles from '#volunteer/record/record.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

const MoreFields = lazy(async () => ({ default: (await import('#volunteer/record/review/more-fields.tsx')).MoreFields }))

/** All that may be added, folded away and drawn only when it is opened: it never stands between the author and the save. */
export function MoreDetail({ draft, keeper, refusals }: { readonly draft: Draft; readonly keeper: DraftKeeper; readonly refusals: number }) {
  const { say } = useWords()
  const [isOpened, setOpened] = useState(false)
  const isShown = isOpened || refusals > 0
  return (
    <Fold summary={<>{say('record.review.more')}<span className={styles.quietLine}>{say('record.review.moreCount', { count: countOptional(draft.content) })}</span></>} isOpen={refusals > 0 ? true : undefined} onToggle={(isOpen) => setOpened(isOpened || isOpen)}>
      {isShown ? <Suspense fallback={<BlankLines count={3} label={say('loading')} />}><MoreFields key={refusals} draft={draft} keeper={keeper} isRefused={refusals > 0} /></Suspense> : null}
    </Fold>
  )
}
