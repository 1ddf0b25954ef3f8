import type { ApiProblem } from '#device/device.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import styles from '#coordinator/shell/states.module.css'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

/** What went wrong with a call and what to do, at the place where the answer would stand. */
export function ProblemNote({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry?: (() => void) | undefined }) {
  const { say } = useDesk().words
  return (
    <Note tone={problem.kind === 'refused' ? 'stop' : 'ask'} live="alert" actions={onRetry === undefined ? undefined : <Button onClick={onRetry}>{say('load.again')}</Button>}>{say(problemKey(problem))}</Note>
  )
}

/** Which moment the shown answer is from, when there is no newer one. */
export function AsOf({ ms }: { readonly ms: number | null }) {
  const { words } = useDesk()
  return ms === null ? null : <p className={styles.asOf}>{words.say('load.asOf', { time: words.time.clock(ms) })}</p>
}

const codesWithWords = ['forbidden', 'no-session', 'device-revoked', 'not-found', 'too-large', 'invalid', 'too-many-requests'] as const

function problemKey(problem: ApiProblem): DeskKey {
  if (problem.kind !== 'refused') return `problem.${problem.kind}`
  const code = codesWithWords.find((known) => known === problem.code)
  return code === undefined ? 'problem.refused' : `problem.${code}`
}
