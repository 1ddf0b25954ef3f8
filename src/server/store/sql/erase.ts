import type { Change } from '#domain/change.ts'
import type { CampaignId, EntryId, Instant } from '#domain/ids.ts'
import type { Tx } from '#server/store/sql/db.ts'
import { eraseFromIssues } from '#server/store/sql/report-issues.ts'

/** Body and salt go, with the text; what stays is the place in the chain. */
export async function eraseEntry(tx: Tx, { campaign, entry, at }: { readonly campaign: CampaignId; readonly entry: EntryId; readonly at: Instant }): Promise<void> {
  await tx.updateTable('changes').set({ text: '', erased_at: at }).where('campaign_id', '=', campaign).where('entry_id', '=', entry)
    .where('erased_at', 'is', null).where((eb) => eb.or([eb('type', 'is', null), eb('type', '!=', 'erase' satisfies Change['type'])])).execute()
  await eraseFromIssues(tx, campaign, entry)
  await tx.deleteFrom('entry_assignments').where('campaign_id', '=', campaign).where('entry_id', '=', entry).execute()
}
