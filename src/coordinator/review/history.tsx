import type { TrailStep } from '#domain/entry-state.ts'
import type { ChangeId } from '#domain/ids.ts'
import { isOpen } from '#domain/review.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { AskedBy } from '#coordinator/review/asked-by.tsx'
import { StepChanges } from '#coordinator/review/step-changes.tsx'
import type { Reading } from '#coordinator/review/reading.ts'
import historyStyles from '#coordinator/review/history.module.css'
import styles from '#coordinator/review/side.module.css'
import { Icon } from '#ui/icon/icon.tsx'
import { Trail } from '#ui/trail/trail.tsx'
import type { TrailPoint } from '#ui/trail/trail.tsx'

const icons = { recorded: 'phone', received: 'received', revised: 'edit', approve: 'check', askBack: 'question', reject: 'close', reopen: 'undo', withdrawn: 'withdrawn', corrected: 'edit' } as const

/** Every step with who made it and when, the decisions that did not count too. */
export function History({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const { entry } = reading
  const steps = entry.trail.map((step, index) => pointOf({ step, reading, words, phase: index === entry.trail.length - 1 && !isOpen(entry.review) ? 'now' : 'past' }))
  const uncounted = entry.decisions.filter(({ applied }) => !applied).map(({ change, verdict, memberId, at, reason }) => pointOf({ step: { step: verdict, change, memberId, at, seq: null, reason }, reading, words, phase: confirms(reading, change) ? 'past' : 'ended' }))
  const ahead: readonly TrailPoint[] = isOpen(entry.review) ? [{ id: 'ahead', phase: 'ahead', icon: 'check', title: words.say('history.ahead') }] : []
  return (
    <section>
      <h2>{words.say('history.title')}</h2>
      <Trail points={[...steps, ...uncounted, ...ahead]} />
    </section>
  )
}

function pointOf({ step, reading, words, phase }: { readonly step: TrailStep; readonly reading: Reading; readonly words: DeskWords; readonly phase: TrailPoint['phase'] }): TrailPoint {
  const { say } = words
  const decision = reading.entry.decisions.find(({ change }) => change === step.change)
  const grades = decision?.grades
  const name = step.step === 'received' ? undefined : reading.members.get(step.memberId)?.name
  const details = [...(name === undefined ? [] : [name]), ...(step.at === null ? [] : [words.time.instant(step.at)]), ...(phase === 'ended' ? [say('history.uncounted')] : []), ...(confirms(reading, step.change) ? [say('history.agreed')] : [])]
  return {
    id: `${step.change} ${step.step} ${phase}`,
    phase,
    icon: icons[step.step],
    title: say(`history.${step.step}`),
    note: (
      <>
        {words.dots(details)}
        {step.reason === undefined ? null : <span className={styles.said} dir="auto">{step.reason}</span>}
        {decision?.applied === false ? <AskedBy reading={reading} decision={step.change} /> : null}
        <StepChanges reading={reading} change={step.change} />
        <Proof reading={reading} step={step} />
        {grades === undefined ? null : <span className={styles.line}>{say('history.grades', { grades: `${grades.reliability ?? '–'}${grades.credibility ?? '–'}` })}</span>}
      </>
    ),
  }
}

/** A second reader's verdict that says the same as the one that counts, on the same words. */
function confirms({ entry, row }: Reading, step: ChangeId): boolean {
  const counting = entry.review === 'approved' ? 'approve' : 'reject'
  return row.second?.state === 'agreed' && entry.decisions.some(({ change, revision, verdict, applied }) => change === step && !applied && revision === entry.revision && verdict === counting)
}

/** Whether a seal of the device that made the step covers it: then nobody can have altered it since, not even the server. */
function Proof({ reading, step }: { readonly reading: Reading; readonly step: TrailStep }) {
  const { words } = useDesk()
  const proof = step.step === 'received' ? undefined : reading.proofs.get(step.change)
  if (proof === undefined) return null
  return <span className={historyStyles.proof}><Icon name={proof.proven ? 'check' : 'info'} size="text" />{words.say(proof.proven ? 'history.sealed' : 'history.unsealed', { step: proof.deviceSeq })}</span>
}
