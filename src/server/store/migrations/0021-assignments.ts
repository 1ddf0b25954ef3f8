/**
 * Who reads which entry. What was given back stays as a row of nobody: lists in memory learn of it by its number, which grows
 * with each act of a campaign.
 */
export const assignmentsMigration = {
  name: '0021-assignments',
  statements: [
    `create table entry_assignments (
      campaign_id text not null references campaigns, entry_id text not null, member_id text, by_member_id text not null, at text not null, number bigint not null,
      primary key (campaign_id, entry_id)
    )`,
    `create index entry_assignments_by_number on entry_assignments (campaign_id, number)`,
    `create index entry_assignments_by_member on entry_assignments (campaign_id, member_id)`,
    `alter table counters add column assigned bigint not null default 0`,
  ],
} as const
