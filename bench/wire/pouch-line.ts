import { join } from 'node:path'
import { chromium } from '@playwright/test'
import type { EntryContent } from '../../src/domain/entry.ts'
import { startPouch } from '../peers/pouch.ts'
import type { Pouch, PouchConstructor } from '../peers/pouch-types.ts'
import { browserFlags, phone } from '../volunteer/field-phone.ts'
import { quietHeaders } from '../volunteer/filled-phone.ts'
import { countedLine, setLine } from './counted-line.ts'
import type { Line, Over, Passed } from './counted-line.ts'

export interface PouchLine {
  readonly flush: (contents: readonly EntryContent[], line: Line) => Promise<Passed & { readonly ms: number }>
  readonly nothing: () => Promise<Passed>
  readonly firstSync: () => Promise<Passed & { readonly entries: number }>
  readonly close: () => Promise<void>
}

const script = join(import.meta.dirname, '../node_modules/pouchdb/dist/pouchdb.min.js')

/** PouchDB in the same Chromium, on the origin of its server, with a relay between them. */
export async function openPouchLine(program: string, over?: Over): Promise<PouchLine> {
  const pouch = await startPouch()
  const line = await countedLine(pouch.port, over)
  const browser = await chromium.launch({ executablePath: program, args: [...browserFlags, '--ignore-certificate-errors'] })
  const context = await browser.newContext(phone)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await page.route('**/nothing', (route) => route.fulfill({ contentType: 'text/html', headers: quietHeaders, body: '<!doctype html><title>pouch</title>' }))
  await page.goto(`${line.url}/nothing`)
  await page.unroute('**/nothing')
  await page.addScriptTag({ path: script })
  await page.evaluate(() => void Reflect.set(window, 'local', new (Reflect.get(window, 'PouchDB') as PouchConstructor)('local')))
  line.watch(page)
  const replicate = (url: string) => page.evaluate((to) => (Reflect.get(window, 'local') as Pouch).replicate.to(to), url)
  await replicate(`${line.url}/entries`)
  let copies = 0
  return {
    flush: async (contents, speed) => {
      await page.evaluate((list) => (Reflect.get(window, 'local') as Pouch).bulkDocs(list), contents.map(document))
      const passed = await line.during(async () => {
        await setLine(cdp, speed)
        await replicate(`${line.url}/entries`)
      })
      await setLine(cdp, 'fast')
      return passed
    },
    nothing: () => line.during(() => replicate(`${line.url}/entries`)),
    firstSync: async () => {
      let entries = 0
      const passed = await line.during(async () => {
        entries = await page.evaluate(async ({ url, name }) => (await new (Reflect.get(window, 'PouchDB') as PouchConstructor)(name).replicate.from(url)).docs_written, { url: `${line.url}/entries`, name: `copy-${(copies += 1)}` })
      })
      return { ...passed, entries }
    },
    close: async () => {
      await browser.close()
      await line.close()
      await pouch.stop()
    },
  }
}

/** What a change of Terrain says of an entry, without what proves it. */
export function document(content: EntryContent): object {
  return { _id: crypto.randomUUID(), type: 'data_record', recordedAt: new Date().toISOString(), appVersion: '0.1.0', author: '0195f3a2-7c1e-7d3b-9a4f-2b6c8d0e1f3a', content }
}
