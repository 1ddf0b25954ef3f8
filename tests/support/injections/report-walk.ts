import type { Browser, Page } from '@playwright/test'
import { withoutContacts } from '#domain/personal-data.ts'
import { watchPages } from '../page-watch.ts'
import type { Placed } from './spread.ts'
import { unshownOn } from './words-on.ts'
import type { Unshown } from './words-on.ts'
import { reportPeriod } from './world-report.ts'
import type { World } from './world.ts'

interface Reading {
  readonly url: string
  /** As which the desk asks for the working report. */
  readonly device: string
}

/** What was found on a page of the report: words that are not there, and markup that no report has. */
export interface ReportFound {
  readonly unshown: readonly Unshown[]
  readonly foreign: readonly string[]
}

/** The report as anybody reads it, in two directions, and as the desk does while it is written. */
export async function readReports(page: Page, { report }: World, { url, device }: Reading): Promise<ReportFound> {
  const [unshown, foreign]: [Unshown[], string[]] = [[], []]
  const { from, to } = reportPeriod
  for (const path of [`/r/${report.slug}?language=en`, `/r/${report.slug}?language=ar`, `/api/v1/reports/working?from=${from}&to=${to}&language=en&device=${device}`]) {
    await page.goto(`${url}${path}`)
    unshown.push(...(await unshownOn(page, path, asPublished(report.published.filter(({ place }) => path.startsWith('/r/') || place !== 'correctionRequest.text')))))
    foreign.push(...(await foreignOn(page)))
  }
  return { unshown, foreign }
}

/** The same page where no policy stands behind it, as a file that somebody was sent has none: what is left is how it was written. */
export async function readUnguarded(browser: Browser, { report }: World, { url }: Pick<Reading, 'url'>): Promise<readonly string[]> {
  const html = await (await fetch(`${url}/r/${report.slug}?language=en`)).text()
  const context = await browser.newContext({ serviceWorkers: 'block' })
  try {
    const watch = await watchPages(context, url)
    const page = await context.newPage()
    await page.route('**/unguarded', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
    await page.goto(`${url}/unguarded`)
    const unshown = await unshownOn(page, 'without a policy', asPublished(report.published))
    return [...watch.faults, ...unshown.map(({ place, text }) => `${place} does not show ${text}`)]
  } finally {
    await context.close()
  }
}

/** Of what was recorded nobody finds an address, a number or a handle in a report: a formula such as `@SUM` looks like one. */
function asPublished(placed: readonly Placed[]): readonly Placed[] {
  return placed.map(({ place, text }) => ({ place, text: place.startsWith('record.') ? withoutContacts(text) : text }))
}

/** Elements that run or fetch, attributes that hold code, and addresses that lead anywhere but where a report leads. */
function foreignOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const elements = [...document.querySelectorAll('*')]
    const wrong = elements.filter(({ localName }) => ['script', 'iframe', 'object', 'embed', 'base', 'form', 'foreignobject', 'animate', 'set', 'template', 'video', 'audio'].includes(localName)).map(({ outerHTML }) => outerHTML)
    const attributes = elements.flatMap((element) => [...element.attributes])
    const code = attributes.filter(({ name, value }) => /^on|^srcdoc$|^formaction$|^style$/i.test(name) || /^\s*(?:javascript|data:text|vbscript):/i.test(value)).map(({ name, value }) => `${name}=${value}`)
    const links = attributes.filter(({ name, value }) => (name === 'href' && !(value === '/icons/icon.svg' || /^(?:#|\/r\/|\/desk\/report\/)[-\w./?=&%#:]*$/.test(value.replace(location.origin, '')))) || (name === 'src' && !/^(?:\/r\/|data:image\/jpeg;base64,)/.test(value))).map(({ name, value }) => `${name}=${value}`)
    return [...wrong, ...code, ...links]
  })
}
