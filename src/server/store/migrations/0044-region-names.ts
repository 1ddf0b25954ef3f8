/** The name of a region beside its code. Rows that are there get theirs when the projection is made anew, at the same start. */
export const regionNamesMigration = {
  name: '0044-region-names',
  statements: [],
  only: {
    sqlite: [`alter table entries add column adm1_name text`],
    postgres: [`alter table entries add column adm1_name text collate "C"`, `alter table entries alter column adm1_name set statistics 0`],
  },
} as const
