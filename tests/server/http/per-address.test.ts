import { Agent, request as ask } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mostPerAddress } from '#server/http/per-address.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('connections of one address', () => {
  let server: TestServer
  let url: string
  const agent = new Agent({ keepAlive: true, maxSockets: mostPerAddress + 50, maxFreeSockets: mostPerAddress + 50 })
  beforeEach(async () => {
    server = await startTestServer()
    url = await server.app.listen({ port: 0, host: '127.0.0.1' })
  })
  afterEach(async () => {
    agent.destroy()
    await server.close()
  })
  /** Each on a connection of its own, as long as those before have not been answered. */
  const call = (forwarded: string, by: Agent | false = agent, path = '/nothing') => new Promise<{ readonly status: number; readonly connection: string | undefined }>((resolve, reject) => {
    ask(`${url}${path}`, { agent: by, headers: { 'x-forwarded-for': forwarded } }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection }))
    }).on('error', reject).end()
  })
  const callAll = (count: number, addressOf: (nth: number) => string) => Promise.all(Array.from({ length: count }, (_, nth) => call(addressOf(nth))))

  it('[SE502] are a thousand at most, whatever proxy they come through: the next one is refused and ends, and another address is served', async () => {
    expect(new Set((await callAll(mostPerAddress, () => '198.51.100.7')).map(({ status }) => status))).toEqual(new Set([404]))
    expect(await call('198.51.100.7', false)).toEqual({ status: 429, connection: 'close' })
    expect((await call('198.51.100.8', false)).status).toBe(404)
    // A proxy on the address of somebody who has too many is still told that the process is well.
    expect((await call('198.51.100.7', false, '/api/v1/health')).status).toBe(200)
    // On those that it holds it goes on, and one that ends makes room.
    expect((await call('198.51.100.7')).status).toBe(404)
    agent.destroy()
    await expect.poll(async () => (await call('198.51.100.7', false)).status).toBe(404)
  })

  it('[SE502] are counted by network where one has billions of addresses, and by who asked last where many share one connection', async () => {
    const through = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let nth = 0; nth < 50; nth += 1) expect((await call(`198.51.100.${nth}`, through)).status).toBe(404)
    await callAll(mostPerAddress, (nth) => `2001:db8:1:2::${nth.toString(16)}`)
    expect((await call('2001:db8:1:2:ffff::1', false)).status).toBe(429)
    expect((await call('2001:db8:1:3::1', false)).status).toBe(404)
    expect((await call('198.51.100.0', false)).status).toBe(404)
    through.destroy()
  })
})
