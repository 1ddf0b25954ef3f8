import { useEffect, useRef } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { problemStatus } from '#protocol/problem.ts'
import type { ProblemCode } from '#protocol/problem.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey } from '#coordinator/desk-words.ts'
import styles from '#coordinator/shell/states.module.css'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'

/** What went wrong with a call and what to do, at the place where the answer would stand. */
export function ProblemNote({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry?: (() => void) | undefined }) {
  const { say } = useDesk().words
  return <ToldProblem problem={problem} text={say(problemKey(problem))} onRetry={onRetry} />
}

/** The same of what was only read: as soon as the server answers it is asked again, by nobody's hand. */
export function UnreadNote({ problem, onRetry }: { readonly problem: ApiProblem; readonly onRetry: () => void }) {
  const { say } = useDesk().words
  useReadAgain(problem, onRetry)
  return <ToldProblem problem={problem} text={say(problem.kind === 'unreachable' && problem.by !== 'between' && problem.code !== 'not-loaded' ? 'problem.awaited' : problemKey(problem))} onRetry={onRetry} />
}

/** For where another note stands already. Once for each time that it was not answered: on a slow line what was asked again may be on its way still. */
export function useReadAgain(problem: Pick<ApiProblem, 'kind'> | null, onRetry: () => void): void {
  const { fresh } = useDesk()
  const retry = useRef(onRetry)
  useEffect(() => {
    retry.current = onRetry
  })
  useEffect(() => {
    if (problem === null || problem.kind === 'refused') return
    const stop = fresh.onAnswer(() => {
      stop()
      retry.current()
    })
    return stop
  }, [problem, fresh])
}

function ToldProblem({ problem, text, onRetry }: { readonly problem: ApiProblem; readonly text: string; readonly onRetry: (() => void) | undefined }) {
  const { say } = useDesk().words
  return (
    <Note tone={problem.kind === 'refused' ? 'stop' : 'ask'} live="alert" actions={onRetry === undefined ? undefined : <Button onClick={onRetry}>{say('load.again')}</Button>}>{text}</Note>
  )
}

/** Which moment the shown answer is from, when there is no newer one. */
export function AsOf({ ms }: { readonly ms: number | null }) {
  const { words } = useDesk()
  return ms === null ? null : <p className={styles.asOf}>{words.say('load.asOf', { time: words.time.clock(ms) })}</p>
}

/** The same as a sentence alone, where a note would be too much. */
export function problemText(problem: ApiProblem, say: (key: DeskKey) => string): string {
  return say(problemKey(problem))
}

/** Every code of this version has its words; one of a newer server is only said to be refused. */
function problemKey({ kind, code, by }: ApiProblem): DeskKey {
  if (by === 'between') return 'problem.between'
  if (code === 'not-loaded') return 'problem.not-loaded'
  if (kind !== 'refused') return `problem.${kind}`
  return isProblemCode(code) ? `problem.${code}` : 'problem.refused'
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemStatus, code)
}
