/** How many of a hundred decided entries are read by a second person, and whether one waits for that. The column is filled when the store is opened (`renewProjection`). */
export const secondReadingMigration = {
  name: '0022-second-reading',
  statements: [`alter table campaigns add column second_reading bigint not null default 0`, `alter table entries add column second text not null default ''`],
} as const
