/** Who writes into which unfinished upload now: a lease, so that a process that died holds nothing up for long. */
export const uploadLocksMigration = {
  name: '0006-upload-locks',
  statements: [
    `create table upload_locks (upload_id text not null primary key, owner text not null, expires_at bigint not null, wanted smallint not null)`,
  ],
} as const
