import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { EntryContent } from '../../src/domain/entry.ts'
import { startAppServer } from '../../tests/support/app-server.ts'
import { browserFlags, phone } from '../volunteer/field-phone.ts'
import { openStorePage } from '../volunteer/filled-phone.ts'
import type { StorePage } from '../volunteer/filled-phone.ts'
import { countedLine, setLine } from './counted-line.ts'
import type { Line, Over, Passed } from './counted-line.ts'

type Counted = Passed & { readonly ms: number }

/** The phone's own store and sync in real Chromium, its real server, and a relay between them. */
export interface TerrainLine {
  /** Saves these without a connection, and then sends them over one that is slow or not. */
  readonly flush: (contents: readonly EntryContent[], line: Line) => Promise<Counted>
  readonly nothing: () => Promise<Counted>
  /** Another phone of the same person joins and reads all that the first one has sent. */
  readonly firstSync: () => Promise<Counted & { readonly entries: number }>
  readonly close: () => Promise<void>
}

export async function openTerrainLine(program: string, over?: Over): Promise<TerrainLine> {
  const server = await startAppServer()
  const line = await countedLine(Number(new URL(server.url).port), over)
  const browser = await chromium.launch({ executablePath: program, args: [...browserFlags, '--ignore-certificate-errors'] })
  const context = await browser.newContext(phone)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await openStorePage(page, line.url)
  line.watch(page)
  const joined = await page.evaluate((link) => (Reflect.get(window, 'store') as StorePage).join(link), await server.invite('volunteer'))
  if (joined !== 'joined') throw new Error(`the phone could not join: ${joined}`)
  await sendAll(page)
  return {
    flush: async (contents, speed) => {
      await setLine(cdp, 'none')
      await page.evaluate((list) => (Reflect.get(window, 'store') as StorePage).saveAll(list), contents)
      const passed = await line.during(async () => {
        await setLine(cdp, speed)
        await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).sent())
      })
      await setLine(cdp, 'fast')
      return passed
    },
    nothing: () => line.during(() => sendAll(page)),
    firstSync: async () => {
      const code = await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).moveCode())
      const another = await browser.newContext(phone)
      try {
        const other = await openStorePage(await another.newPage(), line.url)
        line.watch(other)
        let entries = 0
        const passed = await line.during(async () => {
          const came = await other.evaluate((text) => (Reflect.get(window, 'store') as StorePage).joinByCode(text), code)
          if (came !== 'joined') throw new Error(`the second phone could not join: ${came}`)
          await other.evaluate(() => (Reflect.get(window, 'store') as StorePage).sent())
          entries = await other.evaluate(() => (Reflect.get(window, 'store') as StorePage).ownEntries())
        })
        return { ...passed, entries }
      } finally {
        await another.close()
      }
    },
    close: async () => {
      await browser.close()
      await line.close()
      await server.stop()
    },
  }
}

async function sendAll(page: Page): Promise<void> {
  while ((await page.evaluate(() => (Reflect.get(window, 'store') as StorePage).sendAll())) > 0) await page.waitForTimeout(20)
}
