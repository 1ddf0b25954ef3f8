/** How far each campaign is inside a verified backup, and what each former epoch has in common with this one. */
export const backupMigration = {
  name: '0003-backup',
  statements: [
    `alter table counters add column safe_seq bigint not null default 0`,
    `create table restores (
      campaign_id text not null references campaigns, epoch text not null, restored_seq bigint not null, primary key (campaign_id, epoch))`,
  ],
} as const
