import type { Page } from '@playwright/test'
import { startAppServer } from '../../tests/support/app-server.ts'
import { readyOffline } from '../../tests/support/profiles.ts'
import { fieldEntries } from '../load/field-entries.ts'
import { openBrowser, profileFolder } from '../volunteer/field-phone.ts'
import { openStorePage, phoneOf } from '../volunteer/filled-phone.ts'
import type { FilledPhone, StorePage } from '../volunteer/filled-phone.ts'

const pattern = 100

/**
 * A phone with many own entries that the server has. A hundred are saved through the product's own store and sent by its own sync; the
 * others are copies of their rows with ids of their own, as if they had come from the server, because ten thousand saves take an hour.
 */
export async function multipliedPhone(program: string, entries: number): Promise<FilledPhone> {
  const server = await startAppServer()
  const { dir, remove } = await profileFolder()
  const context = await openBrowser(program, dir)
  const page = await openStorePage(await context.newPage(), server.url)
  const joined = await page.evaluate((link) => (Reflect.get(window, 'store') as StorePage).join(link), await server.invite('volunteer'))
  if (joined !== 'joined') throw new Error(`the phone could not join: ${joined}`)
  const entry = fieldEntries()
  await page.evaluate((contents) => (Reflect.get(window, 'store') as StorePage).saveAll(contents), Array.from({ length: pattern }, (_, n) => entry(n)))
  while ((await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).sendAll())) > 0) await page.waitForTimeout(200)
  await copyRows(page, entries / pattern)
  if (entries <= mostOnScreen) await openApp(page, server.url)
  // Left, as one leaves an app: what a next start begins with is kept then.
  await page.goto('about:blank')
  await context.close()
  return phoneOf(server, { dir, remove })
}

/** With more than that home takes minutes, and the benchmark asks the store alone. */
const mostOnScreen = 10_000

async function openApp(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`)
  await page.locator('main a[href^="/entry/"]').first().waitFor({ timeout: 180_000 })
  await readyOffline(page)
}

/** On a page of the same origin on which the store is not open. */
async function copyRows(page: Page, times: number): Promise<void> {
  await page.goto(page.url())
  await page.evaluate(multiplyRows, times)
}

/** Runs in the page. */
async function multiplyRows(times: number): Promise<void> {
  const done = <Value>(request: IDBRequest<Value>): Promise<Value> => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('it cannot be read'))
  })
  const db = await done(indexedDB.open('terrain'))
  const reading = db.transaction(['entries', 'changes'])
  const [entries, changes] = (await Promise.all([done(reading.objectStore('entries').getAll()), done(reading.objectStore('changes').getAll())])) as [{ id: string }[], { id: string; entryId: string; ownSeq?: number; own: boolean; seq: number | null }[]]
  for (let copy = 1; copy < times; copy += 1) {
    const writing = db.transaction(['entries', 'changes'], 'readwrite')
    for (const entry of entries) {
      const own = changes.filter(({ entryId }) => entryId === entry.id)
      const ids = new Map([entry.id, ...own.map(({ id }) => id)].map((id) => [id, `${id.slice(0, 24)}${crypto.randomUUID().slice(-12)}`]))
      const renamed = <Row>(row: Row): Row => JSON.parse([...ids].reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(row))) as Row
      writing.objectStore('entries').put(renamed(entry))
      for (const change of own) {
        const { ownSeq: _, ...row } = renamed(change)
        writing.objectStore('changes').put({ ...row, own: false, seq: (row.seq ?? 0) + copy * changes.length })
      }
    }
    await new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => resolve()
      writing.onabort = () => reject(writing.error ?? new Error('it was not written'))
    })
  }
  db.close()
}
