import { sql } from 'kysely'
import type { Instant } from '#domain/ids.ts'
import type { Db } from '#server/store/sql/db.ts'
import type { UpkeepStore } from '#server/store/upkeep-store.ts'

export function createUpkeepStore(db: Db): UpkeepStore {
  const verifiedAt = async (): Promise<Instant | null> => ((await db.selectFrom('meta').select('value').where('key', '=', 'verifiedAt').executeTakeFirst())?.value as Instant | undefined) ?? null
  return {
    verifiedAt,
    async look() {
      const quarantined = await quarantinedQuery(db).executeTakeFirstOrThrow()
      const alarms = await db.selectFrom('alarms').select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
      const behind = await db.selectFrom('counters').select(sql<number>`coalesce(sum(seq - safe_seq), 0)`.as('count')).executeTakeFirstOrThrow()
      return { quarantined: Number(quarantined.count), alarms: Number(alarms.count), unsafeChanges: Number(behind.count), verifiedAt: await verifiedAt() }
    },
    async noteVerified(at) {
      await db.insertInto('meta').values({ key: 'verifiedAt', value: at }).onConflict((oc) => oc.column('key').doUpdateSet({ value: at })).execute()
    },
  }
}

/** Walks the index of what is set aside, which is short: it is asked for at every look. */
export function quarantinedQuery(db: Db) {
  return db.selectFrom('changes').select((eb) => eb.fn.countAll<number>().as('count')).where('quarantined', 'is not', null).where('released', '=', 0)
}
