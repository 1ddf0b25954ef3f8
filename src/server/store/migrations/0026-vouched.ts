/** Whether a device was made by the key of the one before it, or by its session alone. Those of before count as made by the key. */
export const vouchedMigration = {
  name: '0026-vouched',
  statements: [`alter table devices add column vouched smallint not null default 1`, `alter table invites add column vouched smallint not null default 1`],
} as const
