import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// An odd zone (UTC+5:45, no summer time): code that takes local time for UTC, or hours for whole ones, shows itself.
process.env['TZ'] = 'Asia/Kathmandu'

const screens = ['tests/{ui,volunteer,coordinator,app}/**/*.test.{ts,tsx}']

export default defineConfig({
  plugins: [react()],
  test: {
    allowOnly: false,
    restoreMocks: true,
    // Machines are noisy, and no test here is about time: a limit only ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the cores of a small machine: many files wait for a disk, a process or a timer most of their time.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [...screens, 'tests/e2e/**'],
          setupFiles: ['tests/setup.ts'],
          globalSetup: ['tests/support/postgres/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          environment: 'jsdom',
          include: screens,
          setupFiles: ['tests/setup.ts', 'tests/setup-screens.ts'],
        },
      },
    ],
  },
})
