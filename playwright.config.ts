import { defineConfig } from '@playwright/test'
import { findHeadless } from './scripts/chromium.mjs'

const executablePath = await findHeadless()
if (executablePath === null) throw new Error('No Chromium: `npm test` installs one where it can.')

/** Begun first: a worker that began one of them last would go on for most of a minute after the other. */
const long = /\/(accessibility|campaigns|desk-away|story|taps|typing-kills)\.spec\.ts$/

// Each test starts the server it needs, on a port and a data folder of its own: hence no webServer and no baseURL.
export default defineConfig({
  testDir: 'tests/e2e',
  projects: [{ name: 'long', testMatch: long }, { name: 'others', testIgnore: long }],
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    serviceWorkers: 'allow',
    actionTimeout: 30_000,
    // Pictures and copies of the page at each step took a quarter of a run's processor: `--trace=retain-on-failure` for a test that needs them.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    // Chromium's sandbox needs user namespaces, which containers and root often lack. Only our own pages are opened.
    launchOptions: { executablePath, args: ['--no-sandbox'] },
  },
})
