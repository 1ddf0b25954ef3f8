import { createCampaignStore } from '#server/store/sql/campaigns.ts'
import { createChangeStore } from '#server/store/sql/changes.ts'
import type { Db } from '#server/store/sql/db.ts'
import { createEntryStore } from '#server/store/sql/entries.ts'
import { createFileStore } from '#server/store/sql/files.ts'
import { createMemberStore } from '#server/store/sql/members.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import type { Store } from '#server/store/store.ts'

/** The store over any database that Kysely speaks to: the folders `sqlite` (and later `postgres`) only open the connection. */
export function createSqlStore(db: Db): Store {
  return {
    epoch: () => readMeta(db, 'epoch'),
    campaigns: createCampaignStore(db),
    members: createMemberStore(db),
    changes: createChangeStore(db),
    entries: createEntryStore(db),
    files: createFileStore(db),
    check: () => checkWritable(db),
    close: () => db.destroy(),
  }
}

/** Takes the write lock and writes a row, so that a full disk or a read-only mount answers "not ready". */
async function checkWritable(db: Db): Promise<void> {
  await db.transaction().execute((tx) => tx.insertInto('meta').values({ key: 'check', value: '1' }).onConflict((oc) => oc.column('key').doUpdateSet({ value: '1' })).execute())
}
