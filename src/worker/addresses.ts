/** The runtime cache of built files that the volunteer's precache leaves out. */
export const onDemandCache = 'terrain-on-demand'

/** Files of the build: named by their content, so that a copy never goes stale. */
export function isBuiltAsset(pathname: string): boolean {
  return pathname.startsWith('/assets/')
}

/** Addresses that the shell answers, with or without a connection: all but the server's own and names of files. */
export const appAddress = /^\/[^.]*$/
export const serverAddresses: readonly RegExp[] = [/^\/api(?:\/|$)/, /^\/r(?:\/|$)/]

/** The page's word for "take over now", after a tap of the person. */
export function isSkipWaiting(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'SKIP_WAITING'
}

/** What the browser brings past the worker, which would not answer it: a photo that is sent would lie in its memory as well. Published reports it answers. */
export const pastTheWorker = ['/api/*'] as const
