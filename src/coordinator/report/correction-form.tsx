import { useEffect, useRef, useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import type { KeptCorrection } from '#device/kept-writing.ts'
import { longestSentence } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { openedOnce } from '#coordinator/report/opened-once.ts'
import own from '#coordinator/report/issues.module.css'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { locales } from '#i18n/locale.ts'
import { LimitedArea } from '#coordinator/limited-text.tsx'
import { Button } from '#ui/button/button.tsx'
import { Note } from '#ui/note/note.tsx'
import { Select } from '#ui/select/select.tsx'

interface CorrectionFormProps {
  readonly number: number
  readonly sentence: string | null
  readonly onClose: () => void
}

/** A line of the public list of changes. It keeps its id, so that the same line sent twice is one. */
export function CorrectionForm({ number, sentence, onClose }: CorrectionFormProps) {
  const { device, ground, words } = useDesk()
  const { writing, say } = useWriting()
  const { one: { id, text, lang }, change, forget } = useKeptCorrection(`${number}/${sentence ?? ''}`, () => ({ id: ground.newPartId(), text: '', lang: words.locale }))
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const isReady = text.trim() !== '' && !isSending
  const send = async () => {
    setSending(true)
    setProblem(null)
    const answer = await device.api.correctIssue(number, { id, sentence, text: text.trim(), lang })
    setSending(false)
    if (!answer.ok) {
      setProblem(answer.problem)
      // What stands in public is what was sent first. What was written since is another line, if it is sent again.
      if (isStanding(answer.problem)) change({ id: ground.newPartId() })
      if (isStanding(answer.problem)) await writing.reload()
      return
    }
    await forget()
    await writing.reload()
    onClose()
  }
  const cancel = () => {
    void forget()
    onClose()
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isReady) void send()
  }
  return (
    <form autoComplete="off" className={own.correct} onSubmit={handleSubmit}>
      <LimitedArea label={say('write.correct.text')} hint={say('write.correct.hint')} rows={2} maxLength={longestSentence} lang={lang} value={text} onChange={(next) => change({ text: next })} />
      <Select label={say('write.sentence.language')} value={lang} options={locales.map((value) => ({ value: value as string, label: words.language(value) }))} onChange={(next) => change({ lang: next ?? lang })} />
      {problem === null ? null : isStanding(problem) ? <Note tone="ask" live="alert">{say('write.correct.stands')}</Note> : problem.kind === 'refused' ? <ProblemNote problem={problem} /> : <Note tone="ask" live="alert">{say('write.correct.unknown')}</Note>}
      <div className={styles.acts}>
        <Button onClick={cancel}>{say('write.correct.cancel')}</Button>
        <Button type="submit" look="main" isDisabled={!isReady}>{say(isSending ? 'write.correct.sending' : 'write.correct.send')}</Button>
      </div>
    </form>
  )
}

function isStanding({ kind, code }: ApiProblem): boolean {
  return kind === 'refused' && code === 'precondition-failed'
}

/** What is typed is on the device with each letter: whoever leaves the page or loses it finds it here again. */
function useKeptCorrection(of: string, blank: () => KeptCorrection) {
  const { device } = useDesk()
  const [one, setOne] = useState(blank)
  // What is typed while an answer is awaited must not be overwritten by what follows from it.
  const latest = useRef(one)
  const put = (next: KeptCorrection): void => {
    latest.current = next
    setOne(next)
  }
  const [open] = useState(() => openedOnce(() => device.openWriting()))
  // One after the other: an older word must not come to lie over a newer one.
  const last = useRef<Promise<unknown>>(Promise.resolve())
  const keep = (next: KeptCorrection | null) => (last.current = last.current.then(async () => (await open()).keepCorrection(of, next)).catch(() => undefined))
  useEffect(() => {
    let isOver = false
    void open().then((writing) => writing.correction(of)).then((kept) => {
      // What was typed while it was read goes before.
      if (isOver || kept === null || latest.current.text !== '') return
      latest.current = kept
      setOne(kept)
    }, () => undefined)
    return () => {
      isOver = true
    }
  }, [of, open])
  return {
    one,
    change: (part: Partial<KeptCorrection>) => {
      const next = { ...latest.current, ...part }
      put(next)
      void keep(next.text.trim() === '' ? null : next)
    },
    forget: () => keep(null),
  }
}
