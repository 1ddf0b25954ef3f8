import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { joinOn } from '../../tests/support/people.ts'
import type { DatabaseName } from '../load/databases.ts'
import type { Benchmark } from '../runner/benchmark.ts'
import { browserFlags } from '../volunteer/field-phone.ts'
import type { FilledStores } from './filled-store.ts'

/** From the address to the frame behind the first row, in a browser that has been there before. */
export const firstPaint = (stores: FilledStores, { database, entries }: { readonly database: DatabaseName; readonly entries: number }): Benchmark => ({
  name: `first-paint-${entries}-${database}`,
  about: `The queue is opened again in Chromium, as a desk computer has it: ${entries.toLocaleString('en')} entries, ${database}`,
  warmUps: 2,
  rounds: 11,
  measures: [
    { name: 'first row painted', unit: 'ms', goal: { of: 'median', limit: 'at most', value: 1500 } },
    { name: 'first row painted, the slow ones', unit: 'ms', goal: { of: 'p95', limit: 'at most', value: 1500 } },
    { name: 'facets counted', unit: 'ms' },
  ],
  prepare: async ({ chromium: program }) => {
    const { server, invite, stop } = await stores.start(database, entries)
    const url = `http://localhost:${new URL(server.url).port}`
    const browser = await chromium.launch({ executablePath: program, args: [...browserFlags] })
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(`${url}/join#${invite}`)
    await joinOn(page)
    await page.addInitScript(watchRows)
    return {
      round: async () => {
        await page.goto(`${url}/desk`)
        const [row, facets] = [await seenAt(page, 'row'), await seenAt(page, 'facets')]
        return { 'first row painted': [row], 'first row painted, the slow ones': [row], 'facets counted': [facets] }
      },
      close: async () => {
        await browser.close()
        await stop()
      },
    }
  },
})

/** Runs in the page, before its own scripts: notes when the first row, and the first number beside a facet, had been drawn. */
function watchRows(): void {
  const seen: Record<string, number> = {}
  Reflect.set(window, 'benchSeen', seen)
  const marks = { row: 'main [data-entry]', facets: 'fieldset label' }
  new MutationObserver((_changes, watching) => {
    for (const [name, selector] of Object.entries(marks)) {
      if (name in seen || document.querySelector(selector) === null) continue
      seen[name] = NaN
      requestAnimationFrame(() => setTimeout(() => (seen[name] = performance.now())))
    }
    if (Object.keys(marks).every((name) => name in seen)) watching.disconnect()
  }).observe(document, { childList: true, subtree: true })
}

async function seenAt(page: Page, name: string): Promise<number> {
  const seen = await page.waitForFunction((what) => (Reflect.get(window, 'benchSeen') as Record<string, number>)[what], name)
  return Number(await seen.jsonValue())
}
