import type { Db, Tx } from '#server/store/sql/db.ts'

/** Rows of entries with the names that stand in them as they are now: who wrote each, and whose it is to read. */
export function entriesWithPeople(db: Db | Tx) {
  return db.selectFrom('entries')
    .innerJoin('members', (join) => join.onRef('members.campaign_id', '=', 'entries.campaign_id').onRef('members.id', '=', 'entries.author_id'))
    .leftJoin('entry_assignments', (join) => join.onRef('entry_assignments.campaign_id', '=', 'entries.campaign_id').onRef('entry_assignments.entry_id', '=', 'entries.id'))
    .leftJoin('members as assignees', (join) => join.onRef('assignees.campaign_id', '=', 'entry_assignments.campaign_id').onRef('assignees.id', '=', 'entry_assignments.member_id'))
    .select(['entries.id', 'entries.seq', 'entries.row', 'entries.author_id', 'members.name', 'members.organisation', 'assignees.id as assignee_id', 'assignees.name as assignee_name'])
}
