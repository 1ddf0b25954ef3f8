import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'
import { patienceMs } from './tests/support/patience.ts'

// An odd zone (UTC+5:45, no summer time): code that takes local time for UTC, or hours for whole ones, shows itself.
process.env['TZ'] = 'Asia/Kathmandu'

const screens = ['tests/{ui,volunteer,coordinator,app}/**/*.test.{ts,tsx}']
/**
 * They share a process without leaving anything in it: tests/setup-shared.ts sees to that. To load the server anew for each of two hundred files took two fifths of what its tests
 * cost. Left out is what takes long or counts memory, what ends processes, and what takes modules apart (`*-alone`) or puts others in their place.
 */
const sharing = [
  'tests/{domain,protocol,i18n,chart,report,exchange,worker,bench}/**/*.test.ts', 'tests/device/**/!(cut-uploads|many-waiting|export-memory|*-alone).test.ts',
  'tests/server/**/!(cli|kills|disk-faults|database-crash|voice-unbegun|*-alone).test.ts',
]

/** Fault after fault, or history after history, in a process at a time, takes minutes: whatever else there is goes on beside it. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification): boolean => ['/planted-faults.test.ts', '/histories.test.ts'].some((name) => moduleId.endsWith(name))
    return (await super.sort(files)).toSorted((a, b) => Number(isLongest(b)) - Number(isLongest(a)))
  }
}

export default defineConfig({
  plugins: [react()],
  test: {
    allowOnly: false,
    restoreMocks: true,
    sequence: { sequencer: LongestFirst },
    // Machines are noisy, and no test here is about time: a limit only ends what hangs.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: patienceMs } },
    // One more than the cores of a small machine: many files wait for a disk, a process or a timer most of their time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...screens, ...sharing, 'tests/e2e/**'],
          setupFiles: ['tests/setup.ts'],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'shared',
          environment: 'node',
          include: sharing,
          setupFiles: ['tests/setup.ts', 'tests/setup-shared.ts'],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: screens,
          setupFiles: ['tests/setup.ts', 'tests/setup-shared.ts', 'tests/setup-screens.ts'],
          isolate: false,
        },
      },
    ],
  },
})
