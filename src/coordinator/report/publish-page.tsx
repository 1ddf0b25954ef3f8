import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import type { ApiProblem } from '#device/device.ts'
import type { DraftResponse, PublishRequest, PublishResponse } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { IssueLink } from '#coordinator/report/issue-link.tsx'
import { openedOnce } from '#coordinator/report/opened-once.ts'
import { checksOf } from '#coordinator/report/publish-checks.ts'
import type { Check } from '#coordinator/report/publish-checks.ts'
import own from '#coordinator/report/publish.module.css'
import styles from '#coordinator/report/report.module.css'
import { SpokenSentence } from '#coordinator/report/spoken-sentence.tsx'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import type { WritingState } from '#coordinator/report/writing-state.ts'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { ProblemNote, UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { Button, ButtonLink } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { Note } from '#ui/note/note.tsx'

/** What becomes public, what to look at before, and the one button that does it. */
export function PublishPage() {
  const { state, writing, say } = useWriting()
  const [done, setDone] = useState<PublishResponse | null>(null)
  const { draft, problem } = state
  return (
    <main className={own.publish}>
      <p><Link href="/desk/report">{say('write.publish.back')}</Link></p>
      {done !== null ? <Published done={done} /> : draft === null ? (problem === null ? <Awaited lines={6} /> : <UnreadNote problem={problem} onRetry={() => void writing.reload()} />) : (
        <>
          <h1>{say('write.publish.title', { number: draft.number })}</h1>
          <WhatBecomesPublic draft={draft} />
          <Checks state={state} />
          <Publishing draft={draft} isHeld={state.parts.some(({ standing }) => standing !== 'saved')} onDone={setDone} />
        </>
      )}
    </main>
  )
}

function WhatBecomesPublic({ draft }: { readonly draft: DraftResponse }) {
  const { device, words } = useDesk()
  const { state, say } = useWriting()
  const { from, to } = draft.settings
  const priorities = state.parts.filter(({ part }) => part.kind === 'priority').length
  return (
    <section>
      <h2>{say('write.publish.what')}</h2>
      <p>{say('write.publish.text', { from: words.time.day(from), to: words.time.day(to), findings: state.parts.length - priorities, priorities })}</p>
      <p className={styles.quiet}>{words.say('reports.protects')}</p>
      {state.parts.length === 0 ? <Note tone="ask">{say('write.publish.nothing')}</Note> : null}
      <div className={styles.acts}><ButtonLink icon="report" href={device.api.reportUrl({ from, to, language: words.locale })} target="_blank" rel="noopener">{say('write.publish.read')}</ButtonLink></div>
    </section>
  )
}

function Checks({ state }: { readonly state: WritingState }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const checks = checksOf(state)
  const beside = state.evidence?.beside ?? null
  return (
    <section>
      <h2>{say('write.publish.checks')}</h2>
      {beside === null ? null : <Note tone="ask">{say('write.publish.beside', { count: beside.entries, of: beside.issues.length, issues: words.list(beside.issues.map(words.number)) })}</Note>}
      {checks.length === 0 && beside !== null ? null : checks.length === 0 ? <p className={styles.well}><Icon name="check" size="text" />{say('write.publish.allWell')}</p> : (
        <>
          <ul className={own.checks}>{checks.map((check) => <li key={`${check.kind} ${check.part.id} ${check.sentence?.id ?? ''}`}><CheckLine check={check} /></li>)}</ul>
          {checks.some(({ kind }) => kind !== 'unsaved') ? <p className={styles.quiet}>{say('write.publish.advice')}</p> : null}
        </>
      )}
    </section>
  )
}

function CheckLine({ check: { kind, part, sentence } }: { readonly check: Check }) {
  const { say } = useWriting()
  const shown = sentence ?? part.sentences[0]
  return (
    <Link href={`/desk/report?part=${part.id}`} className={own.check}>
      <Icon name={kind === 'unsaved' ? 'storage' : kind === 'lint' || kind === 'digits' ? 'edit' : 'warning'} size="text" />
      <span><b>{say(`write.check.${kind}`)}</b> {shown === undefined ? null : <SpokenSentence sentence={shown} />}</span>
    </Link>
  )
}

/** Only what was read is published: the versions that stood here when the page was opened go along. What has no answer is asked for again as it was, under its id. */
function Publishing({ draft, isHeld, onDone }: { readonly draft: DraftResponse; readonly isHeld: boolean; readonly onDone: (done: PublishResponse) => void }) {
  const { device, ground, words } = useDesk()
  const { writing, say } = useWriting()
  const { unanswered, keep } = useUnanswered()
  const [step, setStep] = useState<'idle' | 'publishing' | 'moved'>('idle')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [seen, setSeen] = useState(() => writing.seen())
  const [opened] = useState(draft.number)
  const { number } = draft
  const publish = async () => {
    setStep('publishing')
    setProblem(null)
    const isAgain = unanswered !== null && unanswered !== 'unread'
    const asked = isAgain ? unanswered : { id: ground.newPartId(), ...writing.asSeen(seen) }
    // On the disk before it goes out: a page that is closed in between must know what to ask for again.
    await keep(asked)
    const answer = await device.api.publishReport(asked)
    const isMoved = !answer.ok && answer.problem.code === 'precondition-failed'
    // A refusal of another kind says nothing of the first attempt, which may have been taken.
    if (answer.ok || isMoved || (answer.problem.kind === 'refused' && !isAgain)) await keep(null)
    if (answer.ok || isMoved) await writing.reload()
    if (isMoved) setSeen(writing.seen())
    if (answer.ok) return onDone(answer.value)
    setStep(isMoved ? 'moved' : 'idle')
    if (!isMoved && answer.problem.kind === 'refused') setProblem(answer.problem)
  }
  const isUnknown = unanswered !== null && unanswered !== 'unread' && step !== 'publishing'
  // Behind the same button would stand the next issue, which nobody has read here.
  if (number !== opened && unanswered === null && step !== 'publishing') return <section className={own.final}><Note tone="stop" icon="lock" live="alert">{say('write.publish.overtaken', { number: opened })}</Note></section>
  return (
    <section className={own.final}>
      <Note tone="stop" icon="lock" title={say('write.publish.final')} />
      {isHeld ? <p className={styles.warn} role="status"><Icon name="storage" size="text" />{say('write.publish.unsaved')}</p> : null}
      {step === 'moved' ? <Note tone="ask" live="alert">{say('write.publish.moved')}</Note> : null}
      {isUnknown ? <Note tone="ask" live="alert">{say('write.publish.unknown')}</Note> : null}
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div className={styles.acts}><Button look="main" isDisabled={unanswered === 'unread' || step === 'publishing' || (isHeld && !isUnknown)} onClick={() => void publish()}>{step === 'publishing' ? say('write.publish.doing') : isUnknown ? words.say('load.again') : say('write.publish.do', { number })}</Button></div>
    </section>
  )
}

/** What was asked to be published and has no answer, as this device keeps it. Where the disk fails, this page still knows. */
function useUnanswered() {
  const { device } = useDesk()
  const [unanswered, setUnanswered] = useState<PublishRequest | 'unread' | null>('unread')
  const [open] = useState(() => openedOnce(() => device.openWriting()))
  useEffect(() => {
    let isOver = false
    const take = (kept: PublishRequest | null) => {
      if (!isOver) setUnanswered((now) => (now === 'unread' ? kept : now))
    }
    void open().then((kept) => kept.publishing()).then(take, () => take(null))
    return () => {
      isOver = true
    }
  }, [open])
  const keep = async (one: PublishRequest | null) => {
    setUnanswered(one)
    await open().then((kept) => kept.keepPublishing(one)).catch(() => undefined)
  }
  return { unanswered, keep }
}

function Published({ done }: { readonly done: PublishResponse }) {
  const { say } = useWriting()
  const title = useRef<HTMLHeadingElement>(null)
  // The button that was pressed has gone: whoever has no mouse goes on here, and hears it, instead of at the head of the page.
  useEffect(() => title.current?.focus(), [])
  return (
    <>
      <h1 ref={title} tabIndex={-1}>{say('write.publish.done', { number: done.number })}</h1>
      <p>{say('write.publish.doneText')}</p>
      <IssueLink url={done.url} number={done.number} isOpen />
    </>
  )
}
