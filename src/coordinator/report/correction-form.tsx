import { useState } from 'react'
import type { SubmitEvent } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { longestSentence } from '#domain/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import own from '#coordinator/report/issues.module.css'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { locales } from '#i18n/locale.ts'
import { Button } from '#ui/button/button.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextArea } from '#ui/text-area/text-area.tsx'

interface CorrectionFormProps {
  readonly number: number
  readonly sentence: string | null
  readonly onClose: () => void
}

/** A line of the public list of changes. It keeps its id, so that the same line sent twice is one. */
export function CorrectionForm({ number, sentence, onClose }: CorrectionFormProps) {
  const { device, ground, words } = useDesk()
  const { writing, say } = useWriting()
  const [id] = useState(() => ground.newPartId())
  const [text, setText] = useState('')
  const [lang, setLang] = useState<string>(words.locale)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const isReady = text.trim() !== '' && !isSending
  const send = async () => {
    setSending(true)
    setProblem(null)
    const answer = await device.api.correctIssue(number, { id, sentence, text: text.trim(), lang })
    setSending(false)
    if (!answer.ok) return setProblem(answer.problem)
    await writing.reload()
    onClose()
  }
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isReady) void send()
  }
  return (
    <form className={own.correct} onSubmit={handleSubmit}>
      <TextArea label={say('write.correct.text')} hint={say('write.correct.hint')} rows={2} maxLength={longestSentence} lang={lang} value={text} onChange={setText} />
      <Select label={say('write.sentence.language')} value={lang} options={locales.map((value) => ({ value: value as string, label: words.language(value) }))} onChange={(next) => setLang(next ?? lang)} />
      {problem === null ? null : <ProblemNote problem={problem} />}
      <div className={styles.acts}>
        <Button onClick={onClose}>{say('write.correct.cancel')}</Button>
        <Button type="submit" look="main" isDisabled={!isReady}>{say(isSending ? 'write.correct.sending' : 'write.correct.send')}</Button>
      </div>
    </form>
  )
}
