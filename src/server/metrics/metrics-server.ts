import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { MetricsConfig } from '#server/metrics/metrics-config.ts'
import type { Metrics } from '#server/metrics/metrics.ts'

export interface MetricsServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** `GET /metrics` on a port of its own, which no proxy leads to. */
export async function serveMetrics({ port, host, token }: MetricsConfig, metrics: Pick<Metrics, 'text' | 'contentType'>): Promise<MetricsServer> {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 10_000, maxHeaderSize: 8_192 }, (request, response) => {
    answer(request, response, { token, metrics }).catch(() => response.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, { token, metrics }: { readonly token: string | null; readonly metrics: Pick<Metrics, 'text' | 'contentType'> }): Promise<void> {
  if (token !== null && !isSame(request.headers.authorization ?? '', `Bearer ${token}`)) return void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end()
  if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end()
  const text = await metrics.text()
  response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' }).end(text)
}

/** Takes as long whatever is wrong with it. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
