/**
 * Whether the bytes of a file stand on the shelf as they were received: 'kept', 'leaving' (they are to go, and may be there still), 'gone'. What is
 * there before this migration was kept; the first round sends it off where its campaign does not say otherwise.
 */
export const originalsMigration = { name: '0032-originals', statements: [
  `alter table files add column original text not null default 'kept'`,
  `create index files_leaving on files (campaign_id, sha256) where original = 'leaving'`,
  `create index files_kept on files (campaign_id) where original = 'kept' and shown_sha256 is not null`,
] } as const
