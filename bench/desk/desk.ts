import { databasesOnDemand } from '../load/databases.ts'
import type { Group } from '../runner/benchmark.ts'
import { exporting } from './export.ts'
import { filledStores } from './filled-store.ts'
import { firstPaint } from './first-paint.ts'
import { reading } from './reading.ts'

const orders = [10_000, 100_000].flatMap((entries) => (['SQLite', 'PostgreSQL'] as const).map((database) => ({ database, entries })))

export const desk: Group = {
  name: 'desk',
  about: 'What a coordinator’s desk asks of a real server in a process of its own, over HTTP, on a campaign in six languages with decisions on most entries.',
  open: (ground) => {
    const databases = databasesOnDemand()
    const stores = filledStores(databases, ground)
    return {
      benchmarks: [
        ...orders.flatMap((order) => [reading(stores, { ...order, hasGoals: true }), exporting(stores, order)]),
        firstPaint(stores, { database: 'SQLite', entries: 100_000 }),
      ],
      close: async () => {
        await stores.close()
        await databases.close()
      },
    }
  },
}
