import { defineConfig } from '@playwright/test'
import { findHeadless } from './scripts/chromium.mjs'

const executablePath = await findHeadless()
if (executablePath === null) throw new Error('No Chromium: `npm test` installs one where it can.')

// Each test starts the server it needs, on a port and a data folder of its own: hence no webServer and no baseURL.
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  use: {
    serviceWorkers: 'allow',
    actionTimeout: 15_000,
    // Pictures and copies of the page at each step took a quarter of a run's processor: `--trace=retain-on-failure` for a test that needs them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    // Chromium's sandbox needs user namespaces, which containers and root often lack. Only our own pages are opened.
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
})
