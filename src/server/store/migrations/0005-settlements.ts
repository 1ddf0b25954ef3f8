/** What coordinators have looked at and settled at the desk, kept as it was said; and how far a phone's clock is off. */
export const settlementsMigration = {
  name: '0005-settlements',
  statements: [
    `create table settlements (
      campaign_id text not null, subject text not null, at text not null, member_id text not null, act text not null, reason text not null,
      primary key (campaign_id, subject, at)
    )`,
    `alter table devices add column clock_offset_ms bigint`,
  ],
} as const
