/**
 * Version 1. A later version adds tables and indexes in a file of its own and takes nothing away: a tab with older code, and
 * a rolled-back app, open the newer database and write their rows into it.
 */
export const firstVersion = {
  drafts: 'id',
  entries: 'id',
  changes: 'id, entryId, &ownSeq',
  receipts: 'id',
  files: '[entryId+sha256], sha256',
  fileChunks: '[entryId+sha256+n]',
  digests: 'entryId',
  members: 'id',
  meta: 'key',
} as const
