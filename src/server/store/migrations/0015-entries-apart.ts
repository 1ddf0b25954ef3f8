/** Pairs of entries of which a coordinator has said that they have nothing to do with each other; the lesser id stands first. */
export const entriesApartMigration = {
  name: '0015-entries-apart',
  statements: [
    `create table entries_apart (
      campaign_id text not null references campaigns, first_id text not null, second_id text not null, kind text not null, member_id text not null, at text not null,
      primary key (campaign_id, first_id, second_id, kind)
    )`,
    `create index entries_apart_by_second on entries_apart (campaign_id, second_id)`,
  ],
} as const
