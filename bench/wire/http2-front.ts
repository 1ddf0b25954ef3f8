import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { Agent, request as ask } from 'node:http'
import { createServer } from 'node:http2'
import type { Http2ServerRequest, Http2ServerResponse, IncomingHttpHeaders } from 'node:http2'
import { connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { promisify } from 'node:util'
import type { ByteCounter } from '../volunteer/byte-counter.ts'

/** What belongs to one connection, or is said in HTTP/2 by other means (RFC 9113, 8.2.2 and 8.3.1). */
const ofConnections = new Set(['connection', 'keep-alive', 'transfer-encoding', 'http2-settings', 'upgrade', 'host'])

/**
 * Stands before the server as a proxy does: HTTP/2 to the browser, HTTP/1.1 to the server. TLS ends in a server of its own, so that what
 * HTTP/2 sends can be counted: frames, headers as HPACK shortens them, and bodies, without what TLS adds. It has no words of its own.
 */
export async function http2Front(port: number): Promise<ByteCounter> {
  let [sent, asked] = [0, 0]
  const open = new Set<Socket>()
  const agent = new Agent({ keepAlive: true })
  const plain = createServer((request, response) => passOn({ port, agent }, request, response))
  const plainPort = await listening(plain)
  const secure = createTlsServer({ ...(await selfSigned()), ALPNProtocols: ['h2'] }, (client) => {
    const server = connect(plainPort, '127.0.0.1')
    for (const [one, other] of [[client, server], [server, client]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    server.on('data', ({ length }: Buffer) => (sent += length))
    client.on('data', ({ length }: Buffer) => (asked += length))
  })
  return {
    url: `https://localhost:${await listening(secure)}`,
    sent: () => sent,
    asked: () => asked,
    close: async () => {
      for (const socket of open) socket.destroy()
      agent.destroy()
      for (const server of [secure, plain]) {
        server.close()
        await once(server, 'close')
      }
    },
  }
}

async function listening(server: Pick<Server, 'listen' | 'address'> & NodeJS.EventEmitter): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function passOn(to: { readonly port: number; readonly agent: Agent }, request: Http2ServerRequest, response: Http2ServerResponse): void {
  const host = request.headers[':authority'] ?? request.headers.host
  const asking = ask({ ...to, host: '127.0.0.1', method: request.method, path: request.url, headers: { ...passed(request.headers), ...(host === undefined ? {} : { host }) } }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, passed(answer.headers))
    answer.pipe(response)
  })
  asking.on('error', () => response.destroy())
  request.pipe(asking)
}

function passed(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':') && !ofConnections.has(name)))
}

async function selfSigned(): Promise<{ readonly key: string; readonly cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'terrain-front-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')]
    await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
