import type { CampaignId, EntryId, MemberId } from '#domain/ids.ts'
import type { Assigned } from '#protocol/assignment.ts'
import type { Role } from '#protocol/membership.ts'
import type { AssignmentStore, Assigning } from '#server/store/assignment-store.ts'
import type { ActBy } from '#server/store/audit-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'

export function createAssignmentStore(db: Db): AssignmentStore {
  return {
    assign: (campaign, assigning, roles) => db.transaction().execute((tx) => assign(tx, { campaign, assigning, roles })),
    reviewers: (campaign, roles) => reviewersIn(db, campaign, roles),
    since: (campaign, after, limit) => readTogether(db, (tx) => since(tx, campaign, { after, limit })),
  }
}

/** Members before counters, in the order in which the end of a membership locks them. */
async function assign(tx: Tx, { campaign, assigning, roles }: { readonly campaign: CampaignId; readonly assigning: Assigning; readonly roles: readonly Role[] }): Promise<readonly Assigned[] | null> {
  const { entries, to, by } = assigning
  if (to !== null && !(await isReviewer(tx, { campaign, id: to, roles }))) return null
  const counters = await lockCounters(tx, campaign)
  if (counters === undefined) return null
  const ids = entries.map(({ id }) => id)
  const known = await tx.selectFrom('entries').select(['id', 'ref']).where('campaign_id', '=', campaign).where('id', 'in', ids).orderBy('ref').execute()
  const held = new Map((await tx.selectFrom('entry_assignments').select(['entry_id', 'member_id']).where('campaign_id', '=', campaign).where('entry_id', 'in', ids).execute()).map((row) => [row.entry_id, row.member_id] as const))
  const was = new Map(entries.map((entry) => [entry.id, entry.was] as const))
  const changing = known.filter(({ id }) => (held.get(id) ?? null) === was.get(id) && was.get(id) !== to)
  if (changing.length > 0) {
    const number = await nextNumber(tx, campaign, Number(counters.assigned))
    await tx.insertInto('entry_assignments').values(changing.map(({ id }) => ({ campaign_id: campaign, entry_id: id, member_id: to, by_member_id: by.memberId, at: by.at, number })))
      .onConflict((oc) => oc.columns(['campaign_id', 'entry_id']).doUpdateSet((eb) => ({ member_id: eb.ref('excluded.member_id'), by_member_id: eb.ref('excluded.by_member_id'), at: eb.ref('excluded.at'), number: eb.ref('excluded.number') }))).execute()
    await recordAct(tx, campaign, {
      act: to === null ? 'entry.givenBack' : 'entry.assigned', by, words: changing.map(({ ref }) => ref).join(' · '),
      ...(to === null ? {} : { subject: to }), detail: { entries: changing.map(({ id }) => id), count: changing.length },
    })
  }
  return assignedOf(tx, campaign, known.map(({ id }) => id))
}

async function nextNumber(tx: Tx, campaign: CampaignId, last: number): Promise<number> {
  await tx.updateTable('counters').set({ assigned: last + 1 }).where('campaign_id', '=', campaign).execute()
  return last + 1
}

/** Held until the commit, so that nobody is given anything while their membership ends. */
async function isReviewer(tx: Tx, { campaign, id, roles }: { readonly campaign: CampaignId; readonly id: MemberId; readonly roles: readonly Role[] }): Promise<boolean> {
  const member = await tx.updateTable('members').set((eb) => ({ name: eb.ref('name') })).where('campaign_id', '=', campaign).where('id', '=', id).where('ended_at', 'is', null).returning('role').executeTakeFirst()
  return member !== undefined && roles.includes(member.role) && id !== (await serverMember(tx, campaign))
}

async function serverMember(db: Db | Tx, campaign: CampaignId): Promise<MemberId | undefined> {
  return (await db.selectFrom('campaigns').select('server_member_id').where('campaign_id', '=', campaign).executeTakeFirst())?.server_member_id
}

async function reviewersIn(db: Db, campaign: CampaignId, roles: readonly Role[]): ReturnType<AssignmentStore['reviewers']> {
  const own = await serverMember(db, campaign)
  const members = await db.selectFrom('members').select(['id', 'name', 'organisation']).where('campaign_id', '=', campaign).where('role', 'in', [...roles]).where('ended_at', 'is', null).orderBy('name').orderBy('id').execute()
  return members.filter(({ id }) => id !== own)
}

/** Of each of these entries whose it is, in their order. */
async function assignedOf(tx: Tx, campaign: CampaignId, ids: readonly EntryId[]): Promise<readonly Assigned[]> {
  const rows = ids.length === 0 ? [] : await peopleQuery(tx, campaign).where('entry_assignments.entry_id', 'in', ids).execute()
  const byEntry = new Map(rows.map((row) => [row.entry_id, row] as const))
  return ids.map((id) => assignedFrom(byEntry.get(id) ?? { entry_id: id, member_id: null, name: null }))
}

function peopleQuery(db: Db | Tx, campaign: CampaignId) {
  return db.selectFrom('entry_assignments')
    .leftJoin('members', (join) => join.onRef('members.campaign_id', '=', 'entry_assignments.campaign_id').onRef('members.id', '=', 'entry_assignments.member_id'))
    .select(['entry_assignments.entry_id', 'entry_assignments.member_id', 'entry_assignments.number', 'members.name']).where('entry_assignments.campaign_id', '=', campaign)
}

function assignedFrom({ entry_id: id, member_id: member, name }: { readonly entry_id: EntryId; readonly member_id: MemberId | null; readonly name: string | null }): Assigned {
  return { id, assignee: member === null || name === null ? null : { id: member, name } }
}

/** Exported so that a test can ask the database how it would run it. */
export function sinceQuery(db: Db | Tx, campaign: CampaignId, { after, limit }: { readonly after: number; readonly limit: number }) {
  return peopleQuery(db, campaign).where('entry_assignments.number', '>', after).orderBy('entry_assignments.number').limit(limit)
}

/** An act that the limit cuts through is told whole the next time: the place stays before it, unless it is the only one. */
async function since(tx: Tx, campaign: CampaignId, { after, limit }: { readonly after: number | null; readonly limit: number }): ReturnType<AssignmentStore['since']> {
  const counters = await tx.selectFrom('counters').select('assigned').where('campaign_id', '=', campaign).executeTakeFirst()
  const head = Number(counters?.assigned ?? 0)
  if (after === null || after >= head) return { number: head, assigned: [] }
  const rows = await sinceQuery(tx, campaign, { after, limit }).execute()
  return { number: rows.length < limit ? head : Math.max(after + 1, Number(rows.at(-1)?.number ?? head) - 1), assigned: rows.map(assignedFrom) }
}

/** Whoever cannot review any more holds nothing. The caller keeps the act of the log that says why. */
export async function releaseAssignments(tx: Tx, { campaign, member, by }: { readonly campaign: CampaignId; readonly member: MemberId; readonly by: ActBy }): Promise<number> {
  const counters = await lockCounters(tx, campaign)
  const held = await tx.selectFrom('entry_assignments').select('entry_id').where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  if (counters === undefined || held.length === 0) return 0
  const number = await nextNumber(tx, campaign, Number(counters.assigned))
  await tx.updateTable('entry_assignments').set({ member_id: null, by_member_id: by.memberId ?? member, at: by.at, number }).where('campaign_id', '=', campaign).where('member_id', '=', member).execute()
  return held.length
}
