/**
 * Places of a device's chain whose change came by `/sync/quarantine` and was known already, from another device or another place: no row of
 * `changes` tells of them, and without one they would be called missing for ever.
 */
export const handedOverMigration = {
  name: '0024-handed-over',
  statements: [
    `create table handed_over (
      campaign_id text not null references campaigns, device_id text not null, device_seq bigint not null,
      primary key (campaign_id, device_id, device_seq)
    )`,
  ],
} as const
