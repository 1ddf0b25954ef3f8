import { sql } from 'kysely'
import type { CampaignId, DeviceId, EntryId, Instant, MemberId } from '#domain/ids.ts'
import type { HeldRow, PersonStore } from '#server/store/person-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { keptOne } from '#server/store/sql/kept-query.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { countRebuild } from '#server/store/sql/rebuilt.ts'
import { writtenSinceIn } from '#server/store/sql/written-since.ts'
import { writeProjections } from '#server/store/sql/written-projection.ts'

/** The columns that name a person, by the tables that have any; a test compares them with the schema. `subject` may name one among other things. */
export const personColumns: Readonly<Record<string, { readonly member?: readonly string[]; readonly device?: readonly string[] }>> = {
  members: { member: ['id'] }, devices: { member: ['member_id'], device: ['id', 'rotated_from'] }, invites: { member: ['created_by'], device: ['for_device'] }, sessions: { member: ['member_id'], device: ['device_id'] },
  changes: { member: ['member_id', 'carried_by', 'author_id'], device: ['device_id'] }, links: { device: ['device_id'] }, handed_over: { device: ['device_id'] }, seals: { device: ['device_id'] }, alarms: { device: ['device_id'] },
  entries: { member: ['author_id'], device: ['device_id'] }, disclosed_entries: { member: ['author_id'] }, entries_apart: { member: ['member_id'] }, entry_assignments: { member: ['member_id', 'by_member_id'] }, files: { member: ['uploaded_by'] },
  settlements: { member: ['member_id'] }, saved_views: { member: ['member_id'] }, campaign_changes: { member: ['member_id'] }, acts: { member: ['member_id', 'subject'], device: ['device_id', 'subject'] },
  report_drafts: { member: ['member_id'] }, report_parts: { member: ['member_id'] }, report_issues: { member: ['member_id'] }, report_corrections: { member: ['member_id'] },
}

/** Hashes of secrets say nothing about anybody, and are not for handing out. */
const secrets: ReadonlySet<string> = new Set(['token_hash', 'secret_hash'])
const entriesPerStatement = 200

export function createPersonStore(db: Db): PersonStore {
  return {
    heldAbout: (campaign, member) => readTogether(db, (tx) => heldAbout(tx, campaign, member)),
    async recordsSince(campaign, since) {
      const rows = await db.selectFrom('changes').select((eb) => ['member_id', eb.fn.countAll<number>().as('count')]).where('campaign_id', '=', campaign).where('received_at', '>=', since).where('type', '=', 'record').groupBy('member_id').execute()
      return new Map(rows.map((row) => [row.member_id, Number(row.count)] as const))
    },
    hasDevice: async (campaign, member) => (await anyDevice(db, campaign, member)) !== undefined,
    writtenSince: writtenSinceIn(db),
    mostReached: (campaign, member, limit) => mostReached(db, campaign, member, limit),
    setAside: (campaign, member, about) => db.transaction().execute((tx) => setAside(tx, campaign, member, about)),
    asideOf: (campaign, member) => readTogether(db, (tx) => asideOf(tx, campaign, member)),
    endAside: (campaign, member, { by, reason, count }) => db.transaction().execute(async (tx) => {
      const ended = await tx.updateTable('members').set({ aside_since: null }).where('campaign_id', '=', campaign).where('id', '=', member).where('aside_since', 'is not', null).returning('id').executeTakeFirst()
      if (ended !== undefined) await recordAct(tx, campaign, { act: 'member.released', by, subject: member, words: reason, detail: { count } })
    }),
  }
}

/** First among all of their changes, along an index: few have made so many in their life, and only of those the records are looked at. */
async function mostReached(db: Db, campaign: CampaignId, member: MemberId, { of, most, since }: Parameters<PersonStore['mostReached']>[2]): Promise<Instant | null> {
  const isSince = (row: { readonly received_at: Instant } | undefined) => (row !== undefined && row.received_at >= since ? row.received_at : null)
  const nth = { member, behind: most - 1 }
  const reached = isSince(await newestChange(db, campaign, nth))
  return of === 'changes' || reached === null ? reached : isSince(await newestRecord(db, campaign, nth))
}

/** Exported so that a test can ask the database how it would run it. */
export function nthNewest(db: Db | Tx, campaign: CampaignId, { member, behind }: { readonly member: MemberId; readonly behind: number }) {
  return db.selectFrom('changes').select('received_at').where('campaign_id', '=', campaign).where('member_id', '=', member).orderBy('seq', 'desc').limit(1).offset(behind)
}

const anyDevice = keptOne((db, campaign: CampaignId, member: MemberId) => db.selectFrom('devices').select('id').where('campaign_id', '=', campaign).where('member_id', '=', member).where('revoked_at', 'is', null).limit(1))
const newestChange = keptOne(nthNewest)
const newestRecord = keptOne((db, campaign: CampaignId, nth: Parameters<typeof nthNewest>[2]) => nthNewest(db, campaign, nth).where('type', '=', 'record'))

async function heldAbout(tx: Tx, campaign: CampaignId, member: MemberId): ReturnType<PersonStore['heldAbout']> {
  if ((await tx.selectFrom('members').select('id').where('campaign_id', '=', campaign).where('id', '=', member).executeTakeFirst()) === undefined) return null
  const devices = (await tx.selectFrom('devices').select('id').where('campaign_id', '=', campaign).where('member_id', '=', member).execute()).map(({ id }) => id)
  const held: Record<string, readonly HeldRow[]> = {}
  for (const [table, columns] of Object.entries(personColumns)) held[table] = await rowsNaming(tx, { table, columns }, { campaign, member, devices })
  return held
}

type Columns = (typeof personColumns)[string]

async function rowsNaming(tx: Tx, { table, columns }: { readonly table: string; readonly columns: Columns }, who: { readonly campaign: CampaignId; readonly member: MemberId; readonly devices: readonly DeviceId[] }): Promise<readonly HeldRow[]> {
  const names = [
    ...(columns.member ?? []).map((column) => sql`${sql.ref(column)} = ${who.member}`),
    ...(who.devices.length === 0 ? [] : (columns.device ?? []).map((column) => sql`${sql.ref(column)} in (${sql.join(who.devices)})`)),
  ]
  const { rows } = await sql<HeldRow>`select * from ${sql.table(table)} where campaign_id = ${who.campaign} and (${sql.join(names, sql` or `)})`.execute(tx)
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !secrets.has(column))))
}

type Setting = Parameters<PersonStore['setAside']>[2]

async function setAside(tx: Tx, campaign: CampaignId, member: MemberId, { since, by, reason }: Setting): Promise<number | null> {
  await lockCounters(tx, campaign)
  const set = await tx.updateTable('members').set({ aside_since: since }).where('campaign_id', '=', campaign).where('id', '=', member).where('aside_since', 'is', null).returning('id').executeTakeFirst()
  if (set === undefined) return null
  const entries = await undecidedSince(tx, { campaign, member, since })
  for (let from = 0; from < entries.length; from += entriesPerStatement) {
    const some = entries.slice(from, from + entriesPerStatement)
    await tx.updateTable('changes').set({ quarantined: 'revoked-device' }).where('campaign_id', '=', campaign).where('member_id', '=', member).where('entry_id', 'in', some).where('quarantined', 'is', null).where('erased_at', 'is', null).execute()
    // Without its record there is no entry; whoever keeps lists in memory reads them anew.
    await writeProjections(tx, campaign, some.map((id) => ({ id, row: null, files: [], links: [], disclosed: null })))
  }
  await countRebuild(tx)
  await recordAct(tx, campaign, { act: 'member.setAside', by, subject: member, words: reason, detail: { count: entries.length } })
  return entries.length
}

/** What a person has looked at and decided on stays: it is theirs by now as well. */
async function undecidedSince(tx: Tx, { campaign, member, since }: { readonly campaign: CampaignId; readonly member: MemberId; readonly since: Instant }): Promise<readonly EntryId[]> {
  const rows = await tx.selectFrom('entries')
    .innerJoin('changes as first', (join) => join.onRef('first.campaign_id', '=', 'entries.campaign_id').onRef('first.seq', '=', 'entries.seq'))
    .select('entries.id').where('entries.campaign_id', '=', campaign).where('entries.author_id', '=', member).where('first.received_at', '>=', since)
    .where((eb) => eb.not(eb.exists(eb.selectFrom('changes as said').select('said.seq').whereRef('said.campaign_id', '=', 'entries.campaign_id').whereRef('said.entry_id', '=', 'entries.id').where('said.type', '=', 'decide').where('said.quarantined', 'is', null)))).execute()
  return rows.map(({ id }) => id)
}

async function asideOf(tx: Tx, campaign: CampaignId, member: MemberId): ReturnType<PersonStore['asideOf']> {
  const row = await tx.selectFrom('members').select('aside_since').where('campaign_id', '=', campaign).where('id', '=', member).executeTakeFirst()
  if (row === undefined || row.aside_since === null) return null
  const rows = await tx.selectFrom('changes').select(['id', 'entry_id']).where('campaign_id', '=', campaign).where('member_id', '=', member).where('quarantined', '=', 'revoked-device').where('released', '=', 0).where('erased_at', 'is', null)
    .where('received_at', '>=', row.aside_since).where('id', 'is not', null).where('entry_id', 'is not', null).where('type', 'not in', ['erase', 'release', 'fileStored']).orderBy('seq').execute()
  return rows.flatMap(({ id, entry_id: entryId }) => (id === null || entryId === null ? [] : [{ id, entryId }]))
}
