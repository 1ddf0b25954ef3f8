import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import type { FileRow } from '#server/store/sql/schema.ts'
import type { Db } from '#server/store/sql/db.ts'
import { isErased } from '#server/store/sql/erase.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import type { FileStore, StoredFile } from '#server/store/file-store.ts'

export function createFileStore(db: Db): FileStore {
  return {
    async put(file) {
      await db.transaction().execute(async (tx) => {
        // Whoever takes out what an erased entry has left holds the same lock.
        await lockCounters(tx, file.campaignId)
        const row = rowOf(file)
        const known = await tx.selectFrom('files').select('entry_id').where('campaign_id', '=', row.campaign_id).where('sha256', '=', row.sha256).executeTakeFirst()
        const isHeirless = known !== undefined && (await isErased(tx, row.campaign_id, known.entry_id))
        const set = { shown_sha256: row.shown_sha256, original: row.original, ...(isHeirless ? { entry_id: row.entry_id, uploaded_by: row.uploaded_by } : {}) }
        await tx.insertInto('files').values(row).onConflict((oc) => oc.columns(['campaign_id', 'sha256']).doUpdateSet(set)).execute()
      })
    },
    async get(campaign, sha256) {
      const row = await db.selectFrom('files').selectAll().where('campaign_id', '=', campaign).where('sha256', '=', sha256).executeTakeFirst()
      return row === undefined ? null : fileOf(row)
    },
    async list(campaign, after, limit) {
      const rows = await db.selectFrom('files').selectAll().where('campaign_id', '=', campaign).where(sql<boolean>`sha256 > ${after}`).orderBy('sha256').limit(limit).execute()
      return rows.map(fileOf)
    },
    async sendOff(campaign) {
      await sendOffQuery(db, campaign).execute()
    },
    async leaving(limit) {
      return (await leavingQuery(db, limit).execute()).map(fileOf)
    },
    async originalGone(campaign, sha256) {
      await db.updateTable('files').set({ original: 'gone' }).where('campaign_id', '=', campaign).where('sha256', '=', sha256).execute()
    },
    async ofEntry(campaign, entry) {
      // By what the changes name, not by who uploaded first: one picture may stand in two entries.
      const rows = await db.selectFrom('files').selectAll('files')
        .innerJoin('entry_files', (join) => join.onRef('entry_files.campaign_id', '=', 'files.campaign_id').onRef('entry_files.sha256', '=', 'files.sha256'))
        .where('entry_files.campaign_id', '=', campaign).where('entry_files.entry_id', '=', entry).orderBy('files.sha256').execute()
      return rows.map(fileOf)
    },
    async namedBy(campaign, sha256) {
      const rows = await db.selectFrom('entry_files').select('entry_id').where('campaign_id', '=', campaign).where('sha256', '=', sha256).orderBy('entry_id').execute()
      return rows.map((row) => row.entry_id)
    },
  }
}

/** Exported, like the one below, so that a test can ask the database how it would run it. */
export function sendOffQuery(db: Db, campaign: CampaignId) {
  return db.updateTable('files').set({ original: 'leaving' }).where('campaign_id', '=', campaign).where('original', '=', sql.lit('kept')).where('shown_sha256', 'is not', null)
}

export function leavingQuery(db: Db, limit: number) {
  return db.selectFrom('files').selectAll().where('original', '=', sql.lit('leaving')).orderBy('campaign_id').orderBy('sha256').limit(limit)
}

function rowOf(file: StoredFile): FileRow {
  return {
    campaign_id: file.campaignId, sha256: file.sha256, entry_id: file.entryId, type: file.type, bytes: file.bytes,
    uploaded_by: file.uploadedBy, stored_at: file.storedAt, shown_sha256: file.shownSha256, original: file.original,
  }
}

export function fileOf(row: FileRow): StoredFile {
  return {
    campaignId: row.campaign_id, sha256: row.sha256, entryId: row.entry_id, type: row.type, bytes: Number(row.bytes),
    uploadedBy: row.uploaded_by, storedAt: row.stored_at, shownSha256: row.shown_sha256, original: row.original,
  }
}
