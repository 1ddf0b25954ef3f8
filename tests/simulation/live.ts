import { finalChecks } from './final-checks.ts'
import { History } from './history.ts'
import type { Pages } from './pages.ts'

export interface Lived {
  readonly violations: readonly string[]
  readonly told: readonly string[]
  readonly saves: number
}

/** One whole history: its steps, its end, and what is wrong then. */
export async function live(seed: number, pages: Pages, steps = 60): Promise<Lived> {
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
