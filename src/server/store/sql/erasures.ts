import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import { backupTables } from '#server/store/backup-store.ts'
import type { ErasureStore } from '#server/store/erasure-store.ts'
import type { StoredFile } from '#server/store/file-store.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { endedAt } from '#server/store/sql/end-again.ts'
import { isErased } from '#server/store/sql/erase.ts'
import { eraseBeside } from '#server/store/sql/erase-beside.ts'
import { entriesBy, erasedOf, erasePerson, isPersonErased } from '#server/store/sql/erase-person.ts'
import { fileOf } from '#server/store/sql/files.ts'
import { lockCounters, lockDatabase } from '#server/store/sql/locked-rows.ts'
import { countRebuild } from '#server/store/sql/rebuilt.ts'
import type { FileRow } from '#server/store/sql/schema.ts'

/** What each database does about places that were written over, and after much was written at once. */
export interface Housekeeping extends Pick<ErasureStore, 'settle' | 'compact'> {
  /** Its planner learns what there is now; a database that counts nothing has nothing to learn. */
  readonly learn: (tx: Tx) => Promise<void>
  /** The same for what appends fill, where it can be done at once. */
  readonly learnInPassing: (db: Db) => Promise<void>
}

export function createErasureStore(db: Db, { settle, compact }: Housekeeping): ErasureStore {
  return {
    settle, compact,
    isErased: (campaign, entry) => isErased(db, campaign, entry),
    isPersonErased: (campaign, member) => isPersonErased(db, campaign, member),
    // No row of it is left; `backup/erasure-log.ts` knows.
    isCampaignErased: () => Promise.resolve(false),
    endedAt: (campaign, who) => endedAt(db, campaign, who),
    entriesBy: (campaign, member) => entriesBy(db, campaign, member),
    erasedOf: (campaign, author) => erasedOf(db, campaign, author),
    member: (campaign, member, about) => db.transaction().execute((tx) => erasePerson(tx, campaign, member, about)),
    campaign: (campaign) => db.transaction().execute((tx) => eraseCampaign(tx, campaign)),
    beside: (campaign, at) => db.transaction().execute((tx) => eraseBeside(tx, campaign, at)),
    leftFiles: async (over) => (await left(db, { over })).map(fileOf),
    async orphans() {
      const rows = await db.selectFrom('orphans').selectAll().orderBy('campaign_id').orderBy('sha256').execute()
      return rows.map((row) => ({ campaignId: row.campaign_id, sha256: row.sha256 }))
    },
    async forgetOrphan({ campaignId, sha256 }) {
      await db.deleteFrom('orphans').where('campaign_id', '=', campaignId).where('sha256', '=', sha256).execute()
    },
    forgetFile: (file, remove, over) => db.transaction().execute((tx) => forgetFile(tx, { file, over }, remove)),
  }
}

/** What the backups do not hold, before the rows that it hangs on. */
const besides = ['sessions', 'act_entries', 'entry_files', 'entry_links', 'disclosed_entries', 'entries'] as const

/** Children before parents. What stands on the shelf is remembered until it is gone from there. The lists in memory of every process are read anew. */
export async function eraseCampaign(tx: Tx, campaign: CampaignId): Promise<void> {
  await lockDatabase(tx)
  await lockCounters(tx, campaign)
  await sql`insert into orphans (campaign_id, sha256) select campaign_id, sha256 from files where campaign_id = ${campaign}`.execute(tx)
  for (const table of [...besides, ...backupTables.filter((name) => name !== 'meta').toReversed()]) await sql`delete from ${sql.table(table)} where campaign_id = ${campaign}`.execute(tx)
  await tx.deleteFrom('upload_locks').where('upload_id', 'like', `${campaign}.%`).execute()
  await countRebuild(tx)
}

interface Left {
  readonly file?: StoredFile
  readonly over: CampaignId | undefined
}

/** Named by nobody any more who has sent it (its receipt stands in the entry of whoever was the second), and of an entry whose words are gone, or of somebody who is, or of a campaign whose time is over. */
async function left(db: Db | Tx, { file, over }: Left): Promise<readonly FileRow[]> {
  const one = file === undefined ? sql`` : sql`and files.campaign_id = ${file.campaignId} and files.sha256 = ${file.sha256}`
  const { rows } = await sql<FileRow>`
    select files.* from files
    where (
      files.campaign_id = ${over ?? ''}
      or exists (select 1 from changes where changes.campaign_id = files.campaign_id and changes.entry_id = files.entry_id and changes.erased_at is not null and (changes.quarantined is null or changes.released = 1))
      or exists (select 1 from acts where acts.campaign_id = files.campaign_id and acts.act = 'member.erased' and acts.subject = files.uploaded_by)
    ) and not exists (
      select 1 from entry_files join entries on entries.campaign_id = entry_files.campaign_id and entries.id = entry_files.entry_id
      where entry_files.campaign_id = files.campaign_id and entry_files.sha256 = files.sha256 and (entries.author_id = files.uploaded_by or exists (
        select 1 from changes as receipt where receipt.campaign_id = files.campaign_id and receipt.entry_id = entry_files.entry_id
        and receipt.type = 'fileStored' and receipt.quarantined is null and receipt.text like '%' || files.sha256 || '%'))
    ) ${one}`.execute(db)
  return rows
}

async function forgetFile(tx: Tx, { file, over }: Left & { readonly file: StoredFile }, remove: () => Promise<void>): Promise<boolean> {
  await lockCounters(tx, file.campaignId)
  if ((await left(tx, { file, over })).length === 0) return false
  await remove()
  await tx.deleteFrom('files').where('campaign_id', '=', file.campaignId).where('sha256', '=', file.sha256).execute()
  return true
}
