import { useAssigning } from '#coordinator/assign/assigning.tsx'
import type { AssignOutcome } from '#coordinator/assign/assigning.tsx'
import styles from '#coordinator/assign/assign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { problemText } from '#coordinator/shell/problem-note.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What became of the entries that were just given or taken. */
export function AssignNotice() {
  const { words } = useDesk()
  const { outcomes, forget } = useAssigning()
  return (
    <div className={outcomes.length === 0 ? styles.hidden : styles.notice} data-tone={outcomes.some(({ kind }) => kind !== 'done') ? 'ask' : 'done'}>
      <p role="status">{outcomes.map((outcome) => sentenceOf(outcome, words)).join(' ')}</p>
      {outcomes.length === 0 ? null : <TextButton onClick={forget}>{words.say('keys.close')}</TextButton>}
    </div>
  )
}

function sentenceOf(outcome: AssignOutcome, { say, list }: DeskWords): string {
  if (outcome.kind === 'failed') return `${say(outcome.problem.kind === 'refused' ? 'assign.failed' : 'assign.unknown')} ${problemText(outcome.problem, say)}`
  const { count, ref } = outcome
  if (outcome.kind === 'gone') return say('assign.gone', { count, ref })
  if (outcome.kind === 'aside') return say('assign.aside', { count, ref })
  if (outcome.kind === 'elsewhere') return outcome.with.length === 0 ? say('assign.nobodysNow', { count, ref }) : say('assign.elsewhere', { count, ref, names: list(outcome.with) })
  const { to, from } = outcome
  const done = to === null ? say('assign.back', { count, ref }) : to === 'me' ? say('assign.taken', { count, ref }) : say('assign.given', { count, ref, name: to.name })
  return from.length === 0 ? done : `${done} ${say('assign.before', { names: list(from) })}`
}
