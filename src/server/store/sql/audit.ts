import { sql } from 'kysely'
import { changeTypes } from '#domain/change.ts'
import type { CampaignId, DeviceId, EntryId, Instant, MemberId, Ref } from '#domain/ids.ts'
import type { Act, AuditStore, LogLine, LogPage, LogQuery, Place } from '#server/store/audit-store.ts'
import { keptAct, recordAct } from '#server/store/sql/acts.ts'
import { storedChange } from '#server/store/sql/changes.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { parsedChange } from '#server/store/sql/parsed-change.ts'
import type { StoredChange } from '#server/store/store.ts'

/** How many rows a page looks through when several filters hold: one of them has the index, the others are asked in memory. */
export const scannedRows = 500
/** By so much the clocks of several processes on one database may differ. */
const clockSlackMs = 3_600_000

export function createAuditStore(db: Db): AuditStore {
  return {
    add: (campaign, act: Act) => db.transaction().execute((tx) => recordAct(tx, campaign, act)),
    page: (campaign, query) => readTogether(db, (tx) => page(tx, campaign, query)),
    async entryOf(campaign, ref) {
      return (await refQuery(db, campaign, ref).executeTakeFirst())?.entry_id ?? null
    },
  }
}

/** What a walk reads: above and below which place, by which index, and how many rows at most. */
export interface Walk extends Pick<LogQuery, 'before' | 'member' | 'type' | 'entry'> {
  readonly floor: number
  readonly ceiling: number | null
  readonly rows: number
}

async function page(tx: Tx, campaign: CampaignId, query: LogQuery): Promise<LogPage> {
  const walk = { ...query, ...(await rangeOf(tx, campaign, query)), rows: filtersIn(query) > 1 || query.from !== undefined || query.to !== undefined ? scannedRows : query.limit + 1 }
  const isChangeType = changeTypes.some((type) => type === query.type)
  const changes = query.type !== undefined && !isChangeType ? [] : (await changesQuery(tx, campaign, walk).execute()).map(storedChange)
  const acts = isChangeType ? [] : (await actsQuery(tx, campaign, walk).execute()).map(keptAct)
  const streams = [
    changes.map((change): Line => ({ place: { seq: change.seq, number: 0 }, at: change.receivedAt, member: change.memberId, type: change.type, change })),
    acts.map((act): Line => ({ place: act.place, at: act.by.at, member: act.by.memberId, type: act.act, act })),
  ]
  const { lines, next } = mergedPage(streams, { query, rows: walk.rows })
  return { lines: await withRevisions(tx, campaign, lines), next, ...(await whoIsIn(tx, campaign, lines)) }
}

interface Line {
  readonly place: Place
  readonly at: Instant
  readonly member: MemberId | null
  readonly type: string | null
  readonly change?: StoredChange
  readonly act?: ReturnType<typeof keptAct>
}

const filtersIn = ({ member, type, entry }: LogQuery) => [member, type, entry].filter((filter) => filter !== undefined).length

/** Newest first. A stream that was cut says nothing of what is older than its last row, so neither does the page. */
function mergedPage(streams: readonly (readonly Line[])[], { query, rows }: { readonly query: LogQuery; readonly rows: number }): { readonly lines: readonly Line[]; readonly next: Place | null } {
  const ends = streams.flatMap((stream) => (stream.length < rows ? [] : stream.slice(-1).map(({ place }) => place)))
  const horizon = ends.toSorted(newestFirst)[0] ?? null
  const fit = streams.flat().filter((line) => fits(line, query) && (horizon === null || newestFirst(line.place, horizon) <= 0)).toSorted((a, b) => newestFirst(a.place, b.place))
  const lines = fit.slice(0, query.limit)
  return { lines, next: fit.length > query.limit ? (lines.at(-1)?.place ?? null) : horizon }
}

function newestFirst(a: Place, b: Place): number {
  return b.seq - a.seq || b.number - a.number
}

/** An act has no entry of its own to ask: its walk has found it by the one that is asked for. */
function fits({ at, member, type, change }: Line, query: LogQuery): boolean {
  return (query.member === undefined || member === query.member) && (query.type === undefined || type === query.type) && (query.entry === undefined || change === undefined || change.entryId === query.entry)
    && (query.from === undefined || at >= query.from) && (query.to === undefined || at < query.to)
}

const endOfLog = Number.MAX_SAFE_INTEGER

/**
 * One filter by its index, the narrowest one; the others are asked in memory. The whole key is compared, because SQLite without
 * statistics would else walk the log itself and look at each row. Exported so that a test can ask for the plan.
 */
export function changesQuery(db: Db | Tx, campaign: CampaignId, walk: Walk) {
  const { before, entry, member, type, floor, ceiling } = walk
  const highest = Math.min(before === undefined ? endOfLog : before.number > 0 ? before.seq : before.seq - 1, ceiling ?? endOfLog)
  const rows = db.selectFrom('changes').selectAll().limit(walk.rows)
  const [column, value] = entry !== undefined ? (['entry_id', entry] as const) : member !== undefined ? (['member_id', member] as const) : (['type', type] as const)
  if (value === undefined) return rows.where('campaign_id', '=', campaign).where('seq', '<=', highest).where('seq', '>=', floor).orderBy('seq', 'desc')
  const key = sql`(campaign_id, ${sql.ref(column)}, seq)`
  return rows.where(sql<boolean>`${key} <= (${campaign}, ${value}, ${highest})`).where(sql<boolean>`${key} >= (${campaign}, ${value}, ${floor})`)
    .orderBy('campaign_id', 'desc').orderBy(column, 'desc').orderBy('seq', 'desc')
}

export function actsQuery(db: Db | Tx, campaign: CampaignId, walk: Walk) {
  const { before, entry, member, type, floor, ceiling } = walk
  const end = [before, ceiling === null ? undefined : { seq: ceiling + 1, number: 0 }].filter((place) => place !== undefined).toSorted(newestFirst).at(-1) ?? { seq: endOfLog, number: 0 }
  if (entry !== undefined) {
    const key = sql`(act_entries.campaign_id, act_entries.entry_id, act_entries.seq, act_entries.number)`
    return db.selectFrom('act_entries').innerJoin('acts', (join) => join.onRef('acts.campaign_id', '=', 'act_entries.campaign_id').onRef('acts.seq', '=', 'act_entries.seq').onRef('acts.number', '=', 'act_entries.number')).selectAll('acts').limit(walk.rows)
      .where(sql<boolean>`${key} < (${campaign}, ${entry}, ${end.seq}, ${end.number})`).where(sql<boolean>`${key} >= (${campaign}, ${entry}, ${floor}, 0)`)
      .orderBy('act_entries.campaign_id', 'desc').orderBy('act_entries.entry_id', 'desc').orderBy('act_entries.seq', 'desc').orderBy('act_entries.number', 'desc')
  }
  const rows = db.selectFrom('acts').selectAll().limit(walk.rows)
  const [column, value] = member !== undefined ? (['member_id', member] as const) : (['act', type] as const)
  if (value === undefined) return rows.where('campaign_id', '=', campaign).where(sql<boolean>`(seq, number) < (${end.seq}, ${end.number})`).where('seq', '>=', floor).orderBy('seq', 'desc').orderBy('number', 'desc')
  const key = sql`(campaign_id, ${sql.ref(column)}, seq, number)`
  return rows.where(sql<boolean>`${key} < (${campaign}, ${value}, ${end.seq}, ${end.number})`).where(sql<boolean>`${key} >= (${campaign}, ${value}, ${floor}, 0)`)
    .orderBy('campaign_id', 'desc').orderBy(column, 'desc').orderBy('seq', 'desc').orderBy('number', 'desc')
}

/** Of an entry that is erased or set aside only its changes know the name. */
export function refQuery(db: Db | Tx, campaign: CampaignId, ref: Ref) {
  return db.selectFrom('entries').select('id as entry_id').where('campaign_id', '=', campaign).where('ref', '=', ref)
    .unionAll(db.selectFrom('changes').select((eb) => eb.ref('entry_id').$notNull().as('entry_id')).where('campaign_id', '=', campaign).where('ref', '=', ref).where(sql<boolean>`(erased_at is not null or quarantined is not null)`))
}

/** Days as places of the log: times hardly run backwards in it, and what still lies outside is left out line by line. */
async function rangeOf(tx: Tx, campaign: CampaignId, { from, to }: LogQuery): Promise<{ readonly floor: number; readonly ceiling: number | null }> {
  const before = from === undefined ? undefined : await timeQuery(tx, campaign, shifted(from, -clockSlackMs), 'before').executeTakeFirst()
  const after = to === undefined ? undefined : await timeQuery(tx, campaign, shifted(to, clockSlackMs), 'after').executeTakeFirst()
  return { floor: Number(before?.seq ?? 0), ceiling: after === undefined ? null : Number(after.seq) }
}

export function timeQuery(db: Db | Tx, campaign: CampaignId, at: Instant, side: 'before' | 'after') {
  const [operator, order] = side === 'before' ? (['<', 'desc'] as const) : (['>=', 'asc'] as const)
  return db.selectFrom('changes').select('seq').where('campaign_id', '=', campaign).where('received_at', operator, at).orderBy('received_at', order).orderBy('seq', order).limit(1)
}

function shifted(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString() as Instant
}

/** Which revision an act speaks of: the one that a decision names, else the last one at that point. Numbers are those of the entry's page. */
async function withRevisions(tx: Tx, campaign: CampaignId, lines: readonly Line[]): Promise<readonly LogLine[]> {
  const entries = [...new Set(lines.flatMap(({ change }) => change?.entryId ?? []))]
  const steps = entries.length === 0 ? [] : await stepsQuery(tx, campaign, entries).execute()
  return lines.flatMap(({ place, change, act }): readonly LogLine[] => {
    if (act !== undefined) return [{ kind: 'act', place, act }]
    if (change === undefined) return []
    const own = steps.filter(({ entry_id: id }) => id === change.entryId)
    const revisions = own.filter(({ type, quarantined, released }) => type !== null && revising.has(type) && (quarantined === null || released === 1))
    return [{ kind: 'change', place, change, revision: revisionOf(change, revisions), ref: own.find(({ ref }) => ref !== null)?.ref ?? null }]
  })
}

const revising = new Set(['record', 'revise', 'correct'])

export function stepsQuery(db: Db | Tx, campaign: CampaignId, entries: readonly EntryId[]) {
  return db.selectFrom('changes').select(['entry_id', 'seq', 'id', 'type', 'ref', 'quarantined', 'released']).where('campaign_id', '=', campaign).where('entry_id', 'in', [...entries]).orderBy('entry_id').orderBy('seq')
}

function revisionOf(change: StoredChange, revisions: readonly { readonly id: string | null; readonly seq: number }[]): number | null {
  const index = change.type === 'decide' ? revisions.findIndex(({ id }) => id === decidedOn(change)) : revisions.findLastIndex(({ seq }) => Number(seq) <= change.seq)
  return index === -1 ? null : index + 1
}

function decidedOn({ text, quarantined, erasedAt }: StoredChange): string | undefined {
  const change = parsedChange({ text, quarantined, erased_at: erasedAt })
  return change?.type === 'decide' ? change.body.revision : undefined
}

async function whoIsIn(tx: Tx, campaign: CampaignId, lines: readonly Line[]): Promise<Pick<LogPage, 'people' | 'devices'>> {
  const memberIds = [...new Set(lines.flatMap(({ member, change, act }) => [member, change?.carriedBy, act?.subject].filter((id) => typeof id === 'string')))] as MemberId[]
  const deviceIds = [...new Set(lines.flatMap(({ change, act }) => [change?.deviceId, act?.by.deviceId, act?.subject].filter((id) => typeof id === 'string')))] as DeviceId[]
  const members = memberIds.length === 0 ? [] : await tx.selectFrom('members').select(['id', 'name', 'role']).where('campaign_id', '=', campaign).where('id', 'in', memberIds).execute()
  const devices = deviceIds.length === 0 ? [] : await tx.selectFrom('devices').select(['id', 'label']).where('campaign_id', '=', campaign).where('id', 'in', deviceIds).execute()
  return { people: new Map(members.map(({ id, name, role }) => [id, { name, role }] as const)), devices: new Map(devices.map(({ id, label }) => [id, label] as const)) }
}
