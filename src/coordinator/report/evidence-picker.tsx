import { useEffect, useState } from 'react'
import type { EntryId } from '#domain/ids.ts'
import { offeredTopics } from '#domain/themes.ts'
import type { Citation } from '#domain/written-report.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { PickRow } from '#coordinator/report/pick-row.tsx'
import styles from '#coordinator/report/pickers.module.css'
import { useApprovedEntries } from '#coordinator/report/use-approved-entries.ts'
import { useWriting } from '#coordinator/report/writing-context.tsx'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { Dialog } from '#ui/dialog/dialog.tsx'
import { Note } from '#ui/note/note.tsx'
import { Select } from '#ui/select/select.tsx'
import { TextInput } from '#ui/text-input/text-input.tsx'

interface EvidencePickerProps {
  readonly title: string
  /** Cited already. */
  readonly taken: readonly Citation[]
  readonly most: number
  /** That of the finding: where the search begins. */
  readonly topic: string | null
  readonly onTake: (citations: readonly Citation[]) => void
  readonly onClose: () => void
}

/** Approved entries of the period: searched, read, and picked, several at once. Each is cited as it was approved. */
export function EvidencePicker({ title, taken, most, topic: first, onTake, onClose }: EvidencePickerProps) {
  const { membership, words } = useDesk()
  const { say } = useWriting()
  const [topic, setTopic] = useState(first)
  const [typed, setTyped] = useState('')
  const { picked, toggle, step, failed, take } = useTaking(onTake, onClose)
  const found = useApprovedEntries(useSettledSearch(typed), topic)
  const isFull = taken.length + picked.size >= most
  const stateOf = ({ id }: EntryRow) => (taken.some(({ entryId }) => entryId === id) ? 'taken' : picked.has(id) ? 'picked' : isFull ? 'full' : 'free')
  return (
    <Dialog look="wide" title={title} closeLabel={say('write.pick.close.dialog')} onClose={onClose} actions={(
      <>
        <Button onClick={onClose}>{say('write.pick.cancel')}</Button>
        <Button look="main" isDisabled={picked.size === 0 || step === 'taking'} onClick={() => void take()}>{step === 'taking' ? say('write.pick.taking') : say('write.pick.take', { count: picked.size })}</Button>
      </>
    )}
    >
      <div className={styles.search}>
        <TextInput label={say('write.pick.search')} hint={say('write.pick.searchHint')} type="search" autoComplete="off" value={typed} onChange={setTyped} />
        <Select label={say('write.pick.topic')} choose={say('write.pick.allTopics')} value={topic} options={offeredTopics(membership.campaign, topic).map((value) => ({ value: value as string, label: words.code('topic', value) }))} onChange={setTopic} />
      </div>
      {failed.length === 0 ? null : <Note tone="ask" live="alert">{say('write.pick.failed', { refs: words.list(failed) })}</Note>}
      {found.problem === null ? null : <UnreadNote problem={found.problem} onRetry={found.again} />}
      <p role="status" className={styles.quiet}>{found.rows === null ? '' : say('write.pick.found', { count: found.total })}</p>
      {found.rows?.length === 0 ? null : (
        <div className={styles.results}>
          {found.rows === null && found.problem === null ? <Awaited lines={4} /> : null}
          <ul>{(found.rows ?? []).map((row) => <li key={row.id}><PickRow row={row} standing={stateOf(row)} onToggle={() => toggle(row)} /></li>)}</ul>
          {found.more === null ? null : <Button onClick={found.more}>{say('write.pick.more')}</Button>}
        </div>
      )}
    </Dialog>
  )
}

/** What is picked is read once more, so that what is cited is what is approved now. */
function useTaking(onTake: EvidencePickerProps['onTake'], onClose: () => void) {
  const { notes } = useWriting()
  const [picked, setPicked] = useState<ReadonlyMap<EntryId, EntryRow>>(new Map())
  const [step, setStep] = useState<'idle' | 'taking'>('idle')
  const [failed, setFailed] = useState<readonly string[]>([])
  const toggle = (row: EntryRow) => {
    const next = new Map(picked)
    if (!next.delete(row.id)) next.set(row.id, row)
    setPicked(next)
  }
  const take = async () => {
    setStep('taking')
    const read = await Promise.all([...picked.values()].map(async (row) => ({ row, citation: (await notes.read(row.id))?.citation ?? null })))
    const citations = read.flatMap(({ citation }) => (citation === null ? [] : [citation]))
    const left = read.filter(({ citation }) => citation === null).map(({ row }) => row)
    if (citations.length > 0) onTake(citations)
    setStep('idle')
    setFailed(left.map(({ ref }) => ref))
    setPicked(new Map(left.map((row) => [row.id, row] as const)))
    if (left.length === 0) onClose()
  }
  return { picked, toggle, step, failed, take }
}

const searchAfterMs = 300

function useSettledSearch(typed: string): string {
  const { ground } = useDesk()
  const [settled, setSettled] = useState('')
  const text = typed.trim()
  useEffect(() => {
    if (settled === text) return
    return ground.every(searchAfterMs, () => setSettled(text))
  }, [settled, text, ground])
  return settled
}
