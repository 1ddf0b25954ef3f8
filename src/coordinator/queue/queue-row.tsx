import { memo } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import type { SoughtWord } from '#domain/words.ts'
import type { Assignee } from '#protocol/assignment.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { AssigneeChip } from '#coordinator/assign/assignee-chip.tsx'
import { useAssignee } from '#coordinator/assign/use-assignee.ts'
import type { LoggedDecision } from '#coordinator/decision-log.ts'
import { RowPick } from '#coordinator/bulk/row-pick.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import { useFresh } from '#coordinator/fresh/use-fresh.ts'
import { isNameOfCountry } from '#coordinator/queue/country-names.ts'
import { Found, isFound, startNearFound } from '#coordinator/queue/found.tsx'
import styles from '#coordinator/queue/queue.module.css'
import { useErasure } from '#coordinator/review/erased.tsx'
import { Chip } from '#ui/chip/chip.tsx'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Ref } from '#ui/ref/ref.tsx'
import { Severity } from '#ui/severity/severity.tsx'

interface QueueRowProps {
  readonly row: EntryRow
  readonly nowMs: number
  /** Which one it is of how many: not all are drawn, so that a screen reader cannot count them. */
  readonly place: { readonly number: number; readonly total: number }
  /** What the search looks for: it is marked where it stands. */
  readonly sought: readonly SoughtWord[]
  readonly href: string
  readonly isSelected: boolean
  readonly decision: LoggedDecision | undefined
  readonly onSelect: (event: MouseEvent) => void
}

/** One line of the queue: the first words, where from, what needs care, and how long it has waited. */
export function QueueRow({ row, nowMs, place, sought, href, isSelected, decision, onSelect }: QueueRowProps) {
  const { words } = useDesk()
  const fresh = useFresh()
  const now = fresh.rows.get(row.id)
  const assignee = useAssignee(row)
  if (fresh.gone.has(row.id)) return <GoneRow row={row} place={place} href={href} isSelected={isSelected} onSelect={onSelect}>{fresh.aside.has(row.id) ? null : <ErasedBy row={row} />}</GoneRow>
  const meanwhile = decision !== undefined || now === undefined || now.state === row.state ? null : now.state
  return (
    <li className={styles.row} data-entry={row.id} aria-posinset={place.number} aria-setsize={place.total} aria-current={isSelected ? 'true' : undefined}>
      <RowPick row={row} />
      <a href={href} onClick={onSelect}>
        <RowBody row={row} words={words} sought={sought} phase={decision?.phase} verdict={decision?.verdict} meanwhile={meanwhile} assignee={assignee} />
        <time className={styles.rowAge} dateTime={row.receivedAt} title={words.time.instant(row.receivedAt)}>{words.time.age(row.receivedAt, nowMs)}</time>
      </a>
    </li>
  )
}

interface GoneRowProps extends Pick<QueueRowProps, 'row' | 'place' | 'href' | 'isSelected' | 'onSelect'> {
  /** Who erased it; nothing where it was set aside and may count again. */
  readonly children: ReactNode
}

/** The list stays while one reads, and the words of what does not count any more do not: what is left is its name, and why. */
function GoneRow({ row, place, href, isSelected, onSelect, children }: GoneRowProps) {
  const { say } = useDesk().words
  return (
    <li className={styles.row} data-entry={row.id} data-erased="true" aria-posinset={place.number} aria-setsize={place.total} aria-current={isSelected ? 'true' : undefined}>
      <a href={href} onClick={onSelect}>
        <span className={styles.rowKind}><KindMark kind={row.kind} isWordHidden /></span>
        <span className={styles.rowBody}>
          <span className={styles.rowVoice}>{say(children === null ? 'aside.title' : 'erase.done')}</span>
          <span className={styles.rowMeta}>
            <span><Ref value={row.ref} /></span>
            {children}
          </span>
        </span>
      </a>
    </li>
  )
}

function ErasedBy({ row }: Pick<QueueRowProps, 'row'>) {
  const { say, time } = useDesk().words
  const { value } = useErasure(row.id)
  return value === null || value === 'none' ? null : <span>{say('erase.by', { name: value.by?.name ?? say('people.coordinator'), when: time.instant(value.receivedAt) })}</span>
}

interface RowBodyProps {
  readonly row: EntryRow
  readonly words: DeskWords
  readonly sought: readonly SoughtWord[]
  readonly phase: LoggedDecision['phase'] | undefined
  readonly verdict: LoggedDecision['verdict'] | undefined
  /** What became of it since the list was read, by somebody else. */
  readonly meanwhile: string | null
  readonly assignee: Assignee | null
}

/** Drawn again only when something of it has changed: the desk hears of each decision, and the list is long. */
const RowBody = memo(function RowBody({ row, words, sought, phase, verdict, meanwhile, assignee }: RowBodyProps) {
  const { say } = words
  return (
    <>
      <span className={styles.rowKind}><KindMark kind={row.kind} isWordHidden /></span>
      <span className={styles.rowBody}>
        {row.text === ''
          ? <span className={styles.rowVoice}>{say('queue.voice')}</span>
          : <span className={styles.rowWords} lang={row.lang} dir="auto"><Found text={startNearFound(row.text, sought)} sought={sought} /></span>}
        <span className={styles.rowMeta}>
          <span><Ref value={row.ref} /></span>
          <span>{words.code('topic', row.topic)}</span>
          {isFound(row.author.name, sought) ? <span><Found text={row.author.name} sought={sought} /></span> : null}
          <span><Found text={placeOf(row, words, sought)} sought={sought} /></span>
        </span>
        {row.found === undefined ? null : <span className={styles.rowFound}>{words.field(row.found.field)}: <q dir="auto"><Found text={row.found.text} sought={sought} /></q></span>}
        <span className={styles.rowFlags}>
          {row.severity === null ? null : <Severity level={row.severity} name={say('queue.facet.severity')} />}
          {row.actionStatus === null ? null : <span className={styles.rowStatus}>{words.code('status', row.actionStatus)}</span>}
          {phase === undefined || verdict === undefined ? null : <Chip tone={phase === 'kept' || phase === 'held' ? 'ask' : 'done'}>{chipOf({ phase, verdict }, say)}</Chip>}
          {meanwhile === null ? null : <Chip tone="ask">{say('chip.meanwhile', { state: words.state(meanwhile) })}</Chip>}
          {assignee === null ? null : <AssigneeChip assignee={assignee} />}
          <RowChips row={row} words={words} />
        </span>
      </span>
    </>
  )
})

function RowChips({ row, words: { say } }: Pick<RowBodyProps, 'row' | 'words'>) {
  return (
    <>
      {row.answered ? <Chip tone="ask" icon="comment">{say('chip.answered')}</Chip> : null}
      {row.contested ? <Chip tone="stop">{say('chip.contested')}</Chip> : null}
      {row.hasConflict ? <Chip tone="stop">{say('chip.conflict')}</Chip> : null}
      {row.warnings.length > 0 ? <Chip tone="stop" icon="eye-off">{say('chip.risk')}</Chip> : null}
      {row.sensitivity === 'high' || row.sensitivity === 'severe' ? <Chip icon="lock">{say('chip.sensitive')}</Chip> : null}
      {row.photos > 0 ? <Chip icon="photo">{say('chip.photos', { count: row.photos })}</Chip> : null}
    </>
  )
}

function chipOf({ phase, verdict }: Pick<LoggedDecision, 'phase' | 'verdict'>, say: ReturnType<typeof useDesk>['words']['say']): string {
  if (phase === 'kept') return say('chip.kept')
  return phase === 'held' ? say('chip.held', { verdict: say(`verdictDone.${verdict}`) }) : say(`verdictDone.${verdict}`)
}

/** A place that is the country in other letters is left out, unless it is what is sought. */
function placeOf(row: EntryRow, { country, region, list }: DeskWords, sought: readonly SoughtWord[]): string {
  const place = row.place !== null && isNameOfCountry(row.place, row.country) && !isFound(row.place, sought) ? null : row.place
  const parts = [place, region(row)].filter((part): part is string => part !== null && part !== '')
  return list([...new Set([...parts, country(row.country)])])
}
