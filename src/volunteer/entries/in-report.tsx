import { Link } from 'wouter'
import { Icon } from '#ui/icon/icon.tsx'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { countedIn } from '#volunteer/entries/counted-in.ts'
import styles from '#volunteer/entries/entries.module.css'
import { useWords } from '#volunteer/volunteer-context.tsx'

/** One quiet line on home: how many of one's entries the newest report counts, and the way to them. */
export function InReport() {
  const { say } = useWords()
  const device = useDevice()
  const entries = useWatch(device.entries)
  const used = useWatch(device.used)
  const newest = used?.[0] === undefined ? null : Math.max(...used.map(({ number }) => number))
  const count = newest === null ? 0 : countedIn(entries ?? [], { used: used ?? [], number: newest }).length
  if (newest === null || count === 0) return null
  return <Link href={`/entries?report=${newest}`} className={styles.inReport}><Icon name="report" size="s" /><span>{say('reported.home', { count, number: newest })}</span></Link>
}
