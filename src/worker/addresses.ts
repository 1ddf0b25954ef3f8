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
  return isOfType(message, 'SKIP_WAITING')
}

/** The page's word for "look whether the app is still here whole". */
export function isMend(message: unknown): boolean {
  return isOfType(message, 'MEND')
}

function isOfType(message: unknown, type: string): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === type
}

/** What the browser brings past the worker, which would not answer it: a photo that is sent would lie in its memory as well. Published reports it answers. */
export const pastTheWorker = ['/api/*'] as const
