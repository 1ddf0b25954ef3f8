import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import type { BrowserContext, Page } from '@playwright/test'
import { findHeadless } from '../../scripts/chromium.mjs'

/** A browser of one person: its profile outlives the process, as a phone's storage does. */
export interface Profile {
  /** Where the browser keeps its things. */
  readonly dir: string
  readonly open: (about?: { readonly offline?: boolean }) => Promise<Page>
  readonly context: () => BrowserContext
  /** SIGKILL to every process of this browser, as the system does to a phone's apps. */
  readonly kill: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface ProfileOptions {
  readonly size: 'phone' | 'desk'
  readonly locale?: string
  readonly colorScheme?: 'light' | 'dark'
  /** Takes certificates that nobody vouches for, for the worker of the app too. */
  readonly trusting?: boolean
}

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } } as const

export async function createProfile({ size, locale = 'en-GB', colorScheme = 'light', trusting = false }: ProfileOptions): Promise<Profile> {
  const dir = await mkdtemp(join(tmpdir(), 'terrain-profile-'))
  const executablePath = await findHeadless()
  if (executablePath === null) throw new Error('No Chromium')
  let context: BrowserContext | null = null
  const running = () => {
    if (context === null) throw new Error('the browser is not open')
    return context
  }
  return {
    dir,
    open: async ({ offline = false } = {}) => {
      context = await chromium.launchPersistentContext(dir, { executablePath, args: ['--no-sandbox', ...(trusting ? ['--ignore-certificate-errors'] : [])], ignoreHTTPSErrors: trusting, viewport: sizes[size], locale, colorScheme, hasTouch: size === 'phone', isMobile: size === 'phone', acceptDownloads: true })
      await context.setOffline(offline)
      return context.pages()[0] ?? context.newPage()
    },
    context: running,
    kill: async () => {
      execFileSync('pkill', ['-9', '-f', '--', dir])
      // The profile's lock belongs to the dead process for a moment.
      await wait(300)
      context = null
    },
    close: async () => {
      await context?.close().catch(() => undefined)
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Waits until the page works without a connection: the worker has cached the app and controls the page. */
export async function readyOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
}
