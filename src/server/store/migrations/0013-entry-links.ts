/**
 * Which entry says what of which, for counting; a coarse point; and an index that holds all that an overview counts by, so that
 * it never reads the entries themselves. Filled from the changes when the store is opened (`projection-version.ts`).
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
    `create index entries_overview on entries (campaign_id, kind, state, country, adm1, topic, severity, observed_on, author_id, id, lat, lon)`,
  ],
} as const
