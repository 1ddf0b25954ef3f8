import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

export interface Release {
  readonly url: string
  /** From now on this file is sent as edited: what a new release does. With a type it is called so, as what a portal puts in its place is. */
  readonly replace: (path: string, edit: (text: string) => string, type?: string) => void
  /** From now on a built file is at another address and no longer at its own, as one that has changed: whoever still asks for it gets nothing. */
  readonly move: (from: string, to: string) => void
  readonly close: () => Promise<void>
}

/** Stands before the real server like a proxy; tests that release something change nothing in `dist`, which others use at the same time. */
export async function publish(upstream: string): Promise<Release> {
  const edits = new Map<string, { readonly edit: (text: string) => string; readonly type: string | undefined }>()
  const moved = new Map<string, string>()
  const proxy = createServer((request, response) => {
    void (async () => {
      const { pathname } = new URL(request.url ?? '/', upstream)
      if ([...moved.values()].includes(pathname)) return void response.writeHead(404).end()
      const body = await readBody(request)
      const init = { method: request.method ?? 'GET', headers: forwarded(request.headers), redirect: 'manual' as const, ...(body.length > 0 ? { body } : {}) }
      const answer = await fetch(new URL(moved.get(pathname) ?? request.url ?? '/', upstream), init)
      const bytes = Buffer.from(await answer.arrayBuffer())
      const edited = edits.get(pathname)
      response.writeHead(answer.status, { ...returned(answer.headers), ...(edited?.type === undefined ? {} : { 'content-type': edited.type }) })
      response.end(edited === undefined ? bytes : edited.edit(bytes.toString('utf8')))
    })()
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return {
    url: `http://localhost:${address.port}`,
    replace: (path, edit, type) => void edits.set(path, { edit, type }),
    move: (from, to) => void moved.set(to, from),
    close: async () => {
      proxy.closeAllConnections()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}

async function readBody(request: AsyncIterable<unknown>): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Uncompressed, unconditional: an edited file must not be answered with "not modified". */
function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  const dropped = new Set(['host', 'connection', 'content-length', 'accept-encoding', 'if-none-match', 'if-modified-since', 'transfer-encoding'])
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' && !dropped.has(name) ? [[name, value]] : [])))
}

function returned(headers: Headers): OutgoingHttpHeaders {
  const dropped = new Set(['content-length', 'content-encoding', 'transfer-encoding', 'connection', 'keep-alive'])
  return Object.fromEntries([...headers].filter(([name]) => !dropped.has(name)))
}
