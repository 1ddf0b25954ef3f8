import { readdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { startAppServer } from '../support/app-server.ts'
import { readyOffline } from '../support/profiles.ts'
import { publish } from '../support/release.ts'

const portal = '<!doctype html><title>Welcome</title><p>Welcome to the hotel.'

test('[WO9] what a portal or a proxy put in the place of files of the app is kept by no phone, and offline use comes with the next start', async ({ page }) => {
  test.setTimeout(90_000)
  const server = await startAppServer()
  const published = await publish(server.url)
  try {
    const [script, style] = [built('blur-editor', 'js'), built('blur-editor', 'css')]
    const whole = await Promise.all([script, style].map(async (path) => (await fetch(`${server.url}${path}`)).text()))
    published.replace(style, () => portal, 'text/html')
    // As where a proxy was cut off within a compressed file and sends its half as all of it.
    published.replace(script, (text) => text.slice(0, text.length / 2))
    await page.goto(published.url)
    await expect(page.locator('#root main').filter({ visible: true })).toBeVisible()
    expect(await page.evaluate(endOfInstallation)).toBe('redundant')

    for (const path of [script, style]) published.replace(path, (text) => text)
    await page.reload()
    // Though the browser's own cache would give for a year what came first.
    await readyOffline(page)
    expect(await page.evaluate((paths) => Promise.all(paths.map(async (path) => (await caches.match(path))?.text())), [script, style])).toEqual(whole)
  } finally {
    await published.close()
    await server.stop()
  }
})

test('[AP610] whoever joined while the line broke can go offline once it is back, without opening Terrain anew', async ({ page, context }) => {
  test.setTimeout(90_000)
  const server = await startAppServer()
  const published = await publish(server.url)
  try {
    const style = built('blur-editor', 'css')
    published.replace(style, () => portal, 'text/html')
    await page.goto(published.url)
    await expect(page.locator('#root main').filter({ visible: true })).toBeVisible()
    expect(await page.evaluate(endOfInstallation)).toBe('redundant')

    published.replace(style, (text) => text)
    await context.setOffline(true)
    await context.setOffline(false)
    await readyOffline(page)
  } finally {
    await published.close()
    await server.stop()
  }
})

test('[AP610] and so where even the part that begins it did not come', async ({ page }) => {
  test.setTimeout(90_000)
  const server = await startAppServer()
  const published = await publish(server.url)
  try {
    const script = built('afterwards', 'js')
    published.replace(script, () => portal, 'text/html')
    await page.goto(published.url)
    await expect(page.locator('#root main').filter({ visible: true })).toBeVisible()
    // The first try has failed by then: without that part the worker is asked for, which lists the portal’s page among its files.
    expect(await page.evaluate(endOfInstallation)).toBe('redundant')

    published.replace(script, (text) => text)
    await readyOffline(page)
  } finally {
    await published.close()
    await server.stop()
  }
})

test('[WO9] a page in the place of a file that is kept from its first use on is not kept', async ({ page }) => {
  const server = await startAppServer()
  const published = await publish(server.url)
  try {
    const script = built('coordinator-app', 'js')
    await page.goto(published.url)
    await readyOffline(page)
    const isPage = () => page.evaluate(async (path) => (await (await fetch(path, { cache: 'reload' })).text()).startsWith('<!doctype'), script)
    published.replace(script, () => portal, 'text/html')
    expect(await isPage()).toBe(true)
    published.replace(script, (text) => text)
    expect(await isPage()).toBe(false)
  } finally {
    await published.close()
    await server.stop()
  }
})

/** The address of a file that the build has named by its content. */
function built(name: string, type: string): string {
  const file = readdirSync('dist/assets').find((one) => one.startsWith(`${name}-`) && one.endsWith(`.${type}`))
  if (file === undefined) throw new Error(`no ${name}`)
  return `/assets/${file}`
}

/** Runs in the page. */
async function endOfInstallation(): Promise<string> {
  for (;;) {
    const registration = await navigator.serviceWorker.getRegistration()
    const worker = registration?.installing ?? registration?.waiting ?? registration?.active
    if (worker) return new Promise((resolve) => {
      const look = (): void => {
        if (worker.state === 'redundant' || worker.state === 'activated') resolve(worker.state)
      }
      worker.addEventListener('statechange', look)
      look()
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
