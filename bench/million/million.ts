import { databasesOnDemand } from '../load/databases.ts'
import { exporting } from '../desk/export.ts'
import { filledStores } from '../desk/filled-store.ts'
import { reading } from '../desk/reading.ts'
import type { Group } from '../runner/benchmark.ts'
import { growth } from './growth.ts'

const entries = 1_000_000

export const million: Group = {
  name: 'million',
  about: 'The same server with a million entries, which are copies of a hundred thousand, made inside the database. Told, without goals but that of growth.',
  isLong: true,
  open: (ground) => {
    const databases = databasesOnDemand()
    const stores = filledStores(databases, ground)
    return {
      benchmarks: (['SQLite', 'PostgreSQL'] as const).flatMap((database) => [growth(stores, database), reading(stores, { database, entries, rounds: 3, hasGoals: false }), exporting(stores, { database, entries })]),
      close: async () => {
        await stores.close()
        await databases.close()
      },
    }
  },
}
