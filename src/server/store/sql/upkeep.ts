import { sql } from 'kysely'
import type { CampaignId, Instant } from '#domain/ids.ts'
import type { Db } from '#server/store/sql/db.ts'
import type { UpkeepStore } from '#server/store/upkeep-store.ts'

export function createUpkeepStore(db: Db): UpkeepStore {
  const noted = async (key: string): Promise<Instant | null> => ((await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst())?.value as Instant | undefined) ?? null
  const note = async (key: string, value: Instant): Promise<void> => void (await db.insertInto('meta').values({ key, value }).onConflict((oc) => oc.column('key').doUpdateSet({ value })).execute())
  const verifiedAt = (): Promise<Instant | null> => noted('verifiedAt')
  return {
    verifiedAt,
    async look() {
      const quarantined = await quarantinedQuery(db).executeTakeFirstOrThrow()
      const alarms = await db.selectFrom('alarms').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      const behind = await db.selectFrom('counters').select(sql<number>`coalesce(sum(seq - safe_seq), 0)`.as('count')).executeTakeFirstOrThrow()
      return { quarantined: Number(quarantined.count), alarms: Number(alarms.count), unsafeChanges: Number(behind.count), verifiedAt: await verifiedAt() }
    },
    noteVerified: (at) => note('verifiedAt', at),
    overSince: (campaignId) => noted(overKey(campaignId)),
    async noteOver(campaignId, since) {
      if (since === null) await db.deleteFrom('meta').where('key', '=', overKey(campaignId)).execute()
      else await note(overKey(campaignId), since)
    },
  }
}

function overKey(campaignId: CampaignId): string {
  return `overSince ${campaignId}`
}

/** Walks the index of what is set aside, which is short: it is asked for at every look. */
export function quarantinedQuery(db: Db) {
  return db.selectFrom('changes').select((eb) => eb.fn.countAll<number>().as('count')).where('quarantined', 'is not', null).where('released', '=', 0)
}
