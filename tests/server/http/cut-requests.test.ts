import { connect } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { eventually } from '../../support/eventually.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

/** As a phone's line breaks: at any byte of what it sends. */
describe('a request that is cut off', () => {
  let server: TestServer
  let app: FastifyInstance
  let awa: ScriptDevice
  let port = 0
  const failures: unknown[] = []
  const told: string[] = []

  beforeAll(async () => {
    server = await startTestServer()
    awa = await server.join('volunteer')
    const log = { ...createLog('silent'), error: (...failure: readonly unknown[]) => void failures.push(failure), info: (_about: object, message: string) => void told.push(message) }
    ;({ app } = await createApp({ ...server.context, log: log as never }))
    await app.listen({ port: 0, host: '127.0.0.1' })
    port = (app.server.address() as AddressInfo).port
  })
  afterAll(async () => {
    await app.close()
    await server.close()
  })

  async function cut(head: string, body: Buffer, end: (socket: Socket) => void): Promise<void> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    told.length = 0
    const begun = once(app.server, 'request')
    socket.on('error', () => undefined).resume()
    socket.write(`${head}\r\nHost: localhost\r\nx-terrain: 1\r\nAuthorization: ${awa.headers['authorization'] ?? ''}\r\nContent-Length: ${body.length}\r\n\r\n`)
    socket.write(body.subarray(0, body.length / 2))
    await begun
    // Its route reads the body by now.
    await wait(50)
    end(socket)
    await eventually(() => expect(told).toEqual(['a line broke before all of a request had come']))
  }

  it.each([
    ['half of a run', 'POST /api/v1/sync HTTP/1.1\r\nContent-Type: application/json', (body: Buffer) => body],
    ['half of a packed run', 'POST /api/v1/sync HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip', (body: Buffer) => gzipSync(body)],
    ['half of a file that is carried', 'POST /api/v1/import?format=bundle HTTP/1.1\r\nContent-Type: application/json', (body: Buffer) => body],
  ])('[SE792] is told in the log as that, and not as a failure of the server: %s', async (_, head, packed) => {
    const body = packed(Buffer.from(JSON.stringify(await awa.requestFor([awa.change('record', { content: aChallenge() })]))))
    for (const end of [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.destroy()]) {
      await cut(head, body, end)
      expect(failures).toEqual([])
    }
  })

  it.each([['with its length', 'Content-Length: 900', '{"epoch":'], ['in pieces', 'Transfer-Encoding: chunked', '9\r\n{"epoch":\r\n']])('[SE982] one that ends in its middle, where its sender can be answered still, is to come again: %s', async (_, length, half) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    socket.end(`POST /api/v1/sync HTTP/1.1\r\nHost: localhost\r\nx-terrain: 1\r\nAuthorization: ${awa.headers['authorization'] ?? ''}\r\nContent-Type: application/json\r\n${length}\r\n\r\n${half}`)
    expect(Buffer.concat(await socket.toArray()).toString()).toMatch(/^HTTP\/1\.1 408 .*"code":"request-timeout"/s)
  })
})
