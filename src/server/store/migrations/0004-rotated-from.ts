/** Which device a device has followed: who revokes a lost phone ends what was made out of its session as well. */
export const rotatedFromMigration = {
  name: '0004-rotated-from',
  statements: [`alter table devices add column rotated_from text`],
} as const
