import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { findChromium } from '../../scripts/chromium.mjs'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { publish } from '../support/release.ts'

let server: AppServer
let url: string
test.beforeAll(async () => {
  server = await startAppServer()
  url = server.url
})
test.afterAll(() => server.stop())

const homeHeading = (page: Page) => page.getByRole('heading').first()
/** While a lazy screen comes, React keeps the one before in the page, hidden. */
const mainOf = (page: Page) => page.locator('#root main').filter({ visible: true })

test('[WO1] after one visit the app opens without a connection, at the home address and at a deep link', async ({ page, context }) => {
  await visit(page, url)
  await context.setOffline(true)
  await page.reload()
  await expect(homeHeading(page)).toBeVisible()
  for (const path of ['/settings', '/new/challenge', '/join']) {
    await page.goto(`${url}${path}`)
    await expect(mainOf(page)).toBeVisible()
  }
  const answer = await page.evaluate(() => fetch('/api/v1/health').then(() => 'answered', (error: Error) => error.name))
  expect(answer).toBe('TypeError')
})

test('[WO810] [AP810] a phone that lost the app’s files and kept the worker has them again after one visit, and opens without a connection', async ({ page, context }) => {
  await visit(page, url)
  const held = () => page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.includes('precache'))
    return (await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((key) => key.url)))).flat().toSorted()
  })
  const all = await held()
  expect(all.length).toBeGreaterThan(20)
  for (const lose of ['all of them', 'one of them']) {
    // A connection that comes back has the worker look as well, and it may be quicker than this test.
    await context.setOffline(true)
    await page.evaluate(async (which) => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        const lost = (await cache.keys()).filter(({ url: address }) => which === 'all of them' || /index\.html/.test(address))
        await Promise.all(lost.map((key) => cache.delete(key)))
      }
    }, lose)
    expect(await held()).not.toEqual(all)
    // With no page there nobody is told of the connection: it is the start that brings them.
    await page.goto('about:blank')
    await context.setOffline(false)
    await page.goto(`${url}/settings`)
    await expect.poll(held, { timeout: 30_000 }).toEqual(all)
    await context.setOffline(true)
    await page.goto(`${url}/join`)
    await expect(mainOf(page)).toBeVisible()
  }
})

test('[WO24] what goes to the server passes by the worker; what the worker answers does not', async ({ page }) => {
  await visit(page, url)
  await page.reload()
  await page.evaluate(async () => {
    for (const path of ['/api/v1/health', '/manifest.webmanifest']) await (await fetch(path)).text()
  })
  // Each of them is told of a little later than it is answered; empty where the worker got it.
  const sourceOf = (path: string) => page.evaluate((end) => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith(end)).map((entry): unknown => Reflect.get(entry, 'workerFinalSourceType')).at(-1), path)
  await expect.poll(() => sourceOf('/manifest.webmanifest')).toBe('')
  await expect.poll(() => sourceOf('/api/v1/health')).toBe('network')
})

test('[WO3] the manifest has no errors and the app can be installed', async () => {
  const { context, page, close } = await openProfile()
  await page.addInitScript(() => addEventListener('beforeinstallprompt', () => document.documentElement.setAttribute('data-offered', '')))
  await visit(page, url)
  const cdp = await context.newCDPSession(page)
  const { errors, data } = (await cdp.send('Page.getAppManifest')) as { errors: unknown[]; data: string }
  expect(errors).toEqual([])
  expect(JSON.parse(data)).toMatchObject({ id: '/', start_url: '/', display: 'standalone' })
  expect(await cdp.send('Page.getAppId')).toMatchObject({ appId: `${url}/` })
  const { installabilityErrors } = (await cdp.send('Page.getInstallabilityErrors')) as { installabilityErrors: unknown[] }
  expect(installabilityErrors).toEqual([])
  await expect(page.locator('html[data-offered]')).toBeAttached()
  await close()
})

test('[WO4] [AP8] a new version is offered, waits for the tap, and is there after it', async ({ page }) => {
  const published = await publish(url)
  await visit(page, published.url)
  await page.reload()
  const first = await scriptOf(page)
  published.replace('/sw.js', (text) => `${text}\n// another version`)
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect(page.getByRole('status').getByText('A new version is ready.')).toBeVisible()
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting?.state)).toBe('installed')
  await page.evaluate(() => document.documentElement.setAttribute('data-old', ''))
  await page.getByRole('button', { name: 'Open the new version' }).click()
  await expect(page.locator('html:not([data-old]) #root main').filter({ visible: true })).toBeVisible()
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.waiting)).toBeNull()
  await expect(page.getByText('A new version is ready.')).toBeHidden()
  expect(await scriptOf(page)).toBe(first)
  await published.close()
})

test('[WO7] what only the desk needs is kept from its first use on, until the next version', async ({ page, context }) => {
  const published = await publish(url)
  await visit(page, published.url)
  const kept = () => page.evaluate(async () => (await (await caches.open('terrain-on-demand')).keys()).map(({ url }) => new URL(url).pathname))
  expect(await kept()).toEqual([])
  await page.goto(`${published.url}/desk`)
  await expect(mainOf(page)).toBeVisible()
  await expect.poll(async () => (await kept()).some((path) => /coordinator-app.*\.js$/.test(path))).toBe(true)
  await context.setOffline(true)
  await page.reload()
  await expect(mainOf(page)).toBeVisible()
  await context.setOffline(false)
  published.replace('/sw.js', (text) => `${text}\n// another version`)
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    while (registration?.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50))
    registration?.waiting.postMessage({ type: 'SKIP_WAITING' })
  })
  await expect.poll(() => page.evaluate(() => caches.has('terrain-on-demand'))).toBe(false)
  await published.close()
})

test('[WO5] the kill switch removes worker and caches, and leaves what people wrote', async ({ page }) => {
  const published = await publish(url)
  await visit(page, published.url)
  await page.evaluate(() => new Promise((resolve, reject) => {
    const open = indexedDB.open('written', 1)
    open.onupgradeneeded = () => open.result.createObjectStore('words')
    open.onsuccess = () => {
      const write = open.result.transaction('words', 'readwrite')
      write.objectStore('words').put('the well is dry', 1)
      write.oncomplete = resolve
      write.onerror = reject
    }
  }))
  const databases = () => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? '').sort())
  // Of a log of its own (DS119) the start makes one too, a moment later.
  await expect.poll(databases).toContain('log-of-this-browser')
  const before = await databases()
  expect(before).toContain('written')
  published.replace('/sw.js', () => readFileSync('src/worker/kill-switch.js', 'utf8'))
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update())
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
  await expect.poll(() => page.evaluate(async () => (await caches.keys()).length)).toBe(0)
  expect(await databases()).toEqual(before)
  await page.reload()
  await expect(mainOf(page)).toBeVisible()
  expect(await databases()).toEqual(before)
  await published.close()
})

test('[WO8] a sync event of the browser makes the worker knock at the open pages', async ({ page, context }) => {
  await context.grantPermissions(['background-sync'] as never)
  await visit(page, url)
  const cdp = await context.newCDPSession(page)
  const registrationId = await registrationOf(cdp)
  await page.evaluate(() => navigator.serviceWorker.addEventListener('message', ({ data }) => document.documentElement.setAttribute('data-knock', String(data?.type))))
  await cdp.send('ServiceWorker.dispatchSyncEvent', { origin: url, registrationId, tag: 'outbox', lastChance: false })
  await expect(page.locator('html')).toHaveAttribute('data-knock', 'sync-outbox')
})

test('[AP14] no screen breaks the content policy or Trusted Types', async ({ page }) => {
  const broken: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Trusted ?Type|TrustedScript|violates/i.test(message.text())) broken.push(message.text())
  })
  await page.addInitScript(() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => console.log(`violates ${violatedDirective} ${blockedURI} ${sample}`)))
  await visit(page, url)
  const link = await server.invite('coordinator')
  await page.goto(link)
  await expect(mainOf(page)).toBeVisible()
  for (const path of ['/', '/settings', '/entries', '/new/challenge', '/new/action', '/desk', '/desk/people', '/desk/data', '/nowhere']) {
    await page.goto(`${url}${path}`)
    await expect(mainOf(page)).toBeVisible()
  }
  expect(broken).toEqual([])
})

test('[AP14] the policy is in force: inline code, foreign styles and plain worker addresses do not work', async ({ page }) => {
  await visit(page, url)
  const attempts = await page.evaluate(async () => {
    const script = document.createElement('script')
    const refusal = (run: () => unknown) => {
      try {
        run()
        return 'done'
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    return {
      inlineCode: refusal(() => { script.text = 'document.title = "taken"' }),
      // In a turn of its own: what the test calls directly is the debugger's, which the policy does not bind.
      // oxlint-disable-next-line no-eval -- it must be refused
      evaluated: await new Promise((resolve) => setTimeout(() => resolve(refusal(() => globalThis.eval('1'))), 0)),
      markup: refusal(() => { document.body.innerHTML = '<p>taken</p>' }),
      policy: refusal(() => (globalThis as unknown as { trustedTypes: { createPolicy: (name: string, rules: object) => unknown } }).trustedTypes.createPolicy('another', {})),
      worker: await navigator.serviceWorker.register('/floor.js').then(() => 'done', (error: Error) => error.name),
      elsewhere: await fetch('https://terrain.example/').then(() => 'done', (error: Error) => error.name),
    }
  })
  expect(attempts).toEqual({ inlineCode: 'TypeError', evaluated: 'EvalError', markup: 'TypeError', policy: 'TypeError', worker: 'TypeError', elsewhere: 'TypeError' })
})

test('[AP6] a browser below the floor gets its page, and the app does not start', async ({ page }) => {
  await page.addInitScript(() => {
    CSS.supports = () => false
  })
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'This browser is too old for Terrain' })).toBeVisible()
  await page.waitForTimeout(500)
  await expect(page.locator('.shell')).toBeVisible()
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0)
})

test('[AP1] the shell is on the screen while scripts and styles are still on their way', async ({ page }) => {
  let release = () => undefined as void
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/assets/**', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(url, { waitUntil: 'commit' })
  await expect(page.locator('.shell-brand')).toBeVisible()
  const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length)
  await expect.poll(painted).toBe(1)
  expect(await page.evaluate(() => getComputedStyle(document.querySelector('.shell') ?? document.body).backgroundColor)).toBe('rgb(250, 246, 238)')
  release()
  await expect(mainOf(page)).toBeVisible()
})

/** Opens the app and waits until the service worker has everything and controls the page. */
async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller === null) await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }))
  })
  await expect(mainOf(page)).toBeVisible()
}

/** A whole browser with a profile: Chromium installs nothing in the private contexts that tests have otherwise, and its engine alone installs nothing at all. */
async function openProfile(): Promise<{ readonly context: BrowserContext; readonly page: Page; readonly close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'terrain-profile-'))
  const executablePath = await findChromium()
  if (executablePath === null) throw new Error('No Chromium')
  const context = await chromium.launchPersistentContext(folder, { executablePath, args: ['--no-sandbox'] })
  const page = await context.newPage()
  return {
    context,
    page,
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function scriptOf(page: Page): Promise<string | null> {
  return page.locator('script[type="module"]').getAttribute('src')
}

async function registrationOf(cdp: CDPSession): Promise<string> {
  const found = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [registration] = registrations
      if (registration !== undefined) resolve(registration.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  return found
}
