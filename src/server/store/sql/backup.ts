import { sql } from 'kysely'
import type { CampaignId } from '#domain/ids.ts'
import { backupTables } from '#server/store/backup-store.ts'
import type { BackupRow, BackupStore, BackupTable, Erased, LostFile, Renewal } from '#server/store/backup-store.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { endAgain } from '#server/store/sql/end-again.ts'
import { eraseEntry } from '#server/store/sql/erase.ts'
import { erasePersonAgain } from '#server/store/sql/erase-person.ts'
import { eraseCampaign } from '#server/store/sql/erasures.ts'
import type { Housekeeping } from '#server/store/sql/erasures.ts'
import { readMeta } from '#server/store/sql/meta.ts'
import { rebuildEntries } from '#server/store/sql/rebuild.ts'
import { rightsAgain } from '#server/store/sql/rights-again.ts'
import type { Snapshot } from '#server/store/sql/sql-store.ts'

type Row = BackupRow['row']

const pageSize = 1000
/** Below the number of parameters that either database takes in one statement. */
const rowsPerInsert = 200

/** Key columns: the order of the dump, and where the next page begins. */
const keys: Readonly<Record<BackupTable, readonly string[]>> = {
  meta: ['key'], campaigns: ['campaign_id'], counters: ['campaign_id'], members: ['campaign_id', 'id'], devices: ['campaign_id', 'id'], invites: ['campaign_id', 'id'],
  changes: ['campaign_id', 'seq'], links: ['campaign_id', 'device_id', 'device_seq'], handed_over: ['campaign_id', 'device_id', 'device_seq'], seals: ['campaign_id', 'device_id', 'device_seq', 'first_device_seq'],
  alarms: ['campaign_id', 'kind', 'device_id', 'change_hash'], files: ['campaign_id', 'sha256'], restores: ['campaign_id', 'epoch'], settlements: ['campaign_id', 'subject', 'at'],
  saved_views: ['campaign_id', 'id'],
  campaign_changes: ['campaign_id', 'revision'],
  entries_apart: ['campaign_id', 'first_id', 'second_id', 'kind'],
  entry_assignments: ['campaign_id', 'entry_id'],
  acts: ['campaign_id', 'seq', 'number'],
  report_drafts: ['campaign_id'],
  report_parts: ['campaign_id', 'id'],
  report_issues: ['campaign_id', 'number'],
  report_issue_entries: ['campaign_id', 'number', 'entry_id'],
  report_corrections: ['campaign_id', 'number', 'id'],
}

export function createBackupStore(db: Db, snapshot: Snapshot, { learn }: Pick<Housekeeping, 'learn'>): BackupStore {
  return {
    schema: async () => (await db.withTables<{ readonly migrations: { readonly name: string } }>().selectFrom('migrations').select('name').orderBy('name').execute()).map(({ name }) => name),
    dump: (take) => snapshot((tx) => take(rowsOf(tx))),
    load: (rows, renewal) => db.transaction().execute(async (tx) => {
      const outcome = await load(tx, rows, renewal)
      if (outcome.kind === 'loaded') await learn(tx)
      return outcome
    }),
    raiseSafeSeq: (epoch, heads) => db.transaction().execute((tx) => raiseSafeSeq(tx, epoch, heads)),
    async restoredSeq(campaign, formerEpoch) {
      const row = await db.selectFrom('restores').select('restored_seq').where('campaign_id', '=', campaign).where('epoch', '=', formerEpoch).executeTakeFirst()
      return Number(row?.restored_seq ?? 0)
    },
  }
}

async function* rowsOf(tx: Tx): AsyncGenerator<BackupRow> {
  for (const table of backupTables) {
    let last: Row | null = null
    for (;;) {
      const page: readonly Row[] = await pageOf(tx, table, last)
      for (const row of page) if (isKept(table, row)) yield { table, row: kept(table, row) }
      last = page.at(-1) ?? null
      if (page.length < pageSize) break
    }
  }
}

async function pageOf(tx: Tx, table: BackupTable, last: Row | null): Promise<readonly Row[]> {
  const key = sql.join(keys[table].map((column) => sql.ref(column)))
  const after = last === null ? sql`` : sql`where (${key}) > (${sql.join(keys[table].map((column) => last[column]))})`
  return (await sql<Row>`select * from ${sql.table(table)} ${after} order by ${key} limit ${pageSize}`.execute(tx)).rows
}

/** Of `meta` only the epoch says something about what is stored. */
function isKept(table: BackupTable, row: Row): boolean {
  return table !== 'meta' || row['key'] === 'epoch'
}

/** A restored server promises nothing before its own first backup, and a dump does not differ because it was promised. */
function kept(table: BackupTable, row: Row): Row {
  return table === 'counters' ? { ...row, safe_seq: 0 } : row
}

async function load(tx: Tx, rows: AsyncIterable<BackupRow>, renewal: Renewal | null): ReturnType<BackupStore['load']> {
  const [other] = await tx.selectFrom('campaigns').select('campaign_id').limit(1).execute()
  if (other !== undefined) return { kind: 'not-empty' }
  await tx.deleteFrom('meta').where('key', '=', 'epoch').execute()
  let batch: BackupRow[] = []
  for await (const row of rows) {
    const [first] = batch
    if (first !== undefined && (first.table !== row.table || batch.length >= rowsPerInsert)) {
      await insert(tx, batch)
      batch = []
    }
    batch.push(row)
  }
  await insert(tx, batch)
  if (renewal !== null) await renew(tx, await campaignsIn(tx), renewal)
  await rightsAgain(tx, renewal?.rights ?? [])
  for (const ended of renewal?.ended ?? []) await endAgain(tx, ended)
  for (const campaign of await campaignsIn(tx)) await rebuildEntries(tx, campaign)
  return { kind: 'loaded' }
}

async function campaignsIn(tx: Tx): Promise<readonly CampaignId[]> {
  return (await tx.selectFrom('campaigns').select('campaign_id').execute()).map(({ campaign_id: id }) => id)
}

async function insert(tx: Tx, batch: readonly BackupRow[]): Promise<void> {
  const [first] = batch
  if (first === undefined) return
  const columns = Object.keys(first.row)
  const values = batch.map(({ row }) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`)
  await sql`insert into ${sql.table(first.table)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(values)}`.execute(tx)
}

/** Another epoch, with what it has in common with the ones before it: a number may be given again, but never silently. */
async function renew(tx: Tx, campaigns: readonly CampaignId[], { epoch, erasures, lost, reach }: Renewal): Promise<void> {
  const former = await readMeta(tx, 'epoch')
  await tx.updateTable('meta').set({ value: epoch }).where('key', '=', 'epoch').execute()
  for (const campaign of campaigns) {
    const counters = await tx.selectFrom('counters').selectAll().where('campaign_id', '=', campaign).executeTakeFirstOrThrow()
    const { challengeRef, actionRef } = reach(campaign)
    await tx.updateTable('counters').set({ challenge_ref: Math.max(Number(counters.challenge_ref), challengeRef), action_ref: Math.max(Number(counters.action_ref), actionRef) })
      .where('campaign_id', '=', campaign).execute()
    const seq = Number(counters.seq)
    await tx.updateTable('restores').set({ restored_seq: seq }).where('campaign_id', '=', campaign).where('restored_seq', '>', seq).execute()
    await tx.insertInto('restores').values({ campaign_id: campaign, epoch: former, restored_seq: seq }).execute()
  }
  for (const one of lost) await giveUp(tx, one)
  for (const erased of erasures) await eraseAgain(tx, erased)
}

/** Who sends its bytes once more has it kept again. */
async function giveUp(tx: Tx, { campaignId, sha256, kind }: LostFile): Promise<void> {
  await tx.updateTable('files').set(kind === 'received' ? { original: 'gone' } : { shown_sha256: null }).where('campaign_id', '=', campaignId).where('sha256', '=', sha256).execute()
}

async function eraseAgain(tx: Tx, { campaignId, entryId, memberId, at }: Erased): Promise<void> {
  if (entryId !== undefined) await eraseEntry(tx, { campaign: campaignId, entry: entryId, at })
  else if (memberId === undefined) await eraseCampaign(tx, campaignId)
  else await erasePersonAgain(tx, campaignId, memberId, at)
}

async function raiseSafeSeq(tx: Tx, epoch: string, heads: ReadonlyMap<CampaignId, number>): Promise<void> {
  if ((await readMeta(tx, 'epoch')) !== epoch) return
  for (const [campaign, head] of heads) {
    await tx.updateTable('counters').set({ safe_seq: head }).where('campaign_id', '=', campaign).where('safe_seq', '<', head).where('seq', '>=', head).execute()
  }
}
