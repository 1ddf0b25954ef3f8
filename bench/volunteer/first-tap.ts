import * as v from 'valibot'
import type { BarePage } from './bare-page.ts'
import type { FieldPage } from './field-phone.ts'
import { tapAt } from './field-phone.ts'

/** When the first screen stood, and when it had answered the tap that was sent at once; milliseconds since the navigation began. */
export interface FirstTap {
  readonly stands: number
  readonly answers: number
}

interface Watched {
  /** What has to be there before somebody would tap. */
  readonly standsWhen: string
  readonly tap: string
}

const placeSchema = v.object({ x: v.number(), y: v.number(), at: v.number() })
type Place = v.InferOutput<typeof placeSchema>

/** What the page writes in front of a place in the fragment of its address, where no other way of telling is open. */
const mark = 'bench:'

/**
 * Loads the address and taps as soon as there is something to tap. The answer counts when the app's own code has run for it, and not
 * before: the listener stands behind React's, on the window.
 */
export async function firstTap({ page, cdp }: FieldPage, url: string, watched: Watched): Promise<FirstTap> {
  let stands = NaN
  // By the browser's own tools: Playwright's functions for it set up a world of their own in each page, which costs the slow page 100 ms.
  await cdp.send('Runtime.enable')
  await cdp.send('Runtime.addBinding', { name: 'bench' })
  await cdp.send('Page.enable')
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchInPage.toString()})(${JSON.stringify(watched)})` })
  const answered = new Promise<number>((resolve) => {
    cdp.on('Runtime.bindingCalled', ({ payload }) => {
      const said = JSON.parse(payload) as Place | number
      if (typeof said === 'number') return resolve(said)
      stands = said.at
      void tapAt(cdp, said)
    })
  })
  await page.goto(url, { waitUntil: 'commit' })
  return { answers: await answered, stands }
}

/** The same, in a page with which the browser's `Runtime` is not enabled. */
export async function firstTapBare(page: BarePage, url: string, watched: Watched): Promise<FirstTap> {
  await page.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${watchInPage.toString()})(${JSON.stringify({ ...watched, mark })})` })
  const told = page.marked(mark)
  await page.send('Page.navigate', { url })
  const { x, y, at } = v.parse(placeSchema, JSON.parse(await told))
  await Promise.all([['touchStart', [{ x, y }]] as const, ['touchEnd', []] as const].map(([type, touchPoints]) => page.send('Input.dispatchTouchEvent', { type, touchPoints })))
  return { answers: Number(await page.until("Reflect.get(window, 'benchAnswered')")), stands: at }
}

/** Runs in the page, before its own scripts. Tells by what the tools have put there, or else by the page's own address. */
function watchInPage({ standsWhen, tap, mark: inAddress }: Watched & { readonly mark?: string }): void {
  const say = (what: Place | number): void => {
    if (inAddress === undefined) return (Reflect.get(window, 'bench') as (text: string) => void)(JSON.stringify(what))
    if (typeof what === 'number') return void Reflect.set(window, 'benchAnswered', what)
    // The browser's own function: that of the page tells the app's router.
    return History.prototype.replaceState.call(history, history.state, '', `#${inAddress}${encodeURIComponent(JSON.stringify(what))}`)
  }
  const look = (): void => {
    const target = document.querySelector(tap)
    if (target === null || document.querySelector(standsWhen) === null) return
    watching.disconnect()
    const at = performance.now()
    // Behind the frame in which it is drawn: before that nobody can tap on it.
    requestAnimationFrame(() => setTimeout(() => {
      const { left, top, width, height } = target.getBoundingClientRect()
      say({ x: left + width / 2, y: top + height / 2, at })
    }))
  }
  const watching = new MutationObserver(look)
  watching.observe(document, { childList: true, subtree: true })
  window.addEventListener('click', () => say(performance.now()), { once: true })
}

/** When the shell was first painted. */
export async function firstPaint(page: { readonly evaluate: (expression: string) => Promise<unknown> }): Promise<number> {
  return Number(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime"))
}
