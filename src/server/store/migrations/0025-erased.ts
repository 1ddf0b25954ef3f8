/** Finds the entries whose words were taken out, so that their files can be too, without a walk over all changes. */
export const erasedMigration = {
  name: '0025-erased',
  statements: [`create index changes_erased on changes (campaign_id, entry_id) where erased_at is not null`],
} as const
