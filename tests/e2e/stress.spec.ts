import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test } from '@playwright/test'
import type { BrowserContext, CDPSession, Page } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../../scripts/chromium.mjs'
import { openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { renderersOf } from '../support/renderer-memory.ts'
import { seededChance, steppedClock } from '../support/seeded.ts'
import type * as waitingPage from '../support/waiting-page.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const [entries, photos, limit] = [1_000, 300, 200_000_000]
type WaitingPage = typeof waitingPage

/** The largest that was seen: JavaScript's heap, and the renderer's memory as a whole and without what it shares. */
interface Peak {
  heap: number
  resident: number
  own: number
}

// A trace would be recorded inside the page that is measured.
test.use({ trace: 'off' })

// It takes minutes: only with the deep counts. With the others it is not there, because a test that is left out counts as failed.
if (isDeep) test.describe('a phone that has been away for long', () => {
  let server: AppServer
  let dir = ''
  let context: BrowserContext

  test.beforeAll(async () => {
    server = await startAppServer()
    dir = await mkdtemp(join(tmpdir(), 'terrain-stress-'))
    context = await browser()
  })
  test.afterAll(async () => {
    await context.close().catch(() => undefined)
    await server.stop()
    await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  })

  test('[DS29] sends 1,000 entries and 300 photos with the page under 200 MB', async () => {
    test.setTimeout(45 * 60_000)
    const filled = Date.now()
    await fill()
    const began = Date.now()
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    const peak: Peak = { heap: 0, resident: 0, own: 0 }
    await page.goto(server.url)
    for (let left = Infinity; left > 0;) {
      for (let look = 0; look < 8; look += 1) {
        await measure(session, peak)
        await wait(250)
      }
      left = await unproved(page)
      if (Date.now() - began > 35 * 60_000) throw new Error(`${left} are still waiting`)
    }
    await measure(session, peak)
    const mb = (bytes: number): number => Math.round(bytes / 100_000) / 10
    console.log(`filled in ${(began - filled) / 1000} s, sent in ${(Date.now() - began) / 1000} s; heap ${mb(peak.heap)} MB, renderer ${mb(peak.resident)} MB, of it its own ${mb(peak.own)} MB`)
    expect(peak.own).toBeLessThan(limit)
    expect(await arrived()).toEqual({ records: entries, ids: entries, files: 2 * photos })
  })

  async function fill(): Promise<void> {
    const built = await build({
      configFile: false, logLevel: 'silent', publicDir: false,
      build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL('../support/waiting-page.ts', import.meta.url)), formats: ['iife'], name: 'waiting', fileName: 'waiting' } },
    })
    const output = Array.isArray(built) ? built[0]?.output[0] : undefined
    const page = await context.newPage()
    // The device code alone, on the server's origin.
    await page.route('**/nothing', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>waiting</title>' }))
    await page.goto(`${server.url}/nothing`)
    await page.evaluate(output?.type === 'chunk' ? output.code : '')
    expect(await page.evaluate((invite) => (Reflect.get(window, 'waiting') as WaitingPage).join(invite), await server.invite('volunteer'))).toBe('joined')
    await context.setOffline(true)
    for (let from = 0; from < entries; from += 100) {
      await page.evaluate((part) => (Reflect.get(window, 'waiting') as WaitingPage).save(part), { from, to: from + 100, photos })
    }
    expect(await page.evaluate(() => (Reflect.get(window, 'waiting') as WaitingPage).waiting())).toMatchObject({ pendingChanges: entries, pendingFiles: photos })
    // Another browser sends: what filled the store would be counted as the sender's, because both are one site and one process.
    await context.close()
    context = await browser()
  }

  async function browser(): Promise<BrowserContext> {
    const executablePath = await findChromium()
    if (executablePath === null) throw new Error('No Chromium')
    return chromium.launchPersistentContext(dir, { executablePath, args: ['--no-sandbox'], viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  }

  async function measure(session: CDPSession, peak: Peak): Promise<void> {
    const { metrics } = await session.send('Performance.getMetrics')
    peak.heap = Math.max(peak.heap, metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0)
    for (const { resident, own } of renderersOf(dir)) {
      peak.resident = Math.max(peak.resident, resident)
      peak.own = Math.max(peak.own, own)
    }
  }

  async function arrived(): Promise<{ readonly records: number; readonly ids: number; readonly files: number }> {
    const store = await openSqliteStore({ path: join(server.dataDir, 'terrain.db'), clock: steppedClock(), chance: seededChance('after') })
    const [campaign] = await store.campaigns.list()
    const stored = campaign === undefined ? [] : await store.changes.scan(campaign.id, 0, 1_000_000)
    await store.close()
    const records = stored.filter(({ type }) => type === 'record')
    return { records: records.length, ids: new Set(records.map(({ id }) => id)).size, files: stored.filter(({ type }) => type === 'fileStored').length }
  }
})

/** Own changes without a receipt and files without their proof, by the keys of the phone's store. */
async function unproved(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('terrain')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('the store does not open'))
    })
    const answer = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result)
    })
    const transaction = db.transaction(['changes', 'receipts', 'files'])
    const own = await answer(transaction.objectStore('changes').index('ownSeq').count())
    const receipts = await answer(transaction.objectStore('receipts').count())
    const files = (await answer(transaction.objectStore('files').getAll())) as { readonly stored: boolean }[]
    db.close()
    return own - receipts + files.filter(({ stored }) => !stored).length
  })
}
