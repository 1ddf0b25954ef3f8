import type { Page } from '@playwright/test'

/** A tap that led to another screen: from the moment the finger left the glass to the frame that shows it. */
export interface Tap {
  readonly kind: 'answer' | 'next' | 'save'
  readonly from: string
  readonly ms: number
}

/** Runs in the page, before its own scripts. */
export function watchTaps(): void {
  const taps: Tap[] = []
  let tapped: Omit<Tap, 'ms'> & { readonly at: number } | null = null
  Reflect.set(window, 'benchTaps', taps)
  const stepOf = (path: string): string => path.split('/').at(-1) ?? ''
  const kindOf = (target: Element): Tap['kind'] => {
    if (target.closest('label, input') !== null) return 'answer'
    return stepOf(location.pathname) === 'review' ? 'save' : 'next'
  }
  window.addEventListener('pointerup', ({ target, timeStamp }) => {
    if (!(target instanceof Element) || !location.pathname.startsWith('/record/')) return
    tapped = { kind: kindOf(target), from: location.pathname, at: timeStamp }
  }, { capture: true })
  /** The address has changed, and what it stands for is in the page: a step's heading, or home with its entries. */
  const isThere = (): boolean => document.querySelector(location.pathname === '/' ? 'main a[href^="/entry/"]' : 'main h1') !== null
  new MutationObserver(() => {
    if (tapped === null || location.pathname === tapped.from || !isThere()) return
    const { kind, from, at } = tapped
    tapped = null
    // A message sent in a frame comes right behind it, when it has been drawn.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => taps.push({ kind, from: stepOf(from), ms: performance.now() - at })
      port2.postMessage(null)
    })
  }).observe(document, { childList: true, subtree: true, characterData: true, attributes: true })
}

/** What was watched since the last time. */
export async function readTaps(page: Page): Promise<readonly Tap[]> {
  // The frame behind the last tap is still to come.
  await page.waitForTimeout(300)
  return page.evaluate(() => (Reflect.get(window, 'benchTaps') as Tap[]).splice(0))
}
