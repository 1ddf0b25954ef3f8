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

interface Place {
  readonly x: number
  readonly y: number
  readonly at: number
}

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

/** Runs in the page, before its own scripts. */
function watchInPage({ standsWhen, tap }: Watched): void {
  const say = (what: Place | number): void => (Reflect.get(window, 'bench') as (text: string) => void)(JSON.stringify(what))
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
export function firstPaint({ page }: FieldPage): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN)
}
