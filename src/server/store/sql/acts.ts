import * as v from 'valibot'
import type { CampaignId } from '#domain/ids.ts'
import type { CampaignAct } from '#protocol/audit.ts'
import type { Act, KeptAct } from '#server/store/audit-store.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { tieAct } from '#server/store/sql/act-entries.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import type { ActRow } from '#server/store/sql/schema.ts'

const detailSchema = v.record(v.string(), v.unknown())

/** Keeps an act in the transaction that does it, behind the last change of the log: what was done and who did it stand together or not at all. */
export async function recordAct(tx: Tx, campaign: CampaignId, { act, by, subject, words, detail = {} }: Act): Promise<void> {
  const counters = await lockCounters(tx, campaign)
  if (counters === undefined) return
  const seq = Number(counters.seq)
  const last = await tx.selectFrom('acts').select('number').where('campaign_id', '=', campaign).where('seq', '=', seq).orderBy('number', 'desc').limit(1).executeTakeFirst()
  const place = { seq, number: Number(last?.number ?? 0) + 1 }
  await tx.insertInto('acts').values({
    campaign_id: campaign, ...place, at: by.at, act, member_id: by.memberId, device_id: by.deviceId,
    subject: subject ?? null, words: words === undefined || words === '' ? null : words, detail: JSON.stringify(detail),
  }).execute()
  await tieAct(tx, campaign, { place, detail })
}

export function keptAct(row: ActRow): KeptAct {
  return {
    place: { seq: Number(row.seq), number: Number(row.number) }, act: row.act as CampaignAct, by: { memberId: row.member_id, deviceId: row.device_id, at: row.at },
    subject: row.subject ?? '', words: row.words, detail: v.parse(detailSchema, JSON.parse(row.detail)),
  }
}
