import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleType } from '#protocol/bundle-file.ts'
import { mostLines, mostPieces } from '#server/http/fine-bodies.ts'
import { parseEarly } from '#server/parse-early.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const many = (open: string, close: string, item: string, bytes: number) => `${open}${`${item},`.repeat(Math.floor(bytes / (item.length + 1)))}${item}${close}`
const nearlyAll = 1_900_000

describe('bodies that are made to cost much', () => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer()
    ;[ruth, awa] = [await server.join('coordinator'), await server.join('volunteer')]
  })
  afterAll(() => server.close())

  const send = async (method: 'POST' | 'PATCH', path: string, payload: string | Buffer, { by, type = 'application/json', encoding }: { readonly by: ScriptDevice | null; readonly type?: string; readonly encoding?: string }) => {
    const headers = { ...(by === null ? { 'x-terrain': '1' } : by.headers), 'content-type': type, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) }
    const answer = await server.app.inject({ method, url: `/api/v1${path}`, headers, payload })
    return [answer.statusCode, answer.json<{ at?: readonly string[] }>().at?.length] as const
  }

  it('[SE297] what does not fit is looked for once, whoever sends it: not six hundred thousand times', async () => {
    expect(await send('POST', '/join/look', many('{"invite":"x","devices":[', ']}', '1', 16_000), { by: null })).toEqual([400, 1])
    expect(await send('POST', '/sync', many('{"run":{"changes":[', ']}}', '{}', nearlyAll), { by: awa })).toEqual([400, 1])
    expect(await send('PATCH', `/campaigns/${server.campaign.id}`, many('{"revision":1,"set":{"areas":[', ']}}', '{}', nearlyAll), { by: ruth })).toEqual([400, 1])
    expect((await send('POST', '/import?format=bundle', many('{"runs":[', ']}', '{}', nearlyAll), { by: awa, type: 'text/plain' }))[0]).toBe(400)
  })

  it('[SE297] so it is in the whole of each program, also far from a route: a list of a thousand faults has one', async () => {
    const faults = () => v.safeParse(v.array(v.string()), Array.from({ length: 1000 }, () => 1)).issues?.length
    try {
      expect(faults()).toBe(1000)
      parseEarly()
      expect(faults()).toBe(1)
    } finally {
      v.deleteGlobalConfig()
    }
    for (const program of ['main.ts', 'cli/main.ts', 'cli/backup-process.ts']) expect(await readFile(new URL(`../../../src/server/${program}`, import.meta.url), 'utf8')).toMatch(/^parseEarly\(\)$/m)
  })

  it('[SE297] a file of too many pieces is too large, packed or not, and one with as many letters is not', async () => {
    const brackets = Buffer.from(many('{"runs":[', ']}', '{}', 90_000_000))
    expect((await send('POST', '/import?format=bundle', gzipSync(brackets), { by: awa, type: 'text/plain', encoding: 'gzip' }))[0]).toBe(413)
    expect((await send('POST', '/import?format=bundle', many('{"runs":[', ']}', '{}', mostPieces * 2), { by: awa, type: 'text/plain' }))[0]).toBe(413)
    expect((await send('POST', '/import?format=bundle', JSON.stringify({ runs: '[{,\\"'.repeat(mostPieces) }), { by: awa, type: 'text/plain' }))[0]).toBe(400)
    expect((await send('POST', '/import?format=csv', 'a,'.repeat(mostPieces + 1), { by: ruth, type: 'text/csv' }))[0]).toBe(413)
    expect((await send('POST', '/import?format=csv', '1\n'.repeat(mostLines + 1), { by: ruth, type: 'text/csv' }))[0]).toBe(413)
    expect((await send('POST', '/import?format=table', JSON.stringify({ text: '1\n'.repeat(mostLines + 1) }), { by: ruth }))[0]).toBe(413)
    expect((await send('POST', '/import?format=csv', '1\n'.repeat(1000), { by: ruth, type: 'text/csv' }))[0]).toBe(422)
  })

  it('[SE23] [SE297] a map whose features share no property, and one with lists within lists, are too large and no failure of the server', async () => {
    const map = (properties: (nth: number) => string, features: number) => `{"type":"FeatureCollection","features":[${Array.from({ length: features }, (_, nth) => `{"type":"Feature","properties":{${properties(nth)}},"geometry":null}`).join(',')}]}`
    for (const text of [map((nth) => `"a${nth}":1`, 5000), map((nth) => `"a${nth}":1`, 1500), map(() => `"a":${'['.repeat(100_000)}${']'.repeat(100_000)}`, 1), map(() => `"a":[${'{"b":'.repeat(50_000)}1${'}'.repeat(50_000)}]`, 1)]) {
      expect((await send('POST', '/import?format=geojson', text, { by: ruth, type: 'text/plain' }))[0]).toBe(413)
    }
  })

  it('[SE297] nor does a file in UTF-16 hide its pieces behind half a letter that looks like a quotation mark', async () => {
    const inUtf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')
    for (const format of ['geojson', 'table']) expect((await send('POST', `/import?format=${format}`, inUtf16(`{"∀":${many('[', ']', '{}', mostPieces * 4)}}`), { by: ruth, type: 'text/plain' }))[0]).toBe(413)
    // Nor does half of a letter of Gurmukhi end a line.
    expect((await send('POST', '/import?format=csv', inUtf16(`ਪਿੰਡ\n${'ਪਾਣੀ'.repeat(mostLines / 4)}\n`), { by: ruth, type: 'text/csv' }))[0]).toBe(422)
  })

  it('[SE297] [SE984] of files that are in memory whole a few are taken at a time, one of each member, whatever volunteers do one of a desk, and those that break off make room', async () => {
    const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
    const url = `${address}/api/v1/import?format=bundle`
    const as = (who: ScriptDevice, type: string) => ({ authorization: who.headers['authorization'] ?? '', 'x-terrain': '1', 'content-type': type })
    const begin = (who: ScriptDevice) => {
      const ending = new AbortController()
      const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{')) })
      const answer = fetch(url, { method: 'POST', headers: as(who, 'text/plain'), body, signal: ending.signal, duplex: 'half' } as RequestInit)
      return { end: () => ending.abort(), answer: answer.then(({ status }) => status, () => 'ended') }
    }
    const whole = (who: ScriptDevice, about = '') => fetch(`${url}${about}`, { method: 'POST', headers: as(who, 'text/plain'), body: '{}' }).then(({ status }) => status)
    const first = begin(awa)
    await expect.poll(() => whole(awa)).toBe(429)
    // Nor does it help to say that it has come in parts already.
    expect(await whole(awa, '&part=0190a0b0-0000-7000-8000-000000000000')).toBe(429)
    const [moussa, jean] = [await server.join('volunteer'), await server.join('coordinator')]
    expect(await whole(moussa)).toBe(429)
    // Volunteers keep no desk from its tables, however many they are.
    expect(await whole(ruth)).toBe(400)
    const second = begin(ruth)
    await expect.poll(() => whole(ruth)).toBe(429)
    expect(await whole(jean)).toBe(400)
    const streamed = await fetch(url, { method: 'POST', headers: as(awa, bundleType), body: 'nothing' })
    expect(streamed.status).toBe(400)
    for (const one of [first, second]) one.end()
    for (const who of [awa, ruth, moussa]) await expect.poll(() => whole(who)).toBe(400)
    expect(await Promise.all([first, second].map(({ answer }) => answer))).toEqual(['ended', 'ended'])
    for (let n = 0; n < 5; n += 1) expect(await whole(awa)).toBe(400)
  })
})
