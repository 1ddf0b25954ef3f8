import type { MouseEvent, ReactNode } from 'react'
import { useLocation, useRoute, useSearch } from 'wouter'
import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import { useAssigning } from '#coordinator/assign/assigning.tsx'
import { ChoosingContext, useSelection } from '#coordinator/bulk/selection-context.tsx'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Facets } from '#coordinator/queue/facets.tsx'
import { addressFromSearch, searchFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import { QueueList } from '#coordinator/queue/queue-list.tsx'
import styles from '#coordinator/queue/queue.module.css'
import { useFacets } from '#coordinator/queue/use-facets.ts'
import { useQueue } from '#coordinator/queue/use-queue.ts'
import { useShownRows } from '#coordinator/queue/use-shown-rows.ts'
import { EntryPage } from '#coordinator/review/entry-page.tsx'
import { EntryPane } from '#coordinator/review/entry-pane.tsx'
import { usePreload } from '#coordinator/review/use-preload.ts'
import { useKeys } from '#coordinator/shell/keys.ts'

/** So many entries behind the one that is read are there before they are asked for. */
const preloaded = 6

/** The queue and the page of one entry share one list, so that walking on and coming back keep their place. */
export function QueueRoutes() {
  const { log, readings } = useDesk()
  const [, navigate] = useLocation()
  const address = addressFromSearch(useSearch())
  const queue = useQueue(address)
  const [, params] = useRoute('/desk/entry/:id')
  const facets = useFacets(address, queue.asOf, params === null)
  const search = searchFromAddress(address)
  const suffix = search === '' ? '' : `?${search}`
  const { rows, index, select } = useShownRows(queue.rows ?? [], params?.id ?? null, { address, log })
  const current = rows[index]
  const next = rows[index + 1]
  // Decided ones stand there until they have gone out; nobody walks over them after a decision.
  const open = rows.slice(index + 1).filter(({ id }) => !log.byEntry.has(id))
  usePreload(readings, open.slice(0, preloaded).map(({ id }) => id))
  const choosing = useSelection(searchFromAddress(address), rows.map(({ id }) => id))
  const assigning = useAssigning()
  // The rows that are chosen, or the one that is read.
  const these = choosing.chosen.size > 0 ? rows.filter(({ id }) => choosing.chosen.has(id)) : rows.filter((row) => row === current)
  const previous = index > 0 ? rows[index - 1] : undefined
  const total = queue.total - (queue.rows?.length ?? 0) + rows.length

  const handleChange = (changed: QueueAddress) => {
    const query = searchFromAddress(changed)
    navigate(query === '' ? '/desk' : `/desk?${query}`)
  }
  const hrefOf = (id: string) => `/desk/entry/${id}${suffix}`
  const walkTo = (row: EntryRow | undefined) => {
    if (row === undefined) return
    select(row.id)
    if (params !== null) navigate(hrefOf(row.id))
    if (rows.indexOf(row) >= rows.length - 2 * preloaded) queue.loadMore()
  }

  if (params !== null) {
    return (
      <EntryPage
        key={params.id}
        // Whatever stands in the address: the server answers "not found" to what is no id.
        id={params.id as EntryId}
        place={index === -1 ? null : { number: index + 1, total }}
        queueHref={`/desk${suffix}`}
        onNext={next === undefined ? undefined : () => walkTo(next)}
        onDecided={open[0] === undefined ? undefined : () => walkTo(open[0])}
        onPrevious={previous === undefined ? undefined : () => walkTo(previous)}
      />
    )
  }

  return (
    <ChoosingContext value={choosing}><QueueScreen
      facets={<Facets address={address} facets={facets} asOf={queue.asOf} onChange={handleChange} />}
      list={<QueueList queue={{ ...queue, total }} names={facets.names} rows={rows} address={address} selectedId={current?.id ?? null} hrefOf={({ id }) => hrefOf(id)} onChange={handleChange} onSelect={(row, event) => selectUnlessNarrow(event, () => select(row.id))} />}
      pane={current === undefined ? null : <EntryPane key={current.id} id={current.id} href={hrefOf(current.id)} onDecided={() => walkTo(open[0] ?? next)} />}
      onNext={(isRange) => {
        if (isRange && current !== undefined) choosing.choose(current.id, true)
        if (isRange && next !== undefined) choosing.choose(next.id, true)
        walkTo(next)
      }}
      onPrevious={(isRange) => {
        if (isRange && current !== undefined) choosing.choose(current.id, true)
        if (isRange && previous !== undefined) choosing.choose(previous.id, true)
        walkTo(previous)
      }}
      onChoose={(isRange) => current !== undefined && choosing.choose(current.id, isRange)}
      onOpen={() => current !== undefined && navigate(hrefOf(current.id))}
      onTake={() => assigning.take(these)}
      onGive={() => assigning.give(these)}
    /></ChoosingContext>
  )
}

interface QueueScreenProps {
  readonly facets: ReactNode
  readonly list: ReactNode
  readonly pane: ReactNode
  /** With Shift the rows that are walked over are chosen. */
  readonly onNext: (isRange: boolean) => void
  readonly onPrevious: (isRange: boolean) => void
  readonly onChoose: (isRange: boolean) => void
  readonly onOpen: () => void
  readonly onTake: () => void
  readonly onGive: () => void
}

function QueueScreen({ facets, list, pane, onNext, onPrevious, onChoose, onOpen, onTake, onGive }: QueueScreenProps) {
  const { say } = useDesk().words
  useKeys({ j: ({ shiftKey }) => onNext(shiftKey), k: ({ shiftKey }) => onPrevious(shiftKey), x: ({ shiftKey }) => onChoose(shiftKey), enter: onOpen, t: onTake, g: onGive })
  return (
    <div className={styles.queue}>
      {facets}
      {list}
      {pane ?? <section className={styles.noPane} aria-label={say('queue.list')}><p>{say('queue.pick')}</p></section>}
    </div>
  )
}

/** On a wide window a click shows the entry beside the list; on a narrow one, where there is no pane, the link leads to its page. */
function selectUnlessNarrow(event: MouseEvent, select: () => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return
  const pane = document.querySelector('[data-pane]')
  if (pane !== null && getComputedStyle(pane).display === 'none') return
  event.preventDefault()
  select()
}
