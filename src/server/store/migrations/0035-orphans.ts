/**
 * Files on the shelf of campaigns whose rows are all gone: a storage that does not let them go is asked again. What to delete is all that is known
 * of them. They stand in no backup: a restored server has no such campaign, and brings none of its files.
 */
export const orphansMigration = { name: '0035-orphans', statements: [
  `create table orphans (campaign_id text not null, sha256 text not null, primary key (campaign_id, sha256))`,
] } as const
