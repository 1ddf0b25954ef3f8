import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { Browser, Page } from '@playwright/test'
import { watchPages } from '../page-watch.ts'
import type { PageWatch } from '../page-watch.ts'
import type { Injection } from './injection.ts'
import { unsafePage } from './unsafe-page.ts'

interface PlantedServer {
  readonly url: string
  readonly close: () => Promise<void>
}

interface Answer {
  readonly type: string
  readonly body: string
}

interface Planting {
  readonly texts: readonly Injection[]
  /** Sent with every page; null: none. */
  readonly policy: string | null
}

/** Pages that nothing else runs beside: a few at once. */
const pagesAtOnce = 4
const patienceMs = 8000

/** Opens each text on a page that takes no care, does there whatever a person could, and gives back those of which the watch saw nothing. */
export async function plantedOn(browser: Browser, planting: Planting): Promise<readonly Injection[]> {
  const server = await servePlanted(planting)
  const context = await browser.newContext()
  try {
    const watch = await watchPages(context, server.url)
    const [rest, missed]: [Injection[], Injection[]] = [[...planting.texts], []]
    await Promise.all(Array.from({ length: pagesAtOnce }, async () => {
      const page = await context.newPage()
      for (let one = rest.shift(); one !== undefined; one = rest.shift()) if (!(await isSeen(page, watch, { url: `${server.url}/planted/${one.id}`, id: one.id }))) missed.push(one)
    }))
    return missed
  } finally {
    await context.close()
    await server.close()
  }
}

/** Told by its number: what ran said it, what asked asked for it, and what was stopped stood on its page. */
async function isSeen(page: Page, watch: PageWatch, { url, id }: { readonly url: string; readonly id: number }): Promise<boolean> {
  const telling = new RegExp(`^(?:ran|dialog|asked) .*\\b${id}\\b|^policy: .*/${id}$`)
  // Some pages lead away while they load.
  await page.goto(url).catch(() => undefined)
  for (const began = Date.now(); Date.now() - began < patienceMs; await page.waitForTimeout(10)) {
    if (watch.faults.some((fault) => telling.test(fault))) return true
    await tapAll(page)
  }
  return false
}

/** Does to everything on a page what a person could do to it, so that code which waits for a tap runs too. */
async function tapAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('*')) {
      for (const { name } of element.attributes) if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2), { bubbles: true }))
    }
    for (const element of document.querySelectorAll('a, button, input[type=submit]')) element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
  }).catch(() => undefined)
}

async function servePlanted({ texts, policy }: Planting): Promise<PlantedServer> {
  const pages = new Map<string, Answer>(texts.flatMap((one) => {
    const page = unsafePage(one)
    return page === null ? [] : [[`/planted/${one.id}`, page] as const]
  }))
  const server = createServer((request, response) => {
    const page = pages.get(request.url ?? '')
    if (page === undefined) return answer(response, 404, { type: 'text/plain', body: 'nothing' })
    if (policy !== null) response.setHeader('content-security-policy', policy)
    return answer(response, 200, page)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://localhost:${portOf(server)}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(response: ServerResponse, status: number, { type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type }).end(body)
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
