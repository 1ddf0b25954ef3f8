/** An invite that a device asked for itself (`POST /devices/move`): whoever uses it is no new member, but another device of that one's. */
export const movingMigration = {
  name: '0009-moving',
  statements: [`alter table invites add column for_device text`],
} as const
