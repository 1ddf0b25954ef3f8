import type { EntryId } from '#domain/ids.ts'
import type { EntryRow } from '#protocol/desk.ts'
import type { NearLink } from '#protocol/near.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { DeskWords } from '#coordinator/desk-words.ts'
import styles from '#coordinator/near/near.module.css'
import { OtherEntry } from '#coordinator/near/other-entry.tsx'
import { tieKinds } from '#coordinator/near/use-near.ts'
import type { Near } from '#coordinator/near/use-near.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import { TextButton } from '#ui/text-button/text-button.tsx'

/** What the entry is tied to, by whichever of the two. Before the server has answered: what the entry itself says. */
export function Ties({ reading, near }: { readonly reading: Reading; readonly near: Near }) {
  const { words: { say } } = useDesk()
  const { links, content } = reading.entry
  const answer = near.loaded.value
  const rows = new Map<EntryId, EntryRow>((answer?.rows ?? []).map((row) => [row.id, row]))
  const to: readonly NearLink[] = answer?.linksTo ?? links.map(({ change, to: id, kind, coverage }) => ({ change, id, kind, coverage: coverage ?? null }))
  const from = answer?.linkedFrom ?? []
  const isNoneListed = content.kind === 'action' && content.noneListed === true
  if (to.length + from.length === 0) return <p className={styles.quiet}>{say(isNoneListed ? 'links.noneListed' : 'links.none')}</p>
  return (
    <ul className={styles.list}>
      {to.map((link) => <Tie key={link.change} link={link} direction="links" row={rows.get(link.id)} onUntie={() => near.untie(link, 'this')} />)}
      {from.map((link) => <Tie key={link.change} link={link} direction="links.in" row={rows.get(link.id)} onUntie={() => near.untie(link, 'other')} />)}
    </ul>
  )
}

interface TieProps {
  readonly link: NearLink
  readonly direction: 'links' | 'links.in'
  readonly row: EntryRow | undefined
  readonly onUntie: () => void
}

function Tie({ link, direction, row, onUntie }: TieProps) {
  const { words } = useDesk()
  const said = sayTie(link, direction, words)
  if (row === undefined) return <li className={styles.quiet}>{said} {words.say(direction === 'links' ? 'links.entry' : 'links.gone')}</li>
  return <li><OtherEntry row={row} before={said} after={<TextButton tone="stop" data-takes-away aria-label={words.say('links.undoOf', { ref: row.ref })} onClick={onUntie}>{words.say('links.undo')}</TextButton>} /></li>
}

function sayTie({ kind, coverage }: NearLink, direction: TieProps['direction'], words: DeskWords): string {
  const known = tieKinds.find((one) => one === kind)
  const tie = known === undefined ? kind : words.say(`${direction}.${known}`)
  return coverage === null ? tie : words.dots([tie, words.code('coverage', coverage)])
}
