/** Who does it, as the entry says: for who does what where. Filled from the changes when the store is opened (`renewProjection`). */
export const entryOrgMigration = {
  name: '0016-entry-org',
  statements: [`alter table entries add column org text`],
} as const
