import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import type { Place } from '#server/store/audit-store.ts'
import type { Tx } from '#server/store/sql/db.ts'

const actsPerRead = 200
const rowsPerInsert = 200
const aboutSchema = v.object({ entries: v.array(entryIdSchema) })

interface Tied {
  readonly place: Place
  readonly detail: unknown
}

/** An act that says in its detail which entries it is about is found by each of them. */
export async function tieAct(tx: Tx, campaign: CampaignId, act: Tied): Promise<void> {
  await insertTies(tx, campaign, [act])
}

/** All of a campaign anew, from what the acts themselves say: a backup holds no more than those. */
export async function tieActs(tx: Tx, campaign: CampaignId): Promise<void> {
  await tx.deleteFrom('act_entries').where('campaign_id', '=', campaign).execute()
  let after: Place = { seq: -1, number: 0 }
  for (;;) {
    const { seq, number } = after
    const rows = await tx.selectFrom('acts').select(['seq', 'number', 'detail']).where('campaign_id', '=', campaign)
      .where((eb) => eb(eb.refTuple('seq', 'number'), '>', eb.tuple(seq, number))).orderBy('seq').orderBy('number').limit(actsPerRead).execute()
    const acts = rows.map((row) => ({ place: { seq: Number(row.seq), number: Number(row.number) }, detail: JSON.parse(row.detail) as unknown }))
    await insertTies(tx, campaign, acts)
    const last = acts.at(-1)
    if (last === undefined || acts.length < actsPerRead) return
    after = last.place
  }
}

async function insertTies(tx: Tx, campaign: CampaignId, acts: readonly Tied[]): Promise<void> {
  const ties = acts.flatMap(({ place, detail }) => entriesIn(detail).map((entry) => ({ campaign_id: campaign, entry_id: entry, ...place })))
  for (let first = 0; first < ties.length; first += rowsPerInsert) await tx.insertInto('act_entries').values(ties.slice(first, first + rowsPerInsert)).execute()
}

function entriesIn(detail: unknown): readonly EntryId[] {
  const about = v.safeParse(aboutSchema, detail)
  return about.success ? [...new Set(about.output.entries)] : []
}
