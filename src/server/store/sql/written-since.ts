import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { endOfPlaces } from '#server/store/sql/end-of-places.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import type { PersonStore } from '#server/store/person-store.ts'

interface Counted {
  readonly count: number
  /** Of the last change that was counted. */
  readonly seq: number
  readonly since: Instant
}

/** Whoever writes now is among the last of these. */
const mostMembers = 2000

/**
 * How much somebody has written lately, which every push asks. It is counted on from where it was counted last, so that who sends a thousand entries one by one is
 * not counted a thousand times over. What has fallen out of the time since is in it still, and what others took in is not forgotten (it is read by its place in the log): the count
 * is never too low. One that reaches the limit is made anew before it is told.
 */
export function writtenSinceIn(db: Db): PersonStore['writtenSince'] {
  const counts = new Map<string, Counted>()
  return async (campaign, member, { most, since }) => {
    const counted = async (stretch: { readonly since: Instant } | { readonly after: number }, before: Counted): Promise<Counted> => {
      const row = await writtenSince(db, campaign, { member, most, ...stretch })
      return { ...before, count: before.count + Number(row?.count ?? 0), seq: Number(row?.last ?? before.seq) }
    }
    const name = `${campaign} ${member}`
    const last = counts.get(name)
    const onward = last === undefined || last.since > since ? null : await counted({ after: last.seq }, last)
    const now = onward !== null && onward.count < most ? onward : await counted({ since }, { count: 0, seq: 0, since })
    counts.delete(name)
    // Of nobody who has written nothing yet, nor of what was not counted to its end.
    if (now.count > 0 && now.count < most) counts.set(name, now)
    const [longestUnasked] = counts.keys()
    if (counts.size > mostMembers && longestUnasked !== undefined) counts.delete(longestUnasked)
    return now.count
  }
}

type Stretch = { readonly member: MemberId; readonly most: number } & ({ readonly since: Instant; readonly after?: never } | { readonly after: number; readonly since?: never })

/** From the first place of that time along two indexes, or from a place, and never more than `most` of them. Exported so that a test can ask the database how it would run it. */
export function writtenQuery(db: Db | Tx, campaign: CampaignId, { member, most, since, after }: Stretch) {
  const ofCampaign = db.selectFrom('changes').select('seq').where('campaign_id', '=', campaign)
  const own = ofCampaign.where('member_id', '=', member).orderBy('seq').limit(most)
  const written = since === undefined ? own.where('seq', '>', after).where('seq', '<', endOfPlaces) : own.where('seq', '>=', ofCampaign.where('received_at', '>=', since).orderBy('received_at').orderBy('seq').limit(1))
  return db.selectFrom(written.as('written')).select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('seq').as('last')])
}

export const writtenSince = keptOne(writtenQuery)
