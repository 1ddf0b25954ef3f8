import { OutdatedProcess } from '#server/store/outdated.ts'
import { createAssignmentStore } from '#server/store/sql/assignments.ts'
import { createAuditStore } from '#server/store/sql/audit.ts'
import { createBackupStore } from '#server/store/sql/backup.ts'
import { rememberedSettings } from '#server/store/sql/campaign-row.ts'
import { createCampaignStore } from '#server/store/sql/campaigns.ts'
import { createChangeStore } from '#server/store/sql/changes.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { createEntryStore } from '#server/store/sql/entries.ts'
import { EntryLists } from '#server/store/sql/entry-lists.ts'
import { createErasureStore } from '#server/store/sql/erasures.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import type { FindWords } from '#server/store/sql/entry-search.ts'
import { createFileStore } from '#server/store/sql/files.ts'
import { createFreshStore } from '#server/store/sql/fresh.ts'
import { createMemberStore } from '#server/store/sql/members.ts'
import { createNearStore } from '#server/store/sql/near.ts'
import { createPersonStore } from '#server/store/sql/persons.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { projectionVersion } from '#server/store/sql/projection-ground.ts'
import { createReportDraft } from '#server/store/sql/report-draft.ts'
import { createReportIssues } from '#server/store/sql/report-issues.ts'
import { createSavedViewStore } from '#server/store/sql/saved-views.ts'
import { createSettlementStore } from '#server/store/sql/settlements.ts'
import { createRateLimitStore } from '#server/store/sql/rate-limits.ts'
import { createUpkeepStore } from '#server/store/sql/upkeep.ts'
import { createUploadLockStore } from '#server/store/sql/upload-locks.ts'
import type { Store } from '#server/store/store.ts'

/** A long read of one state, which must keep nobody waiting who writes. */
export type Snapshot = <Result>(read: (tx: Tx) => Promise<Result>) => Promise<Result>

/** What one database does otherwise than another. */
export interface DatabaseWays {
  readonly find: FindWords
  readonly housekeeping: Housekeeping
  readonly snapshot?: Snapshot | undefined
  /** Before a transaction that several may share: lets those in who stand before the door already. */
  readonly gather?: () => Promise<void>
}

/** The store over any database that Kysely speaks to: the folders `sqlite` and `postgres` only open the connection. */
export function createSqlStore(db: Db, { find, housekeeping, snapshot = (read) => readTogether(db, read), gather }: DatabaseWays): Store {
  const [lists, readSettings] = [new EntryLists(), rememberedSettings()]
  return {
    epoch: () => readMeta(db, 'epoch'),
    campaigns: createCampaignStore(db, readSettings),
    members: createMemberStore(db, readSettings),
    changes: createChangeStore(db, { gather, learnInPassing: housekeeping.learnInPassing }),
    entries: createEntryStore(db, lists, find),
    near: createNearStore(db, lists),
    fresh: createFreshStore(db),
    files: createFileStore(db),
    persons: createPersonStore(db),
    erasures: createErasureStore(db, housekeeping),
    uploadLocks: createUploadLockStore(db),
    rateLimits: createRateLimitStore(db),
    settlements: createSettlementStore(db),
    savedViews: createSavedViewStore(db),
    assignments: createAssignmentStore(db),
    reports: { ...createReportDraft(db), ...createReportIssues(db) },
    audit: createAuditStore(db),
    backup: createBackupStore(db, snapshot, housekeeping),
    upkeep: createUpkeepStore(db),
    serverKey: (fresh) => sharedKey(db, fresh),
    check: () => checkWritable(db),
    close: () => db.destroy(),
  }
}

/** The first process that asks decides; two that ask at once meet at the key. */
async function sharedKey(db: Db, fresh: Uint8Array): Promise<Uint8Array> {
  await db.insertInto('meta').values({ key: 'serverKey', value: Buffer.from(fresh).toString('base64') }).onConflict((oc) => oc.column('key').doNothing()).execute()
  return Buffer.from(await readMeta(db, 'serverKey'), 'base64')
}

/** Takes the write lock and writes a row, so that a read-only mount answers "not ready". A full disk need not show itself here. Nor is a process ready beside which one of another version was started. */
async function checkWritable(db: Db): Promise<void> {
  const made = await db.selectFrom('meta').select('value').where('key', '=', 'projection').executeTakeFirst()
  if (made !== undefined && made.value !== projectionVersion) throw new OutdatedProcess()
  await db.transaction().execute((tx) => tx.insertInto('meta').values({ key: 'check', value: '1' }).onConflict((oc) => oc.column('key').doUpdateSet({ value: '1' })).execute())
}
