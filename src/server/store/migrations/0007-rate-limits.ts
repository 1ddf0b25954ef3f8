/** How often one caller has asked for something in the window that ends then: one count for all processes. */
export const rateLimitsMigration = {
  name: '0007-rate-limits',
  statements: [
    `create table rate_limits (key text not null primary key, hits bigint not null, ends_at bigint not null)`,
    `create index rate_limits_by_end on rate_limits (ends_at)`,
  ],
} as const
