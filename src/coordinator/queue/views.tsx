import { useDesk } from '#coordinator/desk-context.tsx'
import { ColumnNote } from '#coordinator/queue/column-note.tsx'
import { queueViews, searchFromAddress, withView } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import styles from '#coordinator/queue/facets.module.css'
import { SavedViews } from '#coordinator/queue/saved-views.tsx'
import { useSavedViews } from '#coordinator/queue/use-saved-views.ts'
import { useViewCounts } from '#coordinator/queue/use-view-counts.ts'
import { useKeptFocus } from '#ui/page/use-kept-focus.ts'

interface ViewsProps {
  readonly address: QueueAddress
  readonly asOf: number | null
  readonly onChange: (address: QueueAddress) => void
}

/** The lists that everybody has, each with how many entries it holds under the filters in force, and then those that one has saved. */
export function Views({ address, asOf, onChange }: ViewsProps) {
  const { words } = useDesk()
  const { say } = words
  const saved = useSavedViews(asOf)
  // The form of a name goes when it is kept, and a view with the button that removes it.
  const views = useKeptFocus()
  const isOwn = saved.views.some(({ search }) => search === searchFromAddress(address))
  const { counts, hasFailed, again } = useViewCounts(queueViews.map((view) => withView(address, view)), asOf)
  // Before the list itself was read, that is what is said.
  const unread = [...(hasFailed ? ['views.countsUnread' as const] : []), ...(saved.isUnread && asOf !== null ? ['views.unread' as const] : [])]
  return (
    <nav ref={views} className={styles.views} aria-label={say('queue.views')}>
      <h2>{say('queue.views')}</h2>
      <ul>
        {queueViews.map((view, index) => (
          <li key={view}>
            <a
              href={`/desk?${searchFromAddress(withView(address, view))}`}
              aria-current={view === address.view && !isOwn ? 'true' : undefined}
              onClick={(event) => {
                event.preventDefault()
                onChange(withView(address, view))
              }}
            >
              <span>{say(`queue.view.${view}`)}</span>{' '}
              {typeof counts[index] === 'number' ? <span className={styles.num}>{words.number(counts[index])}</span> : null}
            </a>
          </li>
        ))}
      </ul>
      <SavedViews saved={saved} address={address} asOf={asOf} onChange={onChange} />
      {unread.length === 0 ? null : (
        <ColumnNote onRetry={() => {
          saved.again()
          again()
        }}
        >
          {unread.map((key) => say(key)).join(' ')}
        </ColumnNote>
      )}
    </nav>
  )
}
