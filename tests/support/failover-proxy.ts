import { once } from 'node:events'
import { Agent, createServer, request as ask } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/**
 * A small proxy that does what Caddy and nginx do before several processes: in turn, over connections that are kept, asking each
 * whether it is ready, and on to the next one where nobody listens. What was sent and not answered it sends to nobody else.
 */
export class FailoverProxy {
  readonly url: string
  /** Requests that it could give to nobody, and answered 502 itself. */
  failures = 0
  answered = 0
  readonly #upstreams: readonly { readonly url: URL; isReady: boolean }[]
  readonly #agent = new Agent({ keepAlive: true })
  readonly #end: () => Promise<void>
  #turn = 0
  #isOpen = true

  private constructor(url: string, upstreams: readonly string[], end: () => Promise<void>) {
    this.url = url
    this.#upstreams = upstreams.map((upstream) => ({ url: new URL(upstream), isReady: true }))
    this.#end = end
  }

  static async start(upstreams: readonly string[]): Promise<FailoverProxy> {
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const proxy = new FailoverProxy(`http://127.0.0.1:${address.port}`, upstreams, async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    })
    server.on('request', (request: IncomingMessage, response: ServerResponse) => void proxy.#serve(request, response))
    for (const upstream of proxy.#upstreams) void proxy.#look(upstream)
    return proxy
  }

  async close(): Promise<void> {
    this.#isOpen = false
    this.#agent.destroy()
    await this.#end()
  }

  async #look(upstream: { readonly url: URL; isReady: boolean }): Promise<void> {
    while (this.#isOpen) {
      upstream.isReady = await fetch(new URL('/api/v1/ready', upstream.url)).then(({ ok }) => ok, () => false)
      await wait(100)
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#turn += 1
    const inTurn = this.#upstreams.map((_, at) => this.#upstreams[(at + this.#turn) % this.#upstreams.length]).filter((upstream) => upstream !== undefined)
    const ready = inTurn.filter(({ isReady }) => isReady)
    for (const { url } of ready.length > 0 ? ready : inTurn) {
      const outcome = await this.#give(request, response, url)
      if (outcome === 'refused') continue
      if (outcome === 'answered') this.answered += 1
      else this.#fail(response)
      return
    }
    this.#fail(response)
  }

  #fail(response: ServerResponse): void {
    this.failures += 1
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  }

  #give(request: IncomingMessage, response: ServerResponse, { hostname, port }: URL): Promise<'answered' | 'broken' | 'refused'> {
    return new Promise((resolve) => {
      const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress ?? '' }
      const passed = ask({ hostname, port, path: request.url, method: request.method, headers, agent: this.#agent })
      passed.once('error', (error) => {
        request.unpipe(passed)
        resolve('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'broken')
      })
      passed.once('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
        answer.once('end', () => resolve('answered'))
        answer.once('error', () => resolve('broken'))
      })
      // Nothing of the body is taken before somebody is there to take it: whoever comes next gets all of it.
      passed.once('socket', (socket) => {
        if (!socket.connecting) request.pipe(passed)
        else socket.once('connect', () => request.pipe(passed))
      })
    })
  }
}
