import type { Db } from '#server/store/sql/db.ts'
import type { RateLimitStore } from '#server/store/rate-limit-store.ts'

/** Clocks of several processes differ a little, and a used proof has to be remembered for as long as its challenge is good (`auth/challenge.ts`): no window ends beyond so many of its own length. */
const mostWindows = 3

export function createRateLimitStore(db: Db): RateLimitStore {
  return {
    async hit({ key, now, windowMs, max, by = 1 }) {
      // One that ends farther ahead was left by a clock that has been set back since: it would refuse people until that time.
      const tooFar = now + mostWindows * windowMs
      const row = await db.insertInto('rate_limits').values({ key, hits: by, ends_at: now + windowMs })
        .onConflict((oc) => oc.column('key').doUpdateSet((eb) => ({
          hits: eb.case().when('rate_limits.ends_at', '<=', now).then(by).when('rate_limits.ends_at', '>', tooFar).then(by).else(eb('rate_limits.hits', '+', by)).end(),
          ends_at: eb.case().when('rate_limits.ends_at', '<=', now).then(now + windowMs).when('rate_limits.ends_at', '>', tooFar).then(now + windowMs).else(eb.ref('rate_limits.ends_at')).end(),
        })).where((eb) => eb.or([eb('rate_limits.ends_at', '<=', now), eb('rate_limits.ends_at', '>', tooFar), eb('rate_limits.hits', '<=', max)])))
        .returning(['hits', 'ends_at']).executeTakeFirst()
      // Whoever opens a window sweeps up those that have ended.
      if (row?.hits === by) await db.deleteFrom('rate_limits').where('ends_at', '<=', now).execute()
      if (row !== undefined) return { hits: row.hits, endsAt: row.ends_at }
      const over = await db.selectFrom('rate_limits').select(['hits', 'ends_at']).where('key', '=', key).executeTakeFirst()
      return { hits: over?.hits ?? max + 1, endsAt: over?.ends_at ?? now + windowMs }
    },
  }
}
