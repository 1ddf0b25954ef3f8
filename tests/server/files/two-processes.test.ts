import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { openedInert } from '#server/files/inert-shelf.ts'
import { ScriptDevice, systemDeps } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { S3Server } from '../../support/s3-server.ts'
import { ServerProcess } from '../../support/server-process.ts'

const rounds = process.env['TERRAIN_TEST'] === 'deep' ? 40 : 4
const pieceBytes = 60_000
let s3: S3Server
let servers: readonly ServerProcess[]
let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'terrain-two-'))
  s3 = await S3Server.start()
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = s3.bucket
  for (const [name, value] of Object.entries({ S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey })) vi.stubEnv(name, value)
  servers = [await ServerProcess.create(dataDir), await ServerProcess.create(dataDir)]
  for (const server of servers) await server.start()
})
afterEach(async () => {
  for (const server of servers) await server.kill()
  vi.unstubAllEnvs()
  await s3.close()
  await rm(dataDir, { recursive: true, force: true })
})

it(`[SE64] two processes race for one upload ${rounds} times: one file in the bucket, its bytes as they were, and one receipt`, { timeout: rounds * 30_000 }, async () => {
  const [first] = servers
  if (first === undefined) throw new Error('no server')
  const phone = await ScriptDevice.join(systemDeps(first.url), first.invite, { name: 'Ruth', language: 'en' })
  const campaign = phone.joined.campaign.id
  for (let round = 0; round < rounds; round += 1) {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 13 + (index >> 9) + round) % 256))
    const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256
    const record = phone.change('record', { content: aChallenge({ photos: [{ sha256, bytes: bytes.length, type: 'image/jpeg', width: 64, height: 64, thumb: { sha256, bytes: 10 } }], consentPhoto: true }) })
    await phone.push([record])
    await Promise.all(servers.map(({ url }) => race(phone, { url, bytes, sha256, entryId: record.entryId, campaign })))
    expect(Buffer.from(openedInert('received', { sha256 }, s3.objects.get(`received/${campaign}/${sha256}`) ?? Buffer.alloc(0))).equals(bytes)).toBe(true)
    const { items } = await phone.push([], { after: 0 })
    expect(JSON.stringify(items).split(`"fileStored"`).length - 1).toBe(round + 1)
  }
})

/** As a phone does whose connection changes between two servers: ask, make, send a piece, ask again, until the file is kept. */
async function race(phone: ScriptDevice, file: { readonly url: string; readonly bytes: Buffer; readonly sha256: Sha256; readonly entryId: EntryId; readonly campaign: string }): Promise<void> {
  const { url, bytes, sha256, entryId, campaign } = file
  const path = `${url}/api/v1/files/${campaign}.${phone.deviceId}.${sha256}`
  const headers = { authorization: phone.headers['authorization'] ?? '', 'x-terrain': '1', 'tus-resumable': '1.0.0' }
  const metadata = Object.entries({ sha256, type: 'image/jpeg', entryId, campaignId: campaign }).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',')
  for (let tries = 0; tries < 60; tries += 1) {
    const head = await fetch(path, { method: 'HEAD', headers })
    const offset = Number(head.headers.get('upload-offset') ?? Number.NaN)
    if (head.status === 200 && offset === bytes.length) return
    if (head.status === 404) await fetch(`${url}/api/v1/files`, { method: 'POST', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': metadata } })
    else if (head.status === 200) await fetch(path, { method: 'PATCH', headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body: new Uint8Array(bytes.subarray(offset, offset + pieceBytes)) })
    else await wait(20)
  }
  throw new Error('the upload never ended')
}
