import { useState } from 'react'
import type { ReactNode } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/review/decision-bar.module.css'

/** As many stand one by one: two people who decide on the same two hundred entries would else leave a desk of nothing but notices. */
const mostApart = 3

interface SeveralNoticesProps<One> {
  readonly of: readonly One[]
  /** What is told of all of them together. */
  readonly said: string
  /** `role`: whether it is read out as it comes. */
  readonly each: (one: One, role: 'alert' | undefined) => ReactNode
  readonly onLeaveAll: () => void
}

/** Notices that wait for a person; where they are many, their number, with each of them behind it. */
export function SeveralNotices<One>({ of, said, each, onLeaveAll }: SeveralNoticesProps<One>) {
  const { say } = useDesk().words
  const [isOpen, setOpen] = useState(false)
  if (of.length <= mostApart) return of.map((one) => each(one, 'alert'))
  return (
    <>
      <div className={styles.notice} data-phase="stopped">
        <p role="alert">{said}</p>
        <button type="button" className={styles.noticeAct} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say('decide.each')}</button>
        <button type="button" className={styles.noticeAct} data-takes-away onClick={onLeaveAll}>{say('decide.leaveAll')}</button>
      </div>
      {isOpen ? <div className={styles.each}>{of.map((one) => each(one, undefined))}</div> : null}
    </>
  )
}
