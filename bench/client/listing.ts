import type { BrowserContext } from '@playwright/test'
import type { Benchmark, Measure, Samples } from '../runner/benchmark.ts'
import { openBrowser, slowPage, workOf } from '../volunteer/field-phone.ts'
import { openBlank, openStorePage } from '../volunteer/filled-phone.ts'
import type { FilledPhone, StorePage } from '../volunteer/filled-phone.ts'
import { openPeer, slowed } from './peer-browser.ts'
import { slowdown } from './slowdown.ts'

/** The list of all own entries: the screen, and below it the store, which PouchDB is compared with. */
export const listing = (fill: () => Promise<FilledPhone>, entries: number): Benchmark => ({
  name: `list-${entries}`,
  about: `The list of ${entries.toLocaleString('en')} own entries, opened anew: CPU ÷ ${slowdown}`,
  // The long list takes minutes.
  warmUps: entries > 1000 ? 0 : 1,
  rounds: entries > 1000 ? 2 : 4,
  measures: [
    { name: 'screen with its entries', unit: 'ms' },
    { name: 'main thread at work until then', unit: 'ms' },
    { name: 'store alone: all own entries', unit: 'ms', against: 'PouchDB: all documents' },
    { name: 'PouchDB: all documents', unit: 'ms' },
  ],
  prepare: async ({ chromium }) => {
    const { server, copy } = await fill()
    const { dir, remove } = await copy()
    const context = await openBrowser(chromium, dir)
    const peer = await openPeer(chromium, server.url, entries)
    return {
      round: async (): Promise<Samples> => {
        const screen = await slowPage(context, { network: 'as it is', cpu: slowdown })
        await screen.cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
        await screen.page.goto(`${server.url}/entries`, { waitUntil: 'commit' })
        await screen.page.locator('main a[href^="/entry/"]').first().waitFor({ timeout: 300_000 })
        const [stands, { task }] = [await screen.page.evaluate(() => performance.now()), await workOf(screen)]
        await screen.page.close()
        const alone = await slowPage(context, { network: 'as it is', cpu: slowdown })
        await openStorePage(alone.page, server.url)
        const read = await alone.page.evaluate(() => (Reflect.get(window, 'store') as StorePage).timeOwnEntries())
        await alone.page.close()
        return { 'screen with its entries': [stands], 'main thread at work until then': [task], 'store alone: all own entries': [read], 'PouchDB: all documents': [await slowed(peer, slowdown, () => peer.pouch.list(null))] }
      },
      close: async () => {
        await peer.close()
        await context.close()
        await remove()
      },
    }
  },
})

const newest = 50

/** A store that holds a hundred thousand: the first look, and each one behind it. */
export const newestOfMany = (fill: () => Promise<FilledPhone>, entries: number): Benchmark => ({
  name: 'newest-of-many',
  about: `The ${newest} newest of ${entries.toLocaleString('en')} own entries in the phone’s store, without screens and at full speed`,
  warmUps: 0,
  rounds: 3,
  measures: measuresOfNewest,
  prepare: async ({ chromium }) => {
    const { server, copy } = await fill()
    const { dir, remove } = await copy()
    const context = await openBrowser(chromium, dir)
    const peer = await openPeer(chromium, server.url, entries)
    return {
      round: async (): Promise<Samples> => {
        const busy = await openStorePage(await context.newPage(), server.url, true)
        const first = await busy.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeFirstLook(count), newest)
        const again = await busy.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeLooks(count), newest)
        await busy.close()
        const page = await openStorePage(await context.newPage(), server.url)
        const all = await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).timeOwnEntries())
        // What is changed stays here: the list moves by that alone.
        await context.setOffline(true)
        const { behind, inAll } = await page.evaluate((count) => (Reflect.get(window, 'store') as StorePage).timeNewest(count), newest)
        await context.setOffline(false)
        const memory = await page.evaluate(() => (Reflect.get(performance, 'memory') as { readonly usedJSHeapSize: number }).usedJSHeapSize)
        await page.close()
        const [bareFirst = NaN, ...bare] = await bareLooks(context, server.url)
        return { 'bare IndexedDB: fifty rows by the same index': bare, 'bare IndexedDB: the first time on a page': [bareFirst], 'first look': [first], 'the same asked for again': again, 'all of them': [all], 'when one has changed': behind, 'from the tap to the list with it': inAll, 'memory of the page’s script': [memory / 1e6], [`PouchDB: the last ${newest} by id`]: await many(() => peer.pouch.list(newest)) }
      },
      close: async () => {
        await peer.close()
        await context.close()
        await remove()
      },
    }
  },
})

const measuresOfNewest: readonly Measure[] = [
  { name: 'first look', unit: 'ms' },
  { name: 'the same asked for again', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 3 }, against: `PouchDB: the last ${newest} by id` },
  { name: 'all of them', unit: 'ms' },
  { name: 'when one has changed', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 3 }, against: `PouchDB: the last ${newest} by id` },
  { name: 'from the tap to the list with it', unit: 'ms' },
  { name: 'memory of the page’s script', unit: 'MB' },
  { name: `PouchDB: the last ${newest} by id`, unit: 'ms' },
  { name: 'bare IndexedDB: fifty rows by the same index', unit: 'ms' },
  { name: 'bare IndexedDB: the first time on a page', unit: 'ms' },
]

/** What the browser alone takes for as many rows, on a page that has nothing else: first the first time. */
async function bareLooks(context: BrowserContext, url: string): Promise<readonly number[]> {
  const page = await context.newPage()
  await openBlank(page, url)
  const times = await page.evaluate(async (count) => {
    const done = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('it cannot be read'))
    })
    const db = await done(indexedDB.open('terrain'))
    const took: number[] = []
    for (let at = 0; at < 11; at += 1) {
      const began = performance.now()
      const index = db.transaction('entries').objectStore('entries').index('state.recordedAt') as unknown as { readonly getAll: (options: object) => IDBRequest<readonly unknown[]> }
      const rows = await done(index.getAll({ count, direction: 'prev' }))
      took.push(performance.now() - began)
      if (rows.length !== count) throw new Error(`there are ${rows.length}`)
    }
    db.close()
    return took
  }, newest)
  await page.close()
  return times
}

async function many(run: () => Promise<number>): Promise<readonly number[]> {
  const times: number[] = []
  for (let at = 0; at < 10; at += 1) times.push(await run())
  return times
}
