import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fieldEntries } from '../load/field-entries.ts'
import { document } from '../wire/pouch-line.ts'

const script = join(import.meta.dirname, '../node_modules/pouchdb/dist/pouchdb.min.js')

interface BrowserPouch {
  readonly bulkDocs: (docs: readonly object[]) => Promise<unknown>
  readonly put: (doc: object) => Promise<unknown>
  readonly allDocs: (options: object) => Promise<{ readonly rows: readonly unknown[] }>
}

/** PouchDB in the same browser, on IndexedDB and as it comes: a put of it is done when the operating system has it, not the disk. */
export interface PouchPage {
  readonly puts: (count: number) => Promise<readonly number[]>
  /** Milliseconds until so many documents of the end of its list have been read; null: until all have. */
  readonly list: (limit: number | null) => Promise<number>
}

export async function openPouchPage(page: Page, origin: string, docs: number): Promise<PouchPage> {
  await page.route('**/pouch', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>pouch</title>' }))
  await page.goto(`${origin}/pouch`)
  // Through the browser's tools: our server's policy, which the next page of this origin would have, wants no scripts of others.
  await page.evaluate(await readFile(script, 'utf8'))
  await page.evaluate(() => void Reflect.set(window, 'local', new (Reflect.get(window, 'PouchDB') as new (name: string, options: object) => BrowserPouch)('peer', { auto_compaction: false })))
  const entry = fieldEntries()
  let made = 0
  const some = (count: number): readonly object[] => Array.from({ length: count }, () => document(entry((made += 1))))
  while (made < docs) await page.evaluate((list) => (Reflect.get(window, 'local') as BrowserPouch).bulkDocs(list), some(Math.min(1000, docs - made)))
  return {
    puts: (count) => page.evaluate(async (list) => {
      const times: number[] = []
      for (const doc of list) {
        const began = performance.now()
        await (Reflect.get(window, 'local') as BrowserPouch).put(doc)
        times.push(performance.now() - began)
      }
      return times
    }, some(count)),
    list: (limit) => page.evaluate(async (most) => {
      const began = performance.now()
      await (Reflect.get(window, 'local') as BrowserPouch).allDocs({ include_docs: true, descending: true, ...(most === null ? {} : { limit: most }) })
      return performance.now() - began
    }, limit),
  }
}
