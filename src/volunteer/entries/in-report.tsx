import { Link } from 'wouter'
import type { UsedIn } from '#device/used-entries.ts'
import { Icon } from '#ui/icon/icon.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { countedIn } from '#volunteer/entries/counted-in.ts'
import styles from '#volunteer/entries/entries.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** One quiet line on home: how many of one's entries the newest report counts, and the way to them. */
export function InReport() {
  const used = useWatch(useDevice().used)
  // Most phones have nothing to say here, and all entries are not read for that.
  return used?.[0] === undefined ? null : <CountedInNewest used={used} />
}

function CountedInNewest({ used }: { readonly used: readonly UsedIn[] }) {
  const { say } = useWords()
  const entries = useWatch(useDevice().entries)
  const newest = Math.max(...used.map(({ number }) => number))
  const count = countedIn(entries ?? [], { used, number: newest }).length
  if (count === 0) return null
  return <Link href={`/entries?report=${newest}`} className={styles.inReport}><Icon name="report" size="s" /><span>{say('reported.home', { count, number: newest })}</span></Link>
}
