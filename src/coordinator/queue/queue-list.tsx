import { useRef } from 'react'
import type { MouseEvent } from 'react'
import { soughtWords } from '#domain/words.ts'
import { entrySorts } from '#protocol/desk.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { BulkBar } from '#coordinator/bulk/bulk-bar.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { CampaignNames } from '#coordinator/queue/facet-words.ts'
import { FiltersInForce } from '#coordinator/queue/filters-in-force.tsx'
import { hasFilters, searchFromAddress, withoutFilters } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import { QueueRows } from '#coordinator/queue/queue-rows.tsx'
import styles from '#coordinator/queue/queue.module.css'
import type { Queue } from '#coordinator/queue/use-queue.ts'
import { Awaited } from '#coordinator/shell/awaited.tsx'
import { AsOf, UnreadNote } from '#coordinator/shell/problem-note.tsx'
import { Button } from '#ui/button/button.tsx'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'
import { TextButton } from '#ui/text-button/text-button.tsx'

interface QueueListProps {
  readonly queue: Queue
  readonly names: CampaignNames
  readonly rows: readonly EntryRow[]
  readonly address: QueueAddress
  readonly selectedId: string | null
  readonly hrefOf: (row: EntryRow) => string
  readonly onChange: (address: QueueAddress) => void
  readonly onSelect: (row: EntryRow, event: MouseEvent) => void
}

export function QueueList({ queue, names, rows, address, selectedId, hrefOf, onChange, onSelect }: QueueListProps) {
  const { words } = useDesk()
  const { say } = words
  const sought = soughtWords(address.q)
  // A filter that is taken away goes with its button: the next one is nearest, and where none is left, what is listed then.
  const head = useKeptFocus()
  const title = useRef<HTMLHeadingElement>(null)
  const handleFilters = (next: QueueAddress) => {
    if (!hasFilters(next)) title.current?.focus()
    onChange(next)
  }
  return (
    <main className={styles.q} aria-label={say('queue.list')}>
      <header ref={head} className={styles.qHead}>
        <h1 ref={title} tabIndex={-1}>{say(`queue.view.${address.view}`)} {queue.rows === null ? null : <span className={styles.num}>{words.number(queue.total)}</span>}</h1>
        <select
          className={styles.sort}
          aria-label={say('queue.sort')}
          value={address.sort}
          onChange={(event) => onChange({ ...address, sort: entrySorts.find((sort) => sort === event.target.value) ?? 'oldest' })}
        >
          {entrySorts.map((sort) => <option key={sort} value={sort}>{say(`queue.sort.${sort}`)}</option>)}
        </select>
        <FiltersInForce address={address} names={names} onChange={handleFilters} />
      </header>
      <div className={styles.qScroll}>
        {queue.problem === null ? null : <div className={styles.qNote}><UnreadNote problem={queue.problem} onRetry={queue.retry} /><AsOf ms={queue.asOf} /></div>}
        {queue.arrived === 0 ? null : (
          <p className={styles.arrived} role="status">
            <span>{say('queue.arrived', { count: queue.arrived })}</span>
            <TextButton onClick={queue.reload}>{say('queue.showArrived')}</TextButton>
          </p>
        )}
        {queue.rows === null && queue.problem === null ? <Awaited lines={8} /> : null}
        {queue.rows !== null && rows.length === 0 ? <EmptyQueue address={address} onChange={handleFilters} /> : null}
        {rows.length === 0 ? null : <QueueRows key={searchFromAddress(address)} rows={rows} total={queue.total} sought={sought} selectedId={selectedId} hrefOf={hrefOf} onSelect={onSelect} onNearEnd={queue.loadMore} />}
        {queue.hasMore ? (
          <p className={styles.more}>
            <Button onClick={queue.loadMore}>{queue.isLoading ? say('queue.moreLoading') : say('queue.more')}</Button>
            <span>{say('queue.shown', { shown: rows.length, total: queue.total })}</span>
          </p>
        ) : null}
      </div>
      <BulkBar rows={rows} />
    </main>
  )
}

function EmptyQueue({ address, onChange }: Pick<QueueListProps, 'address' | 'onChange'>) {
  const { say } = useDesk().words
  const isFiltered = hasFilters(address)
  return (
    <div className={styles.empty}>
      <p>{say(isFiltered ? 'queue.empty.filters' : `queue.empty.${address.view}`)}</p>
      {isFiltered ? <Button onClick={() => onChange(withoutFilters(address))}>{say('queue.clear')}</Button> : null}
    </div>
  )
}
