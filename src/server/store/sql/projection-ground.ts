import { createHmac } from 'node:crypto'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { isSensitivity } from '#domain/disclosure.ts'
import type { CampaignId, ChangeId, EntryId } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'

/** What a campaign says about the projection of its entries. */
export interface ProjectionGround {
  readonly id: CampaignId
  readonly defaultSensitivity: Sensitivity
  /** Of a hundred decided entries so many are read by a second person; which ones nobody chooses. */
  readonly secondReading: { readonly percent: number; readonly draw: (entry: EntryId, revision: ChangeId) => number }
}

export async function projectionGround(tx: Tx, campaign: CampaignId): Promise<ProjectionGround> {
  const row = await groundRow(tx, campaign)
  const level = row?.default_sensitivity
  return {
    id: campaign, defaultSensitivity: isSensitivity(level) ? level : 'high',
    secondReading: { percent: Number(row?.second_reading ?? 0), draw: (entry, revision) => keyedDraw(row?.private_key ?? '', `${entry} ${revision}`) },
  }
}

const groundRow = keptOne((db, campaign: CampaignId) => db.selectFrom('campaigns').select(['default_sensitivity', 'second_reading', 'private_key']).where('campaign_id', '=', campaign))

/** The same for the same entry and revision as long as the campaign has its key, and for nobody without the key to tell before. */
function keyedDraw(key: string, name: string): number {
  return createHmac('sha256', key).update(`second-reading ${name}`).digest().readUInt32BE(0) / 2 ** 32
}
