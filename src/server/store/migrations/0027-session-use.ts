/** When a session was last used, by and by: those of before count as unused, and are renewed by the key of their device. */
export const sessionUseMigration = {
  name: '0027-session-use',
  statements: [`alter table sessions add column used_at text not null default ''`],
} as const
