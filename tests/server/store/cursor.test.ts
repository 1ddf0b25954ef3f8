import { setTimeout as wait } from 'node:timers/promises'
import process from 'node:process'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openPostgres, openPostgresStore } from '#server/store/postgres/open-postgres-store.ts'
import type { Store } from '#server/store/store.ts'
import { CampaignOnStore } from '../../support/campaign-on-store.ts'
import { createDatabase } from '../../support/postgres/database.ts'
import { seededChance, steppedClock } from '../../support/seeded.ts'

const wanted = process.env['TERRAIN_TEST'] === 'deep' ? 20_000 : 2000
const writers = 16
const changesPerRun = 5
type Db = ReturnType<typeof openPostgres>

/**
 * What a cursor of a sequence or a time loses: a row that was numbered early and committed late. Both kinds of writers hold
 * their transaction open for the same 0 to 6 ms after they have written, so that the control shows that the delays suffice.
 */
it(`[ST29] of ${wanted} changes by ${writers} writers with transactions left open a reader that polls misses none, where a cursor over a sequence or a time does`, { timeout: wanted * 60 }, async () => {
  const database = await createDatabase()
  const stores = await Promise.all(['a', 'b', 'reader'].map((seed) => openPostgresStore({ url: database.url, clock: steppedClock(), chance: seededChance(seed) })))
  const [one, two, reader] = stores as [Store, Store, Store]
  const campaign = await CampaignOnStore.create(one)
  const devices = await Promise.all(Array.from({ length: writers }, () => campaign.join('volunteer')))
  await database.query(`create table naive (id bigserial primary key, at timestamptz not null default clock_timestamp());
    create function stay_open() returns trigger language plpgsql as $$ begin perform pg_sleep(random() * 0.006); return null; end $$;
    create trigger stay_open after insert on changes for each statement execute function stay_open();
    create trigger stay_open after insert on naive for each statement execute function stay_open();`)
  const naive = [openPostgres(database.url), openPostgres(database.url)] as const
  const control = openPostgres(database.url)
  const state = { isOver: false }

  const seen: number[] = []
  const reading = poll(state, async () => {
    const page = await reader.changes.pull({ campaignId: campaign.campaign.id, memberId: campaign.campaign.serverMemberId, see: 'all', after: seen.at(-1) ?? 0, limit: 500 })
    seen.push(...page.changes.map(({ seq }) => seq))
  })
  const bySequence = new Set<number>()
  const byTime = new Set<number>()
  const readingNaively = poll(state, () => readNaively(control, bySequence, byTime))

  await Promise.all(devices.map(async (device, index) => {
    for (let count = 0; count < wanted / writers / changesPerRun; count += 1) {
      const run = device.seal(Array.from({ length: changesPerRun }, () => device.record()))
      await Promise.all([device.send(run, index % 2 === 0 ? one : two), ...Array.from({ length: changesPerRun }, () => insertNaively(naive[index % 2 === 0 ? 0 : 1]))])
    }
  }))
  state.isOver = true
  await Promise.all([reading, readingNaively])

  const stored = wanted
  expect(seen).toEqual(Array.from({ length: stored }, (_, index) => index + 1))
  const [naiveRows] = await database.query('select count(*)::int as n from naive')
  expect(naiveRows).toEqual({ n: stored })
  expect(stored - bySequence.size).toBeGreaterThan(0)
  expect(stored - byTime.size).toBeGreaterThan(0)
  await Promise.all([...stores.map((store) => store.close()), ...[...naive, control].map((db) => db.destroy())])
  await database.drop()
})

/** Until everything has been written, and once more. */
async function poll(state: { readonly isOver: boolean }, look: () => Promise<void>): Promise<void> {
  for (let isLast = false; ; isLast = state.isOver) {
    await look()
    if (isLast) return
    await wait(1)
  }
}

async function insertNaively(db: Db): Promise<void> {
  await sql`insert into naive default values`.execute(db)
}

interface NaiveRow {
  readonly id: number
  readonly at: string
}

async function readNaively(db: Db, bySequence: Set<number>, byTime: Set<number>): Promise<void> {
  const afterId = Math.max(0, ...[...bySequence].slice(-1))
  const byId = await sql<NaiveRow>`select id, at::text from naive where id > ${afterId} order by id`.execute(db)
  for (const { id } of byId.rows) bySequence.add(id)
  const last = [...byTime].at(-1) ?? 0
  const later = await sql<NaiveRow>`select id, at::text from naive where (at, id) > (coalesce((select at from naive where id = ${last}), '-infinity'), ${last}::bigint) order by at, id`.execute(db)
  for (const { id } of later.rows) byTime.add(id)
}
