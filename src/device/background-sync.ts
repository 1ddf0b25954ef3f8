/** What pages and the service worker say to each other about the outbox. Both import this; neither imports the other. */

/** The tag under which a page asks the browser to wake the service worker once there is a connection. */
export const outboxTag = 'outbox'

/** The service worker's word to the open pages: the browser says that there is a connection. */
export const syncRequest = { type: 'sync-outbox' } as const

export function isSyncRequest(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === syncRequest.type
}
