import { finalChecks } from './final-checks.ts'
import { History } from './history.ts'
import type { Pages } from './pages.ts'

export interface Lived {
  readonly violations: readonly string[]
  readonly told: readonly string[]
  readonly saves: number
}

/** What the device loads when it first needs it: loading takes real time, and the first history of a process would not be the same as a later one. */
const loaded = [
  import('#device/sync/renew-session.ts'), import('#device/sync/deliver.ts'), import('#device/sync/walk.ts'), import('#device/sync/desk-calls.ts'), import('#device/sync/bundle.ts'),
  import('#device/store/carried.ts'), import('#device/store/held.ts'),
]

/** One whole history: its steps, its end, and what is wrong then. */
export async function live(seed: number, pages: Pages, steps = 60): Promise<Lived> {
  await Promise.all(loaded)
  const history = await History.begin(seed, pages)
  try {
    await history.steps(steps)
    await history.comeToRest()
    await finalChecks(history)
    const failures = history.failures.map((error) => `failure: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return { violations: [...new Set([...history.notes.violations, ...failures])], told: history.told, saves: history.notes.confirmed.length }
  } finally {
    await history.close()
  }
}
