/**
 * What of an approved entry may leave, as files take it, so that a file of a hundred thousand entries folds none of their changes. Filled
 * from the changes when the store is opened (`renewProjection`). PostgreSQL keeps no samples of its words (`0029-words-apart`).
 */
export const disclosedMigration = {
  name: '0037-disclosed',
  statements: [
    `create table disclosed_entries (campaign_id text not null, entry_id text not null, author_id text not null, kind text not null, ref text not null, outputs integer not null, body text not null, primary key (campaign_id, entry_id))`,
    `create index disclosed_by_ref on disclosed_entries (campaign_id, kind, ref)`,
    `create index disclosed_by_outputs on disclosed_entries (campaign_id, outputs)`,
  ],
  only: { sqlite: [], postgres: [`alter table disclosed_entries alter column body set statistics 0`] },
} as const
