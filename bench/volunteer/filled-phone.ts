import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'
import { headersFor } from '../../src/server/http/security-headers.ts'
import { startAppServer } from '../../tests/support/app-server.ts'
import type { AppServer } from '../../tests/support/app-server.ts'
import { readyOffline } from '../../tests/support/profiles.ts'
import { openBrowser, profileFolder } from './field-phone.ts'
import type * as storePage from './store-page.ts'

export type StorePage = typeof storePage

/** A phone that has been in use for long: its profile can be copied, so that every round begins with the same one. */
export interface FilledPhone {
  readonly server: AppServer
  /** Another phone with the same things on it. */
  readonly copy: () => Promise<{ readonly dir: string; readonly remove: () => Promise<void> }>
  readonly remove: () => Promise<void>
}

/** Filled when it is first asked for, and once: it takes a minute. */
export function phoneOnDemand(program: string, entries: number): { readonly get: () => Promise<FilledPhone>; readonly remove: () => Promise<void> } {
  let filling: Promise<FilledPhone> | null = null
  return {
    get: () => (filling ??= fillPhone(program, entries)),
    remove: async () => {
      if (filling !== null) await (await filling).remove()
    },
  }
}

/** Joined, `entries` own entries saved through the product's own store, sent by its own sync and received by the real server; the app is there offline. */
async function fillPhone(program: string, entries: number): Promise<FilledPhone> {
  const server = await startAppServer()
  const { dir, remove } = await profileFolder()
  const context = await openBrowser(program, dir)
  const page = await openStorePage(await context.newPage(), server.url)
  const joined = await page.evaluate((link) => (Reflect.get(window, 'store') as StorePage).join(link), await server.invite('volunteer'))
  if (joined !== 'joined') throw new Error(`the phone could not join: ${joined}`)
  await context.setOffline(true)
  await page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).save(count), entries)
  await context.setOffline(false)
  while ((await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).sendAll())) > 0) await page.waitForTimeout(200)
  await page.goto(`${server.url}/`)
  await page.locator('main a[href^="/entry/"]').first().waitFor()
  await readyOffline(page)
  // Left, as one leaves an app: what a next start begins with is kept then.
  await page.goto('about:blank')
  await context.close()
  return phoneOf(server, { dir, remove })
}

/** A profile that was left, as one that can be copied. */
export function phoneOf(server: AppServer, { dir, remove }: { readonly dir: string; readonly remove: () => Promise<void> }): FilledPhone {
  return {
    server,
    copy: async () => {
      const folder = await profileFolder()
      await cp(dir, folder.dir, { recursive: true })
      return folder
    },
    remove: async () => {
      await remove()
      await server.stop()
    },
  }
}

/** Those of the app's own page which say what the browser adds to each request of it. */
const { 'referrer-policy': referrer = '', 'permissions-policy': permissions = '' } = headersFor('').shown
export const quietHeaders = { 'referrer-policy': referrer, 'permissions-policy': permissions }

/** Past the worker of a phone that has the app, which answers every address of its own with the app: that would be a second device on the page. */
const blank = '/api/nothing'

const { version: appVersion } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }

/** A page of the server's origin without anything of the app. */
export async function openBlank(page: Page, url: string): Promise<void> {
  await page.route(`**${blank}`, (route) => route.fulfill({ contentType: 'text/html', headers: quietHeaders, body: '<!doctype html><title>store</title>' }))
  await page.goto(url + blank)
  // A page whose requests are looked at has no cache, and says so with each request.
  await page.unroute(`**${blank}`)
}

/** The device code alone, on the server's origin: the app itself is not loaded. What a busy page puts off for an idle moment is never done. */
export async function openStorePage(page: Page, url: string, isBusy = false): Promise<Page> {
  const built = await build({
    configFile: false, logLevel: 'silent', publicDir: false,
    build: { write: false, lib: { entry: fileURLToPath(new URL('store-page.ts', import.meta.url)), formats: ['iife'], name: 'store', fileName: 'store' } },
  })
  const output = Array.isArray(built) ? built[0]?.output[0] : undefined
  await openBlank(page, url)
  // Of the app's own version: another one would fold all entries anew, and the app once more after it.
  await page.evaluate((about) => void Object.assign(globalThis, about), { isBusy, appVersion })
  await page.evaluate(output?.type === 'chunk' ? output.code.replace(/^(?:var|const|let) store\s*=/, 'globalThis.store =') : '')
  return page
}
