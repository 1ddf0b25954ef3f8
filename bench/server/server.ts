import { databasesOnDemand } from '../load/databases.ts'
import type { Group } from '../runner/benchmark.ts'
import { pulling } from './pulling.ts'
import { singleChanges } from './single-changes.ts'
import { waitingChanges } from './waiting-changes.ts'

export const server: Group = {
  name: 'server',
  about: 'The real server in a process of its own, asked over HTTP by one program on the same machine that has sealed everything before.',
  needsPackages: true,
  open: () => {
    const databases = databasesOnDemand()
    return {
      benchmarks: (['SQLite', 'PostgreSQL'] as const).flatMap((database) => [singleChanges(database, databases), waitingChanges(database, databases), pulling(database, databases)]),
      close: databases.close,
    }
  },
}
