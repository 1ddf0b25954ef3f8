import { readFileSync } from 'node:fs'
import { Agent, request as ask } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

let server: TestServer
afterEach(() => server.close())

const invite = { method: 'POST', url: '/api/v1/join', payload: {} } as const

/** How many of two hundred calls from there get past the limit. */
async function letThrough(call: (nth: number) => { readonly remoteAddress: string; readonly forwarded?: string }): Promise<number> {
  let through = 0
  for (let nth = 0; nth < 200; nth += 1) {
    const { remoteAddress, forwarded } = call(nth)
    const { statusCode } = await server.app.inject({ ...invite, remoteAddress, headers: { 'x-terrain': '1', ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) } })
    if (statusCode !== 429) through += 1
  }
  return through
}

describe('who calls', () => {
  it('[SE200] people behind the proxy of this machine are counted each by their own address', async () => {
    server = await startTestServer()
    expect(await letThrough(() => ({ remoteAddress: '127.0.0.1', forwarded: '198.51.100.7' }))).toBe(60)
    expect((await server.app.inject({ ...invite, remoteAddress: '127.0.0.1', headers: { 'x-terrain': '1', 'x-forwarded-for': '198.51.100.8' } })).statusCode).toBe(400)
  })

  it('[SE200] who invents addresses gets no more calls: neither past the proxy nor in front of it', async () => {
    server = await startTestServer()
    expect(await letThrough((nth) => ({ remoteAddress: '203.0.113.5', forwarded: `10.0.0.${nth}` }))).toBe(60)
    expect(await letThrough((nth) => ({ remoteAddress: '127.0.0.1', forwarded: `10.0.0.${nth}, 203.0.113.6` }))).toBe(60)
  })

  it('[SE200] neighbours in one IPv6 network are one caller, since each line has billions of addresses', async () => {
    server = await startTestServer()
    expect(await letThrough((nth) => ({ remoteAddress: '127.0.0.1', forwarded: `2001:db8:1:2::${nth.toString(16)}` }))).toBe(60)
  })

  it('[SE200] nobody is trusted where nobody is to be', async () => {
    server = await startTestServer({ config: { trustedProxies: [] } })
    expect(await letThrough((nth) => ({ remoteAddress: '127.0.0.1', forwarded: `198.51.100.${nth}` }))).toBe(60)
  })

  it('[SE501] a proxy that nobody has named is told of once, with what to set and without an address; one that is trusted is not', async () => {
    server = await startTestServer()
    const told = vi.spyOn(server.context.log, 'info')
    const ask = (remoteAddress: string, forwarded?: string) => server.app.inject({ url: '/api/v1/health', remoteAddress, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } })
    const sentences = () => told.mock.calls.map((call) => JSON.stringify(call)).filter((call) => call.includes('TRUSTED_PROXIES'))
    await ask('127.0.0.1', '198.51.100.7')
    await ask('127.0.0.1', '127.0.0.1')
    await ask('10.0.0.3')
    expect(sentences()).toEqual([])
    await ask('10.0.0.3', '198.51.100.7')
    await ask('10.0.0.4', '198.51.100.8')
    expect(sentences()).toHaveLength(1)
    expect(sentences()[0]).not.toMatch(/\d\.\d/)
  })
})

describe('what comes from elsewhere', () => {
  it.each([
    ['https://evil.example', 403], ['null', 403], ['https://terrain.example.org.evil.example', 403], ['http://terrain.example.org', 403],
    ['https://terrain.example.org', 201], ['http://localhost:80', 201],
  ])('[SE22] a write of a browser without Sec-Fetch-Site from %s is answered %i', async (origin, status) => {
    server = await startTestServer({ config: { publicUrl: 'https://terrain.example.org' } })
    const ruth = await server.join('coordinator')
    const response = await server.app.inject({ method: 'POST', url: '/api/v1/invites', headers: { ...ruth.headers, origin, host: 'localhost' }, payload: '{"role":"volunteer","uses":1,"days":1}' })
    expect(response.statusCode).toBe(status)
  })

  it('[SE201] https stays https, and http on this machine is left alone', async () => {
    server = await startTestServer({ config: { publicUrl: 'https://terrain.example.org' } })
    expect((await server.app.inject({ url: '/api/v1/health' })).headers['strict-transport-security']).toBe('max-age=31536000')
    await server.close()
    server = await startTestServer()
    expect((await server.app.inject({ url: '/api/v1/health' })).headers).not.toHaveProperty('strict-transport-security')
  })
})

describe('a body', () => {
  it.each(['[', '{"a":'])('[SE23] of hundreds of thousands of %s is read, set aside or refused, and takes no stack', async (bracket) => {
    server = await startTestServer()
    const awa = await server.join('volunteer')
    const text = JSON.stringify(await awa.requestFor([awa.change('record', { content: aChallenge() })]))
    const depth = 300_000
    const deep = `${bracket.repeat(depth)}${bracket === '[' ? '' : '1'}${(bracket === '[' ? ']' : '}').repeat(depth)}`
    for (const body of [`{"later":${deep},${text.slice(1)}`, text.replace('"content":{', `"content":{"later":${deep},`), text.replace('"changes":[{', `"changes":[{"later":${deep},`)]) {
      const response = await server.app.inject({ method: 'POST', url: '/api/v1/sync', headers: awa.headers, payload: body })
      expect(response.statusCode).toBe(200)
      for (const result of response.json<{ results: readonly { readonly status: string }[] }>().results) expect(result.status).toMatch(/^(?:stored|duplicate|quarantined|mismatch|forked)$/)
    }
  })
})

it('[SE206] a compressed body is read like a plain one, within the limits of what it unpacks to', async () => {
  server = await startTestServer()
  const send = async (body: Uint8Array, encoding: string) => {
    const { statusCode, json } = await server.app.inject({ method: 'POST', url: '/api/v1/join', payload: Buffer.from(body), headers: { 'x-terrain': '1', 'content-type': 'application/json', 'content-encoding': encoding } })
    return [statusCode, json<{ code: string }>().code]
  }
  const join = Buffer.from(JSON.stringify({ invite: 'a-wrong-one', name: 'Awa', language: 'en' }))
  const plain = await send(join, 'identity')
  expect(await send(gzipSync(join), 'gzip')).toEqual(plain)
  expect(await send(brotliCompressSync(join), 'br')).toEqual(plain)
  // A hundred megabytes of spaces in a hundred kilobytes.
  expect(await send(gzipSync(Buffer.alloc(100_000_000, ' ')), 'gzip')).toEqual([413, 'too-large'])
  expect(await send(gzipSync(join).subarray(0, 30), 'gzip')).toEqual([400, expect.stringMatching(/^malformed/)])
  expect(await send(join, 'gzip')).toEqual([400, expect.stringMatching(/^malformed/)])
  expect(await send(join, 'snappy')).toEqual([415, 'unsupported-media-type'])
})

describe('every route', () => {
  it('[SE22] that writes refuses what comes from another site, whoever asks: by the site, by the origin, and a cookie without our header', async () => {
    server = await startTestServer()
    const desk = await server.join('coordinator')
    const writes = server.routes.filter((route) => !/^(GET|HEAD|OPTIONS) /.test(route))
    expect(writes.length).toBeGreaterThan(25)
    const foreign: readonly Readonly<Record<string, string>>[] = [
      { ...desk.headers, 'sec-fetch-site': 'cross-site' }, { ...desk.headers, 'sec-fetch-site': 'same-site' }, { ...desk.headers, origin: 'https://evil.example' }, { cookie: 'terrain=x' },
    ]
    const open: string[] = []
    for (const route of writes) {
      const [method, path = ''] = route.split(' ')
      for (const headers of foreign) {
        const answer = await server.app.inject({ method: method as 'POST', url: path.replaceAll(/:\w+/g, '01890000-0000-7000-8000-000000000001').replace('*', 'x'), headers, payload: {} })
        if (answer.json<{ code?: string }>().code !== 'cross-site') open.push(`${route} ${Object.keys(headers).at(-1) ?? ''} ${answer.statusCode}`)
      }
    }
    expect(open).toEqual([])
  })

  const documentHeaders = {
    'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(self), microphone=(self), payment=(), usb=(), ch-ua=(), ch-ua-mobile=(), ch-ua-platform=()',
  }
  const always = { 'x-content-type-options': 'nosniff', 'strict-transport-security': 'max-age=31536000' }

  it('[SE33] [SE201] has all of the headers, also where it fails', async () => {
    server = await startTestServer({ config: { publicUrl: 'https://terrain.example' } })
    for (const url of ['/api/v1/health', '/api/v1/nothing', '/api/v1/entries', '/r/nothing', `/${'x'.repeat(400)}`]) {
      const { headers } = await server.app.inject({ url })
      expect(headers).toMatchObject({ ...always, ...documentHeaders })
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  it('[SE350] leaves out of JSON what protects documents alone, where it was asked for with our header, which nothing that shows a document can send', async () => {
    server = await startTestServer({ config: { publicUrl: 'https://terrain.example' } })
    const desk = await server.join('coordinator')
    const campaignId = desk.joined.campaign.id
    const asked = { url: `/api/v1/campaigns/${campaignId}`, headers: { authorization: desk.headers['authorization'] ?? '' } }
    const ours = { 'x-terrain': desk.deviceId }
    const [plain, data, refused, table] = [await server.app.inject(asked), await server.app.inject({ ...asked, headers: { ...asked.headers, ...ours } }), await server.app.inject({ url: '/api/v1/entries', headers: ours }), await server.app.inject({ url: '/api/v1/export?format=csv&kind=challenge', headers: { ...asked.headers, ...ours, ...(await desk.proof('GET', '/export?format=csv&kind=challenge')) } })]
    expect([plain, data, refused].map(({ statusCode }) => statusCode)).toEqual([200, 200, 401])
    expect([plain.headers['content-type'], data.headers['content-type']]).toEqual(['application/json', 'application/json'])
    expect(plain.headers).toMatchObject({ ...always, ...documentHeaders })
    for (const { headers } of [data, refused]) {
      expect(headers).toMatchObject({ ...always, 'cache-control': 'no-store' })
      expect([...Object.keys(documentHeaders), 'content-security-policy'].filter((name) => headers[name] !== undefined)).toEqual([])
    }
    // Whatever is no JSON may be shown, whoever asks for it.
    expect([table.headers['content-type'], table.headers]).toEqual([expect.not.stringContaining('json'), expect.objectContaining({ ...always, ...documentHeaders })])
  })

  it('[SE351] keeps its connection without a word of it in HTTP/1.1, where that is the rule, and says when it closes it', async () => {
    server = await startTestServer()
    const url = await server.app.listen({ port: 0, host: '127.0.0.1' })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<number | undefined>()
    const get = (headers: Readonly<Record<string, string>> = {}) => new Promise<IncomingMessage>((resolve, reject) => {
      ask(`${url}/api/v1/health`, { agent, headers }, (answer) => {
        ports.add(answer.socket.localPort)
        answer.resume().on('end', () => resolve(answer))
      }).on('error', reject).end()
    })
    const told = [await get(), await get(), await get()].map(({ headers }) => [headers.connection, headers['keep-alive']])
    expect([told, ports.size]).toEqual([[[undefined, undefined], [undefined, undefined], [undefined, undefined]], 1])
    expect((await get({ connection: 'close' })).headers.connection).toBe('close')
    agent.destroy()
  })

  it('[SE650] a quiet connection is ended by the proxy and not by us: we keep it for longer than those that come with Terrain do', async () => {
    server = await startTestServer()
    const { keepAliveTimeout } = server.app.server
    // Caddy's own time, and nginx's for `upstream`: the files that come with Terrain set no other.
    const [caddyMs, nginxMs] = [120_000, 60_000]
    expect(keepAliveTimeout).toBeGreaterThan(Math.max(caddyMs, nginxMs) + 5_000)
    expect(readFileSync('deploy/caddy/Caddyfile', 'utf8')).not.toMatch(/^\s*keepalive/m)
    expect(readFileSync('deploy/nginx/terrain.conf', 'utf8').split('\nlimit_conn_zone')[0]).not.toContain('keepalive_timeout')
  })

  it('[SE326] who is slow or opens and opens is let go: a request has two minutes, a process four thousand connections', async () => {
    server = await startTestServer()
    const { requestTimeout, timeout, maxConnections, headersTimeout } = server.app.server
    expect({ requestTimeout, timeout, maxConnections }).toEqual({ requestTimeout: 120_000, timeout: 130_000, maxConnections: 4_000 })
    expect(headersTimeout).toBeLessThanOrEqual(60_000)
  })
})
