/**
 * Whether the bytes of a file stand on the shelf as they were received: 'kept', 'leaving' (they are to go, and may be there still), 'gone'. What is
 * there before this migration was kept, and stays so.
 */
export const originalsMigration = { name: '0032-originals', statements: [
  `alter table files add column original text not null default 'kept'`,
  `create index files_leaving on files (campaign_id, sha256) where original = 'leaving'`,
] } as const
