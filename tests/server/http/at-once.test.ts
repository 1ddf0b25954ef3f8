import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import compress from '@fastify/compress'
import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boundBodies, mostAtOnce } from '#server/http/at-once.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
let sockets: Socket[] = []
let listening: Promise<string> | null = null
beforeEach(async () => {
  listening = null
  server = await startTestServer()
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  await server.close()
})

/** A connection and all that has come on it. */
async function opened(app = server.app): Promise<{ readonly socket: Socket; readonly come: () => string }> {
  listening ??= app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = new URL(await listening)
  const socket = connect(Number(port), '127.0.0.1')
  sockets.push(socket)
  let text = ''
  socket.on('data', (bytes) => (text += bytes.toString('latin1'))).on('error', () => undefined)
  await once(socket, 'connect')
  return { socket, come: () => text }
}

const answersIn = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status))
const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`

describe('on one connection', () => {
  let [running, most] = [0, 0]
  beforeEach(() => {
    ;[running, most] = [0, 0]
    server.app.get('/slow/:nth', async (request) => {
      running += 1
      most = Math.max(most, running)
      await wait(40)
      running -= 1
      return (request.params as { readonly nth: string }).nth
    })
  })

  it('[SE430] a few requests that come at once are answered one after the other, in their order', async () => {
    const { socket, come } = await opened()
    socket.write([1, 2, 3, 4].map((nth) => get(`/slow/${nth}`)).join(''))
    await expect.poll(() => answersIn(come())).toEqual([200, 200, 200, 200])
    expect([most, [...come().matchAll(/\r\n\r\n(\d)/g)].map(([, nth]) => nth)]).toEqual([1, ['1', '2', '3', '4']])
    // The connection is as good as before.
    socket.write(get('/slow/5'))
    await expect.poll(() => answersIn(come())).toHaveLength(5)
  })

  it('[SE430] who asks on and on, and reads no answer, is let go, and nothing of it is begun', async () => {
    const { socket } = await opened()
    const closed = once(socket, 'close')
    socket.write(get('/slow/1').repeat(300))
    await closed
    await wait(100)
    expect([most, running]).toEqual([1, 0])
    const other = await opened()
    other.socket.write(get('/slow/1'))
    await expect.poll(() => answersIn(other.come())).toEqual([200])
  })
})

describe('a body', () => {
  const ofStrangers = ['/api/v1/join', '/api/v1/join/look', '/api/v1/session', '/api/v1/nothing', '/nothing', '/r/nothing']

  it.each(ofStrangers)('[SE430] to %s, of whom nobody knows, is held up to sixteen kilobytes, however it is packed', async (url) => {
    const send = async (payload: Buffer, encoding = 'identity') => (await server.app.inject({ method: 'POST', url, headers: { 'x-terrain': '1', 'content-type': 'application/json', 'content-encoding': encoding }, payload })).statusCode
    const long = Buffer.from(JSON.stringify({ invite: 'x'.repeat(100_000) }))
    expect(await send(long)).toBe(413)
    if (url.startsWith('/api/v1/nothing') || !url.startsWith('/api')) return
    for (const [encoding, packed] of [['gzip', gzipSync(long)], ['br', brotliCompressSync(long)]] as const) expect(await send(packed, encoding)).toBe(413)
    expect(await send(Buffer.from(JSON.stringify({ invite: 'x'.repeat(10_000) })))).toBe(400)
  })

  it('[SE430] of a member may be as long as a run of five hundred changes, and one member has so many at once; whoever else sends passes', async () => {
    const [awa, moussa] = [await server.join('volunteer'), await server.join('volunteer')]
    const sent = (by: ScriptDevice, payload: string) => server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: by.headers, payload })
    expect((await sent(awa, JSON.stringify({ later: 'x'.repeat(1_900_000) }))).statusCode).toBe(400)
    const slow = await Promise.all(Array.from({ length: mostAtOnce.bodies }, async () => {
      const one = await opened()
      one.socket.write(`POST /api/v1/sync HTTP/1.1\r\nhost: x\r\nx-terrain: 1\r\nauthorization: ${awa.headers['authorization'] ?? ''}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`)
      return one
    }))
    await expect.poll(async () => (await sent(awa, '{}')).statusCode).toBe(429)
    expect((await sent(awa, '{}')).json<{ retryAfterS?: number }>().retryAfterS).toBeGreaterThan(0)
    expect((await sent(moussa, '{}')).statusCode).toBe(400)
    expect((await server.app.inject({ url: '/api/v1/me', headers: awa.headers })).statusCode).toBe(200)
    for (const { socket } of slow) socket.destroy()
    await expect.poll(async () => (await sent(awa, '{}')).statusCode).toBe(400)
  })
})

describe('bodies of all together', () => {
  it('[SE983] that unpack and never end are held up to a bound, whoever sends them; whoever sends little passes, and all do when they have gone', async () => {
    const app = Fastify()
    await app.register(compress)
    boundBodies(app, 250_000)
    app.setErrorHandler((error, _request, reply) => reply.code(error instanceof ProblemError ? error.problem.status : 500).send())
    app.post('/', () => 'read')
    const body = (letters: number) => `{"a":"${'x'.repeat(letters)}"}`
    const send = async (letters: number) => (await app.inject({ method: 'POST', url: '/', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' }, payload: gzipSync(body(letters)) })).statusCode
    const endless = gzipSync(body(100_000), { finishFlush: constants.Z_SYNC_FLUSH })
    const slow = await Promise.all([1, 2, 3].map(() => opened(app)))
    for (const { socket } of slow) socket.write(Buffer.concat([Buffer.from(`POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: ${endless.length + 9}\r\n\r\n`), endless]))
    await expect.poll(() => slow.flatMap(({ come }) => answersIn(come()))).toEqual([429])
    expect([await send(50_000), await send(100_000)]).toEqual([200, 429])
    for (const { socket } of slow) socket.destroy()
    await expect.poll(() => send(100_000)).toBe(200)
    await app.close()
  })
})

describe('a request that is given up', () => {
  it('[SE430] is told to be too slow, and not to be one that nobody can read', () => {
    const [socket, said] = [new PassThrough(), [] as string[]]
    socket.on('data', (bytes: Buffer) => said.push(bytes.toString('utf8')))
    server.app.server.emit('clientError', Object.assign(new Error('too slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket)
    expect(said.join('')).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n[^]*"code":"request-timeout"/)
  })

  it('[SE33] [SE430] is answered with all of the headers', async () => {
    const [long, bent] = [await opened(), await opened()]
    long.socket.write(`GET /api/v1/health HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`)
    bent.socket.write('POST /api/v1/join HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n')
    await expect.poll(() => [long, bent].map(({ come }) => answersIn(come()))).toEqual([[431], [400]])
    for (const { come } of [long, bent]) for (const header of ['x-content-type-options: nosniff', "content-security-policy: default-src 'none'", 'referrer-policy: no-referrer', 'cross-origin-resource-policy: same-origin']) expect(come()).toContain(header)
  })
})
