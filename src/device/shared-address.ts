/** Where the service worker lays what another app has shared, and where pages look for it. Both import this; neither imports the other. */

/** A cache and no table: the worker must keep it without the device's database. The kill switch leaves it alone. */
export const sharedCache = 'terrain-shared'

/** The browser posts here; the web manifest says so. The server knows no such address. */
export const shareAction = '/share'
export const sharedScreen = '/shared'

export const shareFields = { title: 'title', text: 'text', link: 'url', files: 'files' } as const

/** What was shared at once: written last, so that what was broken off is none. */
export function batchAddress(id: string): string {
  return `/shared/${id}`
}

export function partAddress(id: string, n: number): string {
  return `/shared/${id}/${n}`
}
