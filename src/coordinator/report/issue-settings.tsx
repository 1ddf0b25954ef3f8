import { useEffect, useRef, useState } from 'react'
import type { ApiProblem } from '#device/device.ts'
import { isReportPeriod } from '#protocol/report.ts'
import type { DraftSettings } from '#protocol/written-report.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/report/report.module.css'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { ProblemNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { DateInput } from '#ui/date-input/date-input.tsx'
import { Note } from '#ui/note/note.tsx'

const saveAfterMs = 800

interface Days {
  readonly from: string
  readonly to: string
  readonly next: string
}

const daysOf = ({ from, to, next }: DraftSettings): Days => ({ from, to, next: next ?? '' })
const areSame = (one: Days, other: Days) => one.from === other.from && one.to === other.to && one.next === other.next

/** Period and date of the next issue: saved a moment after they were set. */
export function IssueSettings({ settings }: { readonly settings: DraftSettings }) {
  const { words } = useDesk()
  const { say } = useWriting()
  const { days, set, step, problem, theirs, pick, save } = useDays(settings)
  const isWhole = isReportPeriod(days)
  return (
    <section className={styles.settings} aria-label={say('write.settings')}>
      <div className={styles.days}>
        <DateInput label={say('write.from')} value={days.from} max={days.to} onChange={(from) => set({ ...days, from })} />
        <DateInput label={say('write.to')} value={days.to} min={days.from} onChange={(to) => set({ ...days, to })} />
        <DateInput label={say('write.next')} value={days.next} onChange={(next) => set({ ...days, next })} />
      </div>
      <p role="status" className={styles.quiet}>{!isWhole ? say('write.noDays') : step === 'saving' ? say('write.settings.saving') : step === 'saved' ? say('write.settings.saved') : say('write.nextHint')}</p>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={save} />}
      {theirs === null ? null : (
        <Note tone="ask" live="alert" title={say('write.settings.clash', { from: words.time.day(theirs.from), to: words.time.day(theirs.to) })} actions={(
          <>
            <Button onClick={() => pick('mine')}>{say('write.settings.mine')}</Button>
            <Button onClick={() => pick('theirs')}>{say('write.settings.theirs')}</Button>
          </>
        )} />
      )}
    </section>
  )
}

function useDays(first: DraftSettings) {
  const { device, ground } = useDesk()
  const { writing } = useWriting()
  const [base, setBase] = useState(first)
  const [days, setDays] = useState(daysOf(first))
  const [step, setStep] = useState<'idle' | 'saving' | 'saved'>('idle')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [theirs, setTheirs] = useState<DraftSettings | null>(null)
  const [round, setRound] = useState(0)
  // What somebody else set is taken over where nothing was typed here.
  if (first.version > base.version && theirs === null && areSame(days, daysOf(base))) {
    setBase(first)
    setDays(daysOf(first))
  }
  const isWhole = isReportPeriod(days)
  const [isOnItsWay, setOnItsWay] = useState(false)
  // One after the other: the second would rest on what the first has just replaced.
  const isDue = isWhole && !areSame(days, daysOf(base)) && problem === null && theirs === null && !isOnItsWay
  const waiting = useRef<(() => void) | null>(null)
  // Whoever leaves the page at once, to publish, has set these days all the same.
  useEffect(() => () => waiting.current?.(), [])

  useEffect(() => {
    if (!isDue) return
    const save = async (): Promise<void> => {
      setStep('saving')
      setOnItsWay(true)
      await send().finally(() => setOnItsWay(false))
    }
    const send = async (): Promise<void> => {
      const { from, to, next } = days
      const answer = await device.api.setReportDraft({ from, to, next: next === '' ? null : next, was: base.version })
      setStep(answer.ok ? 'saved' : 'idle')
      if (answer.ok) {
        const saved = { ...base, from, to, next: next === '' ? null : next, version: answer.value }
        setBase(saved)
        return writing.tookSettings(saved)
      }
      if (answer.problem.code !== 'precondition-failed') return setProblem(answer.problem)
      const now = await device.api.reportDraft()
      if (now.ok) setTheirs(now.value.settings)
      else setProblem(now.problem)
    }
    const stop = ground.every(saveAfterMs, () => {
      stopOnce()
      void save()
    })
    let isOver = false
    const stopOnce = () => {
      if (!isOver) stop()
      isOver = true
      waiting.current = null
    }
    waiting.current = () => void send()
    return stopOnce
  }, [isDue, days, base, round, device, ground, writing])

  return {
    days, step, problem, theirs,
    set: (next: Days) => {
      setDays(next)
      setProblem(null)
      setStep('idle')
    },
    pick: (which: 'mine' | 'theirs') => {
      if (theirs === null) return
      setBase(theirs)
      if (which === 'theirs') {
        setDays(daysOf(theirs))
        writing.tookSettings(theirs)
      }
      setTheirs(null)
    },
    save: () => {
      setProblem(null)
      setRound(round + 1)
    },
  }
}
