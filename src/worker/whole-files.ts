import { bytesToBase64 } from '#device/base64.ts'

export interface WholeFilesGround {
  /** What the build has made, as subresource integrity says it (`sha256-…`), by path. */
  readonly made: ReadonlyMap<string, string>
  readonly digest: (bytes: ArrayBuffer) => Promise<ArrayBuffer>
  readonly fetch: (request: Request) => Promise<Response>
}

/** For the strategy that keeps the app; the names are workbox's. */
export interface WholeFiles {
  readonly fetchDidSucceed: (come: { readonly request: Request; readonly response: Response }) => Promise<Response>
  readonly cachedResponseWillBeUsed: (kept: { readonly request: Request; readonly cachedResponse?: Response | undefined; readonly event: Pick<ExtendableEvent, 'type'> }) => Promise<Response | null>
}

/**
 * Between phone and server others answer as well: a portal with its page, a proxy that was asked to log in, or one that passes on half a
 * compressed file as whole, which browsers take for all of it. Kept once, such a file stood there until its name changed, and the app did not open.
 */
export function createWholeFiles({ made, digest, fetch }: WholeFilesGround): WholeFiles {
  const isWhole = async ({ url }: Request, response: Response): Promise<boolean> => {
    const integrity = made.get(new URL(url).pathname)
    return integrity === undefined || integrity === `sha256-${bytesToBase64(new Uint8Array(await digest(await response.clone().arrayBuffer())))}`
  }
  return {
    fetchDidSucceed: async ({ request, response }) => {
      if (!response.ok || (await isWhole(request, response))) return response
      // The browser's own cache may hold it for a year, and would give it again at each try. What does not come now either fails the installation, which the page begins anew.
      return fetch(new Request(request.url, { cache: 'reload', credentials: 'same-origin', integrity: made.get(new URL(request.url).pathname) ?? '' }))
    },
    cachedResponseWillBeUsed: async ({ request, cachedResponse, event }) => {
      if (cachedResponse === undefined) return null
      // Of a version before, when this one is installed: hashing what each screen asks for would make it wait.
      return event.type !== 'install' || (await isWhole(request, cachedResponse)) ? cachedResponse : null
    },
  }
}

/** Whether an answer to a question after a built file can be one: nothing else tells of files that the precache does not list. */
export function isBuiltFile({ status, redirected, headers }: Pick<Response, 'status' | 'redirected' | 'headers'>): boolean {
  return status === 200 && !redirected && !/^text\/html\b/i.test(headers.get('content-type') ?? '')
}
