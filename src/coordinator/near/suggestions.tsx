import { useState } from 'react'
import type { ReactNode } from 'react'
import { coverages } from '#domain/codes/code-lists.ts'
import type { Coverage } from '#domain/codes/code-lists.ts'
import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { NearReason, NearResponse } from '#protocol/near.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/near/near.module.css'
import { OtherEntry } from '#coordinator/near/other-entry.tsx'
import { sayReason } from '#coordinator/near/reason-words.ts'
import type { Near } from '#coordinator/near/use-near.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { Button } from '#ui/button/button.tsx'
import { Fold } from '#ui/fold/fold.tsx'
import { Select } from '#ui/select/select.tsx'

interface SuggestionsProps {
  readonly reading: Reading
  readonly near: Near
  readonly answer: NearResponse
}

/** What may be the same, and what may answer what, each with its reasons; a person says whether it is so. */
export function Suggestions({ reading, near, answer }: SuggestionsProps) {
  const { words: { say } } = useDesk()
  const rows = new Map<EntryId, EntryRow>(answer.rows.map((row) => [row.id, row]))
  const standing = <Suggested extends { readonly id: EntryId }>(all: readonly Suggested[]) => all.flatMap((one) => {
    const row = rows.get(one.id)
    return row === undefined || near.tiedHere.has(one.id) ? [] : [{ ...one, row }]
  })
  const [same, answers] = [standing(answer.same), standing(answer.answers)]
  return (
    <>
      {same.length + answers.length > 0 ? <p className={styles.quiet}>{say('near.hint')}</p> : <p className={styles.quiet}>{say('near.none', { count: answer.compared })}</p>}
      <Cards heading={say('near.same')}>{same.map(({ id, kind, reasons, row }) => <Same key={id} kind={kind} reasons={reasons} row={row} near={near} />)}</Cards>
      <Cards heading={say(`near.answers.${reading.entry.kind}`)}>{answers.map(({ id, coverage, reasons, row }) => <Answer key={id} coverage={coverage} reasons={reasons} row={row} near={near} />)}</Cards>
      {answer.isCut ? <p className={styles.quiet}>{say('near.cut', { count: answer.compared })}</p> : null}
    </>
  )
}

/** As many as are looked at without asking for more. */
const shownAtOnce = 3

function Cards({ heading, children }: { readonly heading: string; readonly children: readonly ReactNode[] }) {
  const { words: { say } } = useDesk()
  if (children.length === 0) return null
  const rest = children.slice(shownAtOnce)
  return (
    <>
      <h3>{heading}</h3>
      <ul className={styles.list}>{children.slice(0, shownAtOnce)}</ul>
      {rest.length === 0 ? null : <Fold summary={say('near.more', { count: rest.length })}><ul className={styles.list}>{rest}</ul></Fold>}
    </>
  )
}

interface CardProps {
  readonly row: EntryRow
  readonly reasons: readonly NearReason[]
  readonly near: Near
}

/** Both ways to be the same stand side by side; what the matcher thinks likelier stands first. */
function Same({ row, reasons, near, kind }: CardProps & { readonly kind: 'sameAs' | 'duplicateOf' }) {
  const { words: { say } } = useDesk()
  const acts = [
    <Button key="sameAs" onClick={() => near.tie(row, 'sameAs')}>{say('near.second')}</Button>,
    <Button key="duplicateOf" onClick={() => near.tie(row, 'duplicateOf')}>{say('near.again')}</Button>,
  ]
  return (
    <Card row={row} reasons={reasons}>
      {kind === 'sameAs' ? acts : acts.toReversed()}
      <Button look="plain" onClick={() => near.setApart(row, 'same', true)}>{say('near.unlike')}</Button>
    </Card>
  )
}

function Answer({ row, reasons, near, coverage: suggested }: CardProps & { readonly coverage: Coverage | null }) {
  const { words } = useDesk()
  const { say } = words
  const [coverage, setCoverage] = useState<Coverage>(suggested ?? 'unknown')
  return (
    <Card row={row} reasons={reasons}>
      <Select label={say('near.coverage')} value={coverage} options={coverages.map((value) => ({ value, label: words.code('coverage', value) }))} onChange={(value) => setCoverage(value ?? 'unknown')} />
      <Button onClick={() => near.tie(row, 'answers', coverage)}>{say('near.itAnswers')}</Button>
      <Button look="plain" onClick={() => near.setApart(row, 'answers', true)}>{say('near.notAnswers')}</Button>
    </Card>
  )
}

function Card({ row, reasons, children }: { readonly row: EntryRow; readonly reasons: readonly NearReason[]; readonly children: ReactNode }) {
  const { words } = useDesk()
  const said = reasons.flatMap((reason) => sayReason(reason, words) ?? [])
  return (
    <li>
      <OtherEntry row={row} after={(
        <>
          <ul className={styles.reasons} aria-label={words.say('near.why')}>{said.map((reason) => <li key={reason}>{reason}</li>)}</ul>
          <div className={styles.acts}>{children}</div>
        </>
      )}
      />
    </li>
  )
}
