import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import styles from '#coordinator/near/near.module.css'
import { Suggestions } from '#coordinator/near/suggestions.tsx'
import { TieByHand } from '#coordinator/near/tie-by-hand.tsx'
import { Ties } from '#coordinator/near/ties.tsx'
import { useNear } from '#coordinator/near/use-near.ts'
import type { NearOutcome } from '#coordinator/near/use-near.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What this entry has to do with others: what it is tied to, what it may be tied to, and a way to tie it by hand. */
export function NearSection({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const { say } = words
  const near = useNear(reading)
  // A card goes with what is done with it, and the focus to the next one.
  const section = useKeptFocus()
  const { value, problem } = near.loaded
  const { outcome } = near
  return (
    <section ref={section} className={styles.near}>
      <h2>{say('links.title')}</h2>
      <Ties reading={reading} near={near} />
      <p role="status" className={styles.quiet}>{outcome === null ? '' : sayOutcome(outcome, words)}</p>
      {outcome?.kind === 'parted' ? <TextButton onClick={() => near.setApart({ id: outcome.other, ref: outcome.ref, kind: reading.entry.kind }, outcome.as, false)}>{say('near.takeBack')}</TextButton> : null}
      {value === null && problem !== null ? <p className={styles.quiet}>{say('near.unread')}</p> : null}
      {value === null ? null : <Suggestions reading={reading} near={near} answer={value} />}
      <TieByHand reading={reading} near={near} />
    </section>
  )
}

function sayOutcome(outcome: NearOutcome, { say, dots }: DeskWords): string {
  switch (outcome.kind) {
    case 'tied':
      return dots([say('near.tied', { ref: outcome.ref }), ...(outcome.isSent ? [] : [say('conflict.kept')])])
    case 'untied':
      return dots([say('near.untied'), ...(outcome.isSent ? [] : [say('conflict.kept')])])
    case 'parted':
      return say('near.parted', { ref: outcome.ref })
    case 'notKept':
      return say('conflict.failed')
    case 'notAsked':
      return say('near.askFailed')
  }
}
