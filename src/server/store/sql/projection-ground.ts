import { createHmac } from 'node:crypto'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { isSensitivity } from '#domain/disclosure.ts'
import type { CampaignId, ChangeId, EntryId } from '#domain/ids.ts'
import type { Asked, Tx } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'

/** Raised whenever `projection.ts` makes something else of the same changes: the first start of such a version makes all rows anew. */
export const projectionVersion = '17'

/** What a campaign says about the projection of its entries. */
export interface ProjectionGround {
  readonly id: CampaignId
  readonly defaultSensitivity: Sensitivity
  /** Of a hundred decided entries so many are read by a second person; which ones nobody chooses. */
  readonly secondReading: { readonly percent: number; readonly draw: (entry: EntryId, revision: ChangeId) => number }
}

export async function projectionGround(tx: Tx, campaign: CampaignId): Promise<ProjectionGround> {
  return (await campaignGround(tx, campaign)).projection
}

/** The same with the history that this database is in, and the version by which its rows are made. */
export async function campaignGround(tx: Asked, campaign: CampaignId): Promise<{ readonly projection: ProjectionGround; readonly epoch: string; readonly madeBy: string }> {
  const row = await groundRow(tx, campaign)
  const level = row?.default_sensitivity
  const projection = {
    id: campaign, defaultSensitivity: isSensitivity(level) ? level : 'high',
    secondReading: { percent: Number(row?.second_reading ?? 0), draw: (entry: EntryId, revision: ChangeId) => keyedDraw(row?.private_key ?? '', `${entry} ${revision}`) },
  } as const
  return { projection, epoch: row?.epoch ?? '', madeBy: row?.made_by ?? projectionVersion }
}

const groundRow = keptOne((db, campaign: CampaignId) => db.selectFrom('campaigns').select((eb) => ['default_sensitivity', 'second_reading', 'private_key', eb.selectFrom('meta').select('value').where('key', '=', 'epoch').as('epoch'), eb.selectFrom('meta').select('value').where('key', '=', 'projection').as('made_by')]).where('campaign_id', '=', campaign))

/** The same for the same entry and revision as long as the campaign has its key, and for nobody without the key to tell before. */
function keyedDraw(key: string, name: string): number {
  return createHmac('sha256', key).update(`second-reading ${name}`).digest().readUInt32BE(0) / 2 ** 32
}
