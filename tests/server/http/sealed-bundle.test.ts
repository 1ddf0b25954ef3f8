import { createHash } from 'node:crypto'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#server/http/access.ts'
import type { Store, StoredChange } from '#server/store/store.ts'
import { bundleType } from '#protocol/bundle-file.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import { chunkBytes, tagBytes } from '#protocol/chunk-stream.ts'
import { verifyCampaign } from '#server/sync/verify.ts'
import { importParts, maxPartBytes, takePart } from '#server/transfer/bundle-parts.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { savedSecret } from '../../support/carried-phones.ts'
import { databasesWhenDeep } from '../../support/databases.ts'
import { realPhone } from '../../support/real-phone.ts'
import type { RealPhone } from '../../support/real-phone.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { SteppedClock, TestServer } from '../../support/test-server.ts'
import { bytesOf } from '../../support/unsent.ts'

const isDeep = process.env['TERRAIN_TEST'] === 'deep'
/** What is done to a file has nothing to do with the database; on the slower one some are enough. */
const mutationsOn = (database: string): number => (isDeep ? 5000 : 300) / (database === 'SQLite' ? 1 : 10)

describe.each(databasesWhenDeep)('sealed bundles, on %s', (database) => {
  let server: TestServer
  let author: RealPhone
  let courier: ScriptDevice
  let whole: Buffer
  let another: Buffer

  beforeAll(async () => {
    server = await startTestServer({ database })
    courier = await server.join('volunteer')
    author = await realPhone(server)
    author.ground.setOnline(false)
    for (let n = 0; n < 4; n += 1) await savedSecret(author, n, 90_000)
    whole = await bytesOf(await author.device.exportUnsent())
    another = await bytesOf(await author.device.exportUnsent())
  })
  afterAll(async () => {
    author.device.close()
    await server.close()
  })

  const bring = async (bytes: Uint8Array, by = courier) => {
    const { 'content-type': _, ...headers } = by.headers
    const answer = await server.app.inject({ method: 'POST', url: '/api/v1/import?format=bundle', headers: { ...headers, 'content-type': bundleType }, payload: Buffer.from(bytes) })
    return { status: answer.statusCode, json: answer.json<Record<string, unknown>>() }
  }

  it('[SE81] cut, altered, reordered and spliced files are refused with a code, and a whole copy brought later completes what was taken', async () => {
    const [codes, mutations] = [new Map<string, number>(), mutationsOn(database)]
    for (let n = 0; n < mutations; n += 1) {
      const { name, bytes } = mutated(n, whole, another)
      const { status, json } = await bring(bytes)
      const code = String(json['code'])
      expect([n, name, status >= 400 && status < 500, ['bundle-broken', 'bundle-foreign', 'bundle-newer', 'malformed-request'].includes(code)]).toEqual([n, name, true, true])
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect(codes.get('bundle-broken')).toBeGreaterThan(mutations / 2)
    const { status, json } = await bring(whole)
    expect([status, Number(json['accepted']) + Number(json['duplicates']), json['refused'], json['files']]).toEqual([200, 4, [], 8])
    expect((await records()).length).toBe(4)
    expect(await verifyCampaign(server.context.store, server.campaign.id)).toMatchObject({ faults: [] })
    expect((await server.context.store.entries.rebuild(server.campaign.id)).differing).toEqual([])
  }, isDeep ? 1_200_000 : 120_000)

  it('[SE81] what says that it is one and is altered in its first lines is damaged, and nothing that the app did wrong', async () => {
    const asText = Buffer.from(whole.toString('latin1').replaceAll('\n', '\r\n'), 'latin1')
    for (const bytes of [asText, whole.subarray(0, 100)]) expect(await bring(bytes)).toMatchObject({ status: 422, json: { code: 'bundle-broken' } })
    expect(await bring(Buffer.from('Not a bundle'))).toMatchObject({ status: 400, json: { code: 'malformed-request' } })
  })

  it('[SE80] brought again it adds nothing, and the author is the author, whoever brought it', async () => {
    const desk = await server.join('coordinator')
    expect((await bring(another, desk)).json).toMatchObject({ accepted: 0, duplicates: 4, refused: [] })
    const all = await records()
    expect(new Set(all.map(({ memberId }) => String(memberId)))).toEqual(new Set([String(author.device.membership.get()?.member.id)]))
    expect(new Set(all.map(({ carriedBy }) => String(carriedBy)))).toEqual(new Set([String(courier.joined.member.id)]))
  })

  it('[SE82] one for another campaign, or sealed for a key that the campaign does not have, is foreign', async () => {
    const stranger = await server.joinOther('volunteer')
    expect(await bring(whole, stranger)).toMatchObject({ status: 422, json: { code: 'bundle-foreign' } })
    const to = whole.toString('latin1').replace(/"to":"[^"]+"/, `"to":"${'A'.repeat(43)}"`)
    expect(await bring(Buffer.from(to, 'latin1'))).toMatchObject({ status: 422, json: { code: 'bundle-foreign' } })
    const [, json = ''] = whole.toString('latin1').split('\n')
    expect(await bring(Buffer.from(`terrain-bundle/3\n${json}\n`))).toMatchObject({ status: 422, json: { code: 'bundle-newer' } })
  })

  it('[SE83] [SE875] parts go on where the server stands, whatever is sent twice, too early or at the wrong place, and begin anew where a power cut left half an answer', async () => {
    const id = idOf(whole)
    const part = (at: number, bytes: Uint8Array, by = courier) => sendPart(server, by, { id, at, bytes })
    expect(await part(0, new Uint8Array(0))).toEqual({ size: 0 })
    expect(await part(500, whole.subarray(500, 900))).toEqual({ size: 0 })
    expect(await part(0, whole.subarray(0, 1000))).toEqual({ size: 1000 })
    expect(await part(0, whole.subarray(0, 1000))).toEqual({ size: 1000 })
    expect(await part(5000, whole.subarray(5000, 6000))).toEqual({ size: 1000 })
    // Another phone that carries the same file stands somewhere else.
    const other = await server.join('volunteer')
    expect(await part(0, new Uint8Array(0), other)).toEqual({ size: 0 })
    expect(await part(1000, whole.subarray(1000))).toEqual({ size: whole.length })
    const take = () => server.app.inject({ method: 'POST', url: `/api/v1/import?format=bundle&part=${id}`, headers: { authorization: courier.headers['authorization'] ?? '', 'x-terrain': '1' } })
    const [first, again] = [(await take()).json<unknown>(), (await take()).json<unknown>()]
    expect(first).toMatchObject({ duplicates: 4 })
    expect(again).toEqual(first)
    expect(await part(0, new Uint8Array(0))).toEqual({ size: whole.length })
    // A copy below which mail has written its own is longer, and comes to its end as well.
    expect(await part(whole.length, Buffer.from('-- \n'))).toEqual({ size: whole.length + 4 })
    expect((await take()).json<unknown>()).toEqual(first)
    expect((await readdir(server.context.uploadDir)).filter((name) => name.startsWith('bundle.') && !name.endsWith('.done'))).toEqual([])

    // The power went before the answer was on the disk.
    const kept = join(server.context.uploadDir, (await readdir(server.context.uploadDir)).find((name) => name.includes(courier.deviceId) && name.endsWith('.done')) ?? '')
    const answer = await readFile(kept)
    for (const left of [Buffer.alloc(0), answer.subarray(0, 20), Buffer.alloc(answer.length)]) {
      await writeFile(kept, left)
      expect(await part(0, new Uint8Array(0))).toEqual({ size: 0 })
    }
    await writeFile(kept, answer)

    // The folder was kept, and the database is restored from a time before.
    const store = Object.assign(Object.create(server.context.store) as Store, { epoch: () => Promise.resolve('of a restore') })
    const [context, actor] = [{ ...server.context, store }, { campaign: server.campaign, device: { id: courier.deviceId } } as Actor]
    expect(await takePart(context, actor, id as BundleId, { at: 0, bytes: new Uint8Array(0) })).toBe(0)
    await expect(importParts(context, actor, id as BundleId, () => Promise.resolve())).rejects.toMatchObject({ problem: { code: 'upload-gone' } })
  })

  it('[SE84] nobody fills the disk with parts: they have a size, a number and an end', async () => {
    const hoarder = await server.join('volunteer')
    for (let n = 0; n < 6; n += 1) await sendPart(server, hoarder, { id: `0190a0b0-0000-7000-8000-00000000000${n}`, at: 0, bytes: Buffer.from('x') })
    expect((await readdir(server.context.uploadDir)).filter((name) => name.includes(hoarder.deviceId))).toHaveLength(4)
    const large = await server.app.inject({ method: 'POST', url: `/api/v1/import/parts/${idOf(whole)}?at=0`, headers: { ...hoarder.headers, 'content-type': 'application/octet-stream' }, payload: Buffer.alloc(maxPartBytes + 1) })
    expect(large.json()).toMatchObject({ code: 'too-large' })
    const gone = await server.app.inject({ method: 'POST', url: '/api/v1/import?format=bundle&part=0190a0b0-0000-7000-8000-0000000000ff', headers: { authorization: hoarder.headers['authorization'] ?? '', 'x-terrain': '1' } })
    expect(gone.json()).toMatchObject({ code: 'upload-gone' })
  })

  async function records(): Promise<readonly StoredChange[]> {
    return (await server.context.store.changes.scan(server.campaign.id, 0, 1000)).filter(({ type }) => type === 'record')
  }
})

describe('a sealed bundle beyond the limit', () => {
  it('[SE295] waits where it stands: its parts are not sent once more', async () => {
    const server = await startTestServer({ config: { flood: { told: 1, most: 2, megabytes: 2000 } } })
    const [courier, author] = [await server.join('volunteer'), await realPhone(server)]
    author.ground.setOnline(false)
    const take = async (bundle: Buffer) => {
      await sendPart(server, courier, { id: idOf(bundle), at: 0, bytes: bundle })
      return (await server.app.inject({ method: 'POST', url: `/api/v1/import?format=bundle&part=${idOf(bundle)}`, headers: { authorization: courier.headers['authorization'] ?? '', 'x-terrain': '1' } })).statusCode
    }
    for (let n = 0; n < 2; n += 1) await savedSecret(author, n, 100)
    const first = await take(await bytesOf(await author.device.exportUnsent()))
    await savedSecret(author, 2, 100)
    const second = await bytesOf(await author.device.exportUnsent())
    expect([first, await take(second), await sendPart(server, courier, { id: idOf(second), at: 0, bytes: new Uint8Array(0) })]).toEqual([200, 429, { size: second.length }])
    ;(server.context.clock as SteppedClock).advance(3_600_001)
    expect(await take(second)).toBe(200)
    author.device.close()
    await server.close()
  })
})

function idOf(bundle: Buffer): string {
  return (JSON.parse(bundle.toString('latin1').split('\n')[1] ?? '') as { readonly id: string }).id
}

async function sendPart(server: TestServer, by: ScriptDevice, { id, at, bytes }: { readonly id: string; readonly at: number; readonly bytes: Uint8Array }): Promise<unknown> {
  const answer = await server.app.inject({ method: 'POST', url: `/api/v1/import/parts/${id}?at=${at}`, headers: { ...by.headers, 'content-type': 'application/octet-stream' }, payload: Buffer.from(bytes) })
  return answer.json()
}

/** The n-th way to do harm to a file: the same number does the same. */
function mutated(n: number, whole: Buffer, another: Buffer): { readonly name: string; readonly bytes: Uint8Array } {
  const dice = createHash('sha256').update(`mutation ${n}`).digest()
  const headEnd = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1
  const [head, body] = [whole.subarray(0, headEnd), whole.subarray(headEnd)]
  const chunks = cut(body)
  const [i, j] = [dice.readUInt32BE(0) % chunks.length, dice.readUInt32BE(4) % chunks.length]
  const kinds: Readonly<Record<string, () => Uint8Array>> = {
    'cut anywhere': () => whole.subarray(0, dice.readUInt32BE(8) % whole.length),
    'cut between two chunks': () => Buffer.concat([head, ...chunks.slice(0, Math.max(0, chunks.length - 1 - (i % 3)))]),
    'one bit': () => flipped(whole, dice.readUInt32BE(8) % whole.length, dice[12] ?? 0),
    'one bit of the head': () => flipped(whole, dice.readUInt32BE(8) % headEnd, dice[12] ?? 0),
    'one bit of the last tag': () => flipped(whole, whole.length - 1 - (dice.readUInt32BE(8) % tagBytes), dice[12] ?? 0),
    'two chunks changed places': () => Buffer.concat([head, ...chunks.map((chunk, at) => (at === i ? chunks[(i + 1) % chunks.length] ?? chunk : at === (i + 1) % chunks.length ? chunks[i] ?? chunk : chunk))]),
    'a chunk is missing': () => Buffer.concat([head, ...chunks.filter((_, at) => at !== j)]),
    'a chunk comes twice': () => Buffer.concat([head, ...chunks.flatMap((chunk, at) => (at === j ? [chunk, chunk] : [chunk]))]),
    'a chunk of another file': () => Buffer.concat([head, ...chunks.map((chunk, at) => (at === j ? cut(bodyOf(another))[j] ?? chunk : chunk))]),
    'the head of another file': () => Buffer.concat([another.subarray(0, another.length - bodyOf(another).length), body]),
    'something behind it': () => Buffer.concat([whole, dice.subarray(0, 1 + (dice[13] ?? 0) % 20)]),
  }
  const names = Object.keys(kinds)
  const name = names[n % names.length] ?? ''
  return { name, bytes: kinds[name]?.() ?? whole }
}

function bodyOf(bundle: Buffer): Buffer {
  return bundle.subarray(bundle.indexOf('\n', bundle.indexOf('\n') + 1) + 1)
}

function cut(body: Buffer): readonly Buffer[] {
  const size = chunkBytes + tagBytes
  return Array.from({ length: Math.ceil(body.length / size) }, (_, n) => body.subarray(n * size, (n + 1) * size))
}

function flipped(bytes: Buffer, at: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8))
  return copy
}
