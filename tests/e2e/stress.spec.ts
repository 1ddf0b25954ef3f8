import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium, expect, test } from '@playwright/test'
import type { BrowserContext, Page } from '@playwright/test'
import { build } from 'vite'
import { findHeadless } from '../../scripts/chromium.mjs'
import type { CampaignId } from '#domain/ids.ts'
import type { Store } from '#server/store/store.ts'
import { openSqliteStore } from '#server/store/sqlite/open-sqlite-store.ts'
import { startAppServer } from '../support/app-server.ts'
import type { AppServer } from '../support/app-server.ts'
import { openLoneBrowser } from '../support/lone-browser.ts'
import type { LoneBrowser } from '../support/lone-browser.ts'
import { renderersOf } from '../support/renderer-memory.ts'
import { seededChance, steppedClock } from '../support/seeded.ts'
import type * as waitingPage from '../support/waiting-page.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
const [entries, photos, limit] = [1_000, 300, 200_000_000]
/** Without a request for that long, a phone has nothing more to ask. */
const restMs = 15_000
type WaitingPage = typeof waitingPage

/** The largest that was seen of a renderer's memory: as a whole, and without what it shares with others. */
interface Peak {
  resident: number
  own: number
}

// It takes minutes: only with the deep counts. With the others it is not there, because a test that is left out counts as failed.
if (isDeep) test.describe('a phone that has been away for long', () => {
  let server: AppServer
  let dir = ''
  let context: BrowserContext | null = null
  let lone: LoneBrowser | null = null

  test.beforeAll(async () => {
    server = await startAppServer()
    dir = await mkdtemp(join(tmpdir(), 'terrain-stress-'))
  })
  test.afterAll(async () => {
    await lone?.close()
    await context?.close().catch(() => undefined)
    await server.stop()
    await rm(dir, { recursive: true, force: true, maxRetries: 5 })
  })

  test('[DS29] sends 1,000 entries and 300 photos with the page under 200 MB', async () => {
    test.setTimeout(45 * 60_000)
    const empty = await emptyPage()
    const filled = Date.now()
    await fill()
    const began = Date.now()
    const peak: Peak = { resident: 0, own: 0 }
    lone = await openLoneBrowser(join(dir, 'phone'), server.url)
    // The phone tells last that nothing waits there, when it has read that everything arrived.
    while (!(await isAllTold())) {
      await measure('phone', peak, 4000)
      if (Date.now() - began > 35 * 60_000) throw new Error(`only ${JSON.stringify(await arrived())} have arrived`)
    }
    const seconds = (Date.now() - began) / 1000
    await measure('phone', peak, 2000)
    await lone.close()
    console.log(`filled in ${(began - filled) / 1000} s, sent in ${seconds} s; renderer ${mb(peak.resident)} MB, of it its own ${mb(peak.own)} MB; an empty app ${mb(empty.resident)} MB, of it its own ${mb(empty.own)} MB`)
    expect(peak.own).toBeGreaterThan(20_000_000)
    expect(peak.own).toBeLessThan(limit)
    expect(await arrived()).toEqual({ records: entries, ids: entries, files: 2 * photos })
    context = await browser()
    await context.setOffline(true)
    expect(await unproved(await onNothing())).toBe(0)
  })

  async function fill(): Promise<void> {
    const built = await build({
      configFile: false, logLevel: 'silent', publicDir: false,
      build: { write: false, minify: false, lib: { entry: fileURLToPath(new URL('../support/waiting-page.ts', import.meta.url)), formats: ['iife'], name: 'waiting', fileName: 'waiting' } },
    })
    const output = Array.isArray(built) ? built[0]?.output[0] : undefined
    context = await browser()
    const page = await onNothing()
    await page.evaluate(output?.type === 'chunk' ? output.code : '')
    expect(await page.evaluate((invite) => (Reflect.get(window, 'waiting') as WaitingPage).join(invite), await server.invite('volunteer'))).toBe('joined')
    await context.setOffline(true)
    for (let from = 0; from < entries; from += 100) {
      await page.evaluate((part) => (Reflect.get(window, 'waiting') as WaitingPage).save(part), { from, to: from + 100, photos })
    }
    expect(await page.evaluate(() => (Reflect.get(window, 'waiting') as WaitingPage).waiting())).toMatchObject({ pendingChanges: entries, pendingFiles: photos })
    // Another browser sends: what filled the store would be counted as the sender's, because both are one site and one process.
    await context.close()
  }

  /** The device code alone, on the server's origin. */
  async function onNothing(): Promise<Page> {
    if (context === null) throw new Error('no browser')
    const page = await context.newPage()
    await page.route('**/nothing', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>waiting</title>' }))
    await page.goto(`${server.url}/nothing`)
    return page
  }

  /** What the app takes on this machine before anybody has joined. */
  async function emptyPage(): Promise<Peak> {
    const peak: Peak = { resident: 0, own: 0 }
    const empty = await openLoneBrowser(join(dir, 'empty'), server.url)
    await measure('empty', peak, 10_000)
    await empty.close()
    return peak
  }

  async function browser(): Promise<BrowserContext> {
    const executablePath = await findHeadless()
    if (executablePath === null) throw new Error('No Chromium')
    return chromium.launchPersistentContext(join(dir, 'phone'), { executablePath, args: ['--no-sandbox'], viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  }

  async function measure(profile: string, peak: Peak, ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await wait(250)) {
      for (const { resident, own } of renderersOf(join(dir, profile))) {
        peak.resident = Math.max(peak.resident, resident)
        peak.own = Math.max(peak.own, own)
      }
    }
  }

  async function isAllTold(): Promise<boolean> {
    const { records, files } = await arrived()
    return records === entries && files === 2 * photos && (await withStore(async (store, campaign) => {
      const told = (await store.members.devices(campaign)).filter(({ manifest }) => manifest !== null)
      // And is at rest: the last pages of receipts come after that word.
      return told.length === 1 && told.every(({ manifest, lastContactAt }) => manifest?.pendingChanges === 0 && manifest.pendingFiles === 0 && Date.now() - Date.parse(lastContactAt ?? '') > restMs)
    }))
  }

  async function arrived(): Promise<{ readonly records: number; readonly ids: number; readonly files: number }> {
    const stored = await withStore((store, campaign) => store.changes.scan(campaign, 0, 1_000_000))
    const records = stored.filter(({ type }) => type === 'record')
    return { records: records.length, ids: new Set(records.map(({ id }) => id)).size, files: stored.filter(({ type }) => type === 'fileStored').length }
  }

  async function withStore<Value>(run: (store: Store, campaign: CampaignId) => Promise<Value>): Promise<Value> {
    const store = await openSqliteStore({ path: join(server.dataDir, 'terrain.db'), clock: steppedClock(), chance: seededChance('after') })
    const [campaign] = await store.campaigns.list()
    if (campaign === undefined) throw new Error('no campaign')
    try {
      return await run(store, campaign.id)
    } finally {
      await store.close()
    }
  }
})

/** As people count it. */
const mb = (bytes: number): number => Math.round(bytes / 100_000) / 10

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
