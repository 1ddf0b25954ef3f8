import type { CampaignId, Instant, MemberId } from '#domain/ids.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
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
    const name = `${campaign} ${member}`
    const last = counts.get(name)
    const known = last === undefined || last.since > since ? undefined : last
    const more = await writtenSince(db, campaign, { member, most, ...(known === undefined ? { since } : { after: known.seq }) })
    const count = (known?.count ?? 0) + Number(more?.count ?? 0)
    counts.delete(name)
    if (count >= most) return known === undefined ? count : Number((await writtenSince(db, campaign, { member, most, since }))?.count ?? 0)
    counts.set(name, { count, seq: Math.max(Number(more?.last ?? 0), known?.seq ?? 0), since: known?.since ?? since })
    const [longestUnasked] = counts.keys()
    if (counts.size > mostMembers && longestUnasked !== undefined) counts.delete(longestUnasked)
    return count
  }
}

type Stretch = { readonly member: MemberId; readonly most: number } & ({ readonly since: Instant; readonly after?: never } | { readonly after: number; readonly since?: never })

/** From the first place of that time along two indexes, or from a place, and never more than `most` of them. Exported so that a test can ask the database how it would run it. */
export function writtenQuery(db: Db | Tx, campaign: CampaignId, { member, most, since, after }: Stretch) {
  const ofCampaign = db.selectFrom('changes').select('seq').where('campaign_id', '=', campaign)
  const own = ofCampaign.where('member_id', '=', member).orderBy('seq').limit(most)
  const written = since === undefined ? own.where('seq', '>', after) : own.where('seq', '>=', ofCampaign.where('received_at', '>=', since).orderBy('received_at').orderBy('seq').limit(1))
  return db.selectFrom(written.as('written')).select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('seq').as('last')])
}

const writtenSince = keptOne(writtenQuery)
