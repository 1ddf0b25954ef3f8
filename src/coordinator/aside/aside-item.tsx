import { useState } from 'react'
import { Link } from 'wouter'
import type { QuarantineRow, SettlementAct } from '#protocol/aside.ts'
import { ChangeContent } from '#coordinator/aside/change-content.tsx'
import { ReasonDialog } from '#coordinator/aside/reason-dialog.tsx'
import styles from '#coordinator/aside/aside.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskKey, DeskWords } from '#coordinator/desk-words.ts'
import { Button } from '#ui/button/button.tsx'
import { Icon } from '#ui/icon/icon.tsx'

/** How far "Count it" has come at this desk. */
export type CountPhase = 'sending' | 'sent' | 'kept' | 'failed'

interface AsideItemProps {
  readonly row: QuarantineRow
  readonly phase: CountPhase | null
  readonly onCount: (reason: string) => void
  readonly onSettle: (act: SettlementAct, reason: string) => void
}

/** One change that was set aside: what it is, why, from whom, its words, and the two things that can be done. */
export function AsideItem({ row, phase, onCount, onSettle }: AsideItemProps) {
  const { words } = useDesk()
  const { say } = words
  const [asked, setAsked] = useState<'count' | 'leave' | null>(null)
  const title = titleOf(row, words)
  const isBusy = phase !== null && phase !== 'failed'
  return (
    <li className={styles.item}>
      <h3>{title}</h3>
      <p className={styles.why}>{[say(`aside.why.${row.reason}`), ...misfitsOf(row, words)].join(' ')}</p>
      <p className={styles.quiet}>{words.dots(factsOf(row, words))}</p>
      {row.change === null ? <Unread text={row.text ?? ''} /> : <ChangeContent change={row.change} />}
      {row.left === null ? null : <p className={styles.quiet}>{say('aside.leftBy', { name: row.left.by, date: words.time.instant(row.left.at) })} <span className={styles.said} dir="auto">{row.left.reason}</span></p>}
      {row.hindrance === null ? null : <p className={styles.quiet}>{say(`aside.hindrance.${row.hindrance}`)}</p>}
      {phase === null ? null : <p role={phase === 'failed' ? 'alert' : 'status'} className={styles.status}>{say(`aside.${phase}`)}</p>}
      {isBusy ? null : (
        <div className={styles.acts}>
          {row.hindrance === null ? <Button aria-label={say('aside.countOf', { what: title })} onClick={() => setAsked('count')}>{say('aside.count')}</Button> : null}
          {row.left === null
            ? <Button look="plain" aria-label={say('aside.leaveOf', { what: title })} onClick={() => setAsked('leave')}>{say('aside.leave')}</Button>
            : <Button look="plain" onClick={() => onSettle('reopen', '')}>{say('aside.again')}</Button>}
          {row.ref === null || row.entryId === null ? null : <Link href={`/desk/entry/${row.entryId}`}>{say('aside.openEntry', { ref: row.ref })}</Link>}
        </div>
      )}
      {asked === null ? null : (
        <ReasonDialog
          act={asked}
          onClose={() => setAsked(null)}
          onGive={(reason) => {
            setAsked(null)
            if (asked === 'count') onCount(reason)
            else onSettle('settle', reason)
          }}
        />
      )}
    </li>
  )
}

/** Bytes that no version here can read are shown as they came, as far as that helps. */
function Unread({ text }: { readonly text: string }) {
  const { say } = useDesk().words
  if (text === '') return null
  return (
    <details className={styles.raw}>
      <summary>{say('aside.asItCame')} <Icon name="chevron-down" size="text" /></summary>
      <pre dir="ltr">{text}</pre>
    </details>
  )
}

const types: Readonly<Record<string, DeskKey>> = {
  record: 'aside.what.record', revise: 'aside.what.revise', withdraw: 'aside.what.withdraw', comment: 'aside.what.comment', link: 'aside.what.link', unlink: 'aside.what.unlink',
  decide: 'aside.what.decide', correct: 'aside.what.correct', release: 'aside.what.release', erase: 'aside.what.erase', fileStored: 'aside.what.fileStored',
}

function titleOf({ type, ref }: QuarantineRow, { say }: DeskWords): string {
  const key = type === null || !Object.hasOwn(types, type) ? undefined : types[type]
  const what = say(key ?? 'aside.what.other')
  return ref === null ? what : say('aside.on', { what, ref })
}

/** Of an entry with a form, which fields keep it from being one: whoever knows its author can ask for them. */
function misfitsOf({ misfits = [] }: QuarantineRow, { say, field, list }: DeskWords): readonly string[] {
  return (['missing', 'unfit'] as const).flatMap((is) => {
    const fields = misfits.filter((misfit) => misfit.is === is)
    return fields.length === 0 ? [] : [say(`aside.${is}`, { fields: list(fields.map((misfit) => field(misfit.field))) })]
  })
}

function factsOf(row: QuarantineRow, { say, time }: DeskWords): readonly string[] {
  return [
    row.memberName ?? say('aside.nobody'), row.deviceLabel ?? '', ...(row.change === null ? [] : [say('conflict.written', { date: time.instant(row.change.recordedAt) })]), say('aside.arrived', { date: time.instant(row.receivedAt) }),
    ...(row.carrierName === null ? [] : [say('aside.carried', { name: row.carrierName })]),
  ]
}
