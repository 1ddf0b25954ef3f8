import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { EntryRow } from '#protocol/desk.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import styles from '#coordinator/near/near.module.css'
import { KindMark } from '#ui/kind-mark/kind-mark.tsx'
import { Ref } from '#ui/ref/ref.tsx'

/** Another entry in a few lines: enough to see whether it is worth opening. */
export function OtherEntry({ row, before, after }: { readonly row: EntryRow; /** What ties it, in words. */ readonly before?: ReactNode; readonly after?: ReactNode }) {
  const { words } = useDesk()
  const place = [row.place, words.region(row)].filter((part): part is string => part !== null && part !== '')
  return (
    <div className={styles.other}>
      {before === undefined ? null : <span className={styles.quiet}>{before}</span>}
      <Link href={`/desk/entry/${row.id}`} className={styles.otherLink}>
        <span className={styles.otherHead}><KindMark kind={row.kind} isWordHidden /><Ref value={row.ref} /><span className={styles.quiet}>{words.state(row.state)}</span></span>
        <span className={styles.otherWords} lang={row.lang} dir="auto">{row.text === '' ? words.say('queue.voice') : row.text}</span>
      </Link>
      <span className={styles.quiet}>{words.dots([words.list([...new Set(place.length === 0 ? [words.country(row.country)] : place)]), words.time.day(row.observedOn), row.author.organisation ?? row.author.name])}</span>
      {after}
    </div>
  )
}
