/**
 * Which entry says what of which, with an index that holds all that is counted by; and a coarse point. Filled from the changes
 * when the store is opened (`renewProjection`).
 */
export const entryLinksMigration = {
  name: '0013-entry-links',
  statements: [
    `create table entry_links (
      campaign_id text not null references campaigns, from_id text not null, to_id text not null, kind text not null, coverage smallint not null,
      primary key (campaign_id, from_id, kind, to_id)
    )`,
    `create index entry_links_by_target on entry_links (campaign_id, kind, to_id, coverage, from_id)`,
    `alter table entries add column lat double precision`,
    `alter table entries add column lon double precision`,
  ],
} as const
