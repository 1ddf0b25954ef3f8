import { useState } from 'react'
import type { SubmitEvent } from 'react'
import { maxSavedViews } from '#protocol/saved-view.ts'
import type { SavedView } from '#protocol/saved-view.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { addressFromSearch, hasFilters, searchFromAddress } from '#coordinator/queue/queue-address.ts'
import type { QueueAddress } from '#coordinator/queue/queue-address.ts'
import styles from '#coordinator/queue/facets.module.css'
import type { SavedViews as Saved } from '#coordinator/queue/use-saved-views.ts'
import { useViewCounts } from '#coordinator/queue/use-view-counts.ts'
import { problemText } from '#coordinator/shell/problem-note.tsx'
import { Icon } from '#ui/icon/icon.tsx'
import { TextButton } from '#ui/text-button/text-button.tsx'

interface SavedViewsProps {
  readonly saved: Saved
  readonly address: QueueAddress
  readonly asOf: number | null
  readonly onChange: (address: QueueAddress) => void
}

/** Lists under names of one's own, found again on every device; each is an address that can be sent to a colleague. */
export function SavedViews({ saved, address, asOf, onChange }: SavedViewsProps) {
  const { say } = useDesk().words
  const { counts } = useViewCounts(saved.views.map(({ search }) => addressFromSearch(search)), asOf)
  const search = searchFromAddress(address)
  const current = saved.views.find((view) => view.search === search)
  const [removed, setRemoved] = useState<SavedView | null>(null)
  const handleRemove = async (view: SavedView) => {
    if (await saved.remove(view.id)) setRemoved(view)
  }
  const handleSave = (id: string, view: Pick<SavedView, 'name' | 'search'>) => {
    setRemoved(null)
    return saved.save(id, view)
  }
  const canSave = current === undefined && (hasFilters(address) || address.sort !== 'oldest')
  return (
    <>
      {saved.views.length === 0 ? null : (
        <>
          <h2>{say('views.own')}</h2>
          <ul>
            {saved.views.map((view, index) => <SavedViewItem key={view.id} view={view} count={counts[index] ?? null} isCurrent={view === current} onOpen={() => onChange(addressFromSearch(view.search))} onRename={(name) => handleSave(view.id, { ...view, name })} onRemove={() => void handleRemove(view)} />)}
          </ul>
        </>
      )}
      {removed === null || saved.views.some(({ id }) => id === removed.id) ? null : (
        <p role="status" className={styles.viewRemoved}>
          <span>{say('views.removed', { name: removed.name })}</span>
          <TextButton onClick={() => void saved.save(removed.id, removed)}>{say('views.putBack')}</TextButton>
        </p>
      )}
      {canSave && saved.views.length >= maxSavedViews ? <p className={styles.facetNone}>{say('views.full', { max: maxSavedViews })}</p> : null}
      {canSave && saved.views.length < maxSavedViews ? <SaveForm onSave={(id, name) => handleSave(id, { name, search })} /> : null}
      {saved.problem === null ? null : <p role="alert" className={styles.viewProblem}>{problemText(saved.problem, say)}</p>}
    </>
  )
}

interface SavedViewItemProps {
  readonly view: SavedView
  readonly count: number | null
  readonly isCurrent: boolean
  readonly onOpen: () => void
  /** Whether it has the name now. */
  readonly onRename: (name: string) => Promise<boolean>
  readonly onRemove: () => void
}

function SavedViewItem({ view, count, isCurrent, onOpen, onRename, onRemove }: SavedViewItemProps) {
  const { words } = useDesk()
  const [isNaming, setNaming] = useState(false)
  if (isNaming) return <li><NameForm name={view.name} onKeep={onRename} onDone={() => setNaming(false)} /></li>
  return (
    <li className={styles.savedView}>
      <a
        href={view.search === '' ? '/desk' : `/desk?${view.search}`}
        aria-current={isCurrent ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault()
          onOpen()
        }}
      >
        <span dir="auto">{view.name}</span>{' '}
        {count === null ? null : <span className={styles.num}>{words.number(count)}</span>}
      </a>
      <button type="button" aria-label={words.say('views.rename', { name: view.name })} onClick={() => setNaming(true)}><Icon name="edit" size="text" /></button>
      <button type="button" aria-label={words.say('views.remove', { name: view.name })} onClick={onRemove}><Icon name="close" size="text" /></button>
    </li>
  )
}

/** Opened by a button, so that the column does not ask for a name all the time. */
function SaveForm({ onSave }: { readonly onSave: (id: string, name: string) => Promise<boolean> }) {
  const { words: { say }, ground } = useDesk()
  // One for each form that is opened: a second try after a lost answer means the same view.
  const [id, setId] = useState<string | null>(null)
  if (id === null) return <TextButton onClick={() => setId(ground.newViewId())}>{say('views.save')}</TextButton>
  return <NameForm name="" onKeep={(name) => onSave(id, name)} onDone={() => setId(null)} />
}

/** The name stands there until it is kept. */
function NameForm({ name: before, onKeep, onDone }: { readonly name: string; readonly onKeep: (name: string) => Promise<boolean>; readonly onDone: () => void }) {
  const { say } = useDesk().words
  const [name, setName] = useState(before)
  const handleSubmit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && (await onKeep(name.trim()))) onDone()
  }
  return (
    <form autoComplete="off" className={styles.saveView} onSubmit={(event) => void handleSubmit(event)}>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that opened the field is gone: the focus goes on to what it opened */}
      <input aria-label={say('views.name')} placeholder={say('views.name')} maxLength={60} dir={name === '' ? undefined : 'auto'} autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      <button type="submit" disabled={name.trim() === ''}>{say('views.keep')}</button>
      <button type="button" onClick={onDone}>{say('views.cancel')}</button>
    </form>
  )
}
