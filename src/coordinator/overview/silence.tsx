import { Link } from 'wouter'
import { totalOf } from '#chart/gap-bar.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { areaIdOf } from '#coordinator/overview/address-codes.ts'
import { largestGaps } from '#coordinator/overview/counting.ts'
import styles from '#coordinator/overview/overview.module.css'
import { queueSearchOf } from '#coordinator/overview/overview-address.ts'
import { OtherAreas } from '#coordinator/overview/other-areas.tsx'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import { Note } from '#ui/note/note.tsx'

const named = 12

/** From where nothing came, and where most is left unanswered: what a list of entries never shows. */
export function Silence({ overview }: { readonly overview: OverviewResponse }) {
  const { words, membership } = useDesk()
  const { known, areaName, address } = useOverview()
  const { say } = words
  const heard = new Set(overview.areas.map(areaIdOf))
  const isCut = (overview.leftOut?.areas ?? 0) > 0
  const silent = (isCut ? [] : known).filter(({ id }) => !heard.has(id))
  const gaps = largestGaps(overview.cells, 5)
  const sentence = known.length === 0 ? say('overview.silenceUnknown') : isCut ? say('overview.silenceLeftOut') : silent.length === 0 ? say('overview.silenceNone')
    : say('overview.silenceText', { areas: words.list(silent.slice(0, named).map(areaName)), more: Math.max(0, silent.length - named) })
  return (
    <>
      <section className={styles.part}>
        <h2>{say('overview.silence')}</h2>
        <Note>{sentence}</Note>
        <OtherAreas areas={silent.slice(named)} />
        {silent.length > 0 && membership.abilities.includes('invite') ? <Link href="/desk/people" className={styles.link}>{say('overview.invite')}</Link> : null}
      </section>
      <section className={styles.part}>
        <h2>{say('overview.gaps')}</h2>
        {gaps.length === 0 ? <p className={styles.quiet}>{say('overview.gapsNone')}</p> : (
          <ol className={styles.gaps}>
            {gaps.map((gap) => (
              <li key={`${gap.topic} ${gap.id}`}>
                <Link href={`/desk?${queueSearchOf(address, { kind: 'challenge', ...gap })}`}>{words.list([words.code('topic', gap.topic), areaName(gap)])}</Link>
                <span className={styles.quiet}>{say('overview.noneOf', { none: gap.counts.none, total: totalOf(gap.counts) })}</span>
              </li>
            ))}
          </ol>
        )}
      </section>
    </>
  )
}
