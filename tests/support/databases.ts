import process from 'node:process'

export type DatabaseName = 'SQLite' | 'PostgreSQL'

/** For suites that run on both in every run. */
export const databases: readonly DatabaseName[] = ['SQLite', 'PostgreSQL']

/** For suites of which a few tests show the same on PostgreSQL in every run. */
export const databasesWhenDeep: readonly DatabaseName[] = process.env['TERRAIN_TEST'] === 'deep' ? databases : ['SQLite']
