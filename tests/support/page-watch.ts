import type { BrowserContext, ConsoleMessage, Page, Request } from '@playwright/test'

/** What pages did that words must never make them do. */
export interface PageWatch {
  /** Each as one line, with the page on which it was. */
  readonly faults: readonly string[]
  readonly forget: () => void
}

/** The browser tells each answer that says no; whether it should is for other tests. */
const plainRefusal = /^Failed to load resource/

/**
 * Watches every page and frame of a browser: code that calls `ran`, dialogs, requests to `/pwned/` or to another place than `origin`, new
 * windows, and whatever the content policy had to stop.
 */
export async function watchPages(context: BrowserContext, origin: string): Promise<PageWatch> {
  const faults: string[] = []
  const fault = (where: string, what: string): void => void faults.push(`${what} on ${where}`)
  await context.exposeBinding('ran', ({ page }, id: unknown) => fault(page.url(), `ran ${String(id)}`))
  await context.exposeBinding('policyStopped', ({ page }, what: string) => fault(page.url(), `policy: ${what}`))
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const { policyStopped } = window as unknown as { readonly policyStopped: (what: string) => void }
      policyStopped(`${effectiveDirective} ${blockedURI} ${sample}`)
    })
  })
  context.on('dialog', (dialog) => {
    fault(dialog.page()?.url() ?? '', `dialog ${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss().catch(() => undefined)
  })
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (url.pathname.includes('/pwned/')) fault(askerOf(request), `asked for ${url.pathname}`)
    else if (/^https?:$/.test(url.protocol) && url.origin !== origin) fault(askerOf(request), `asked ${url.origin}`)
  })
  const watch = (page: Page): void => {
    page.on('pageerror', (error) => fault(page.url(), `error ${error.message}`))
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' && !plainRefusal.test(message.text())) fault(page.url(), `console: ${message.text()}`)
    })
  }
  context.pages().forEach(watch)
  context.on('page', watch)
  return { faults, forget: () => void faults.splice(0) }
}

/** A page that is on its way has no frame yet, and a worker has none. */
function askerOf(request: Request): string {
  if (request.serviceWorker() !== null) return 'the worker'
  return request.isNavigationRequest() ? 'the way to it' : request.frame().url()
}
