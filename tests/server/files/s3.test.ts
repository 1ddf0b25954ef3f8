import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CampaignId, Sha256 } from '#domain/ids.ts'
import { createS3Client } from '#server/files/s3-client.ts'
import type { S3Bucket } from '#server/files/s3-client.ts'
import { ShelfUnavailable } from '#server/files/shelf.ts'
import { hastyTimes, s3ShelfOn } from '../../support/contracts/shelves.ts'
import { S3Server } from '../../support/s3-server.ts'

const bytes = Buffer.from('what a phone took a picture of')
const place = { campaignId: '0190a0b0-0000-7000-8000-000000000001' as CampaignId, sha256: createHash('sha256').update(bytes).digest('hex') as Sha256 }

describe('storage that speaks S3', () => {
  let server: S3Server
  beforeEach(async () => {
    server = await S3Server.start()
  })
  afterEach(() => server.close())

  it('[SE61] an object is named by kind, campaign and hash', async () => {
    await s3ShelfOn(server.bucket).keepBytes('received', place, bytes)
    expect([...server.objects.keys()]).toEqual([`received/${place.campaignId}/${place.sha256}`])
    expect(server.requests).toEqual([`PUT /reports/received/${place.campaignId}/${place.sha256}`, `GET /reports/received/${place.campaignId}/${place.sha256}`])
  })

  it.each(['gone', 'broken', 'silent', 'torn', 'forgetful', 'cut', 'endless'] as const)('[SE61] storage that is %s keeps nothing for sure, and the same file is kept when it is well again', async (mood) => {
    const shelf = s3ShelfOn(server.bucket, hastyTimes(server))
    server.mood = mood
    await expect(shelf.keepBytes('received', place, bytes)).rejects.toBeInstanceOf(ShelfUnavailable)
    server.mood = 'well'
    await shelf.keepBytes('received', place, bytes)
    expect(await shelf.read('received', place)).toEqual(new Uint8Array(bytes))
  })

  it.each(['gone', 'broken', 'silent'] as const)('[SE61] storage that is %s says neither that a file is there nor that it is missing', async (mood) => {
    const shelf = s3ShelfOn(server.bucket, hastyTimes(server))
    server.mood = mood
    await expect(shelf.has('received', place)).rejects.toBeInstanceOf(ShelfUnavailable)
    await expect(shelf.read('received', place)).rejects.toBeInstanceOf(ShelfUnavailable)
  })

  it('[SE61] three tries are made, no more, and each is ended by time', async () => {
    server.mood = 'silent'
    const startedAt = performance.now()
    await expect(s3ShelfOn(server.bucket, hastyTimes(server)).read('received', place)).rejects.toThrow('S3: unreachable')
    expect(server.requests.length).toBe(3)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('[SE871] no more is read of an answer than twice the longest file, and what is longer is not what was kept', async () => {
    const shelf = s3ShelfOn(server.bucket, { tryMs: 20_000, waitsMs: [] })
    server.mood = 'endless'
    const read = await shelf.read('received', place)
    expect(read?.length).toBeLessThan(18_000_000)
    // What has been on its way when nobody read any more.
    expect(server.sentWithoutEnd).toBeLessThan(40_000_000)
  })

  it('[SE872] who sends much, or is told that much comes, has more time than the storage has to answer', async () => {
    const [big, tryMs] = [Buffer.alloc(300_000, 'big'), 400]
    const slowly: typeof fetch = async (url, init) => {
      await wait(1_000)
      return init?.signal?.aborted === true ? Promise.reject(init.signal.reason as Error) : fetch(url, init)
    }
    const client = createS3Client(server.bucket, { clock: { now: () => Date.now() }, fetch: slowly, wait: () => Promise.resolve(), times: { tryMs, waitsMs: [] } })
    expect(await client.put('received/a/b', big)).toEqual({ ok: true, value: null })
    expect(await client.put('received/a/c', bytes)).toEqual({ ok: false, problem: { kind: 'unreachable', reason: 'the storage did not answer in time' } })
    const { body, headers } = new Response(big, { headers: { 'content-length': String(big.length) } })
    const late: typeof fetch = () => Promise.resolve(new Response(body?.pipeThrough(new TransformStream({ flush: () => wait(1_000) })), { headers }))
    const reading = createS3Client(server.bucket, { clock: { now: () => Date.now() }, fetch: late, wait: () => Promise.resolve(), times: { tryMs, waitsMs: [] } })
    expect(await reading.get('received/a/b')).toEqual({ ok: true, value: new Uint8Array(big) })
  })

  it('[SE61] one failed try is not a failure', async () => {
    server.mood = 'broken'
    const heal = () => Promise.resolve((server.mood = 'well'))
    const client = createS3Client(server.bucket, { clock: { now: () => Date.now() }, fetch, wait: heal, times: hastyTimes(server) })
    expect(await client.put('received/a/b', bytes)).toEqual({ ok: true, value: null })
    expect(server.requests.length).toBe(2)
  })

  it.each<[string, Partial<S3Bucket>, string]>([
    ['a wrong key', { secretAccessKey: 'another' }, '403 SignatureDoesNotMatch'],
    ['a wrong name', { accessKeyId: 'NOBODY' }, '403 InvalidAccessKeyId'],
    ['a wrong region', { region: 'us-east-1' }, '400 AuthorizationHeaderMalformed'],
    ['a bucket that does not exist', { bucket: 'elsewhere' }, '404 NoSuchBucket'],
  ])('[SE61] %s is refused at once, in words that help the operator', async (_, wrong, words) => {
    const shelf = s3ShelfOn({ ...server.bucket, ...wrong })
    await expect(shelf.read('received', place)).rejects.toThrow(words)
    await expect(shelf.keepBytes('received', place, bytes)).rejects.toThrow(words)
    expect(server.requests.length).toBe(2)
    expect(server.objects.size).toBe(0)
  })

  it('[SE61] bytes altered on the way are refused by the storage', async () => {
    const alter: typeof fetch = (url, init) => fetch(url, init?.body === undefined ? init : { ...init, body: 'what a phone took a picture oF' })
    const client = createS3Client(server.bucket, { clock: { now: () => Date.now() }, fetch: alter, wait: () => Promise.resolve(), times: hastyTimes(server) })
    expect(await client.put('received/a/b', bytes)).toEqual({ ok: false, problem: { kind: 'refused', reason: 'the storage answered 400 XAmzContentSHA256Mismatch' } })
    expect(server.objects.size).toBe(0)
  })

  it('[SE61] a request is signed as in the example that the maker of the protocol published', async () => {
    const headers = { 'x-amz-content-sha256': createHash('sha256').update('').digest('hex') }
    const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
    const signer = new AwsV4Signer({ ...keys, headers, method: 'GET', url: 'https://examplebucket.s3.amazonaws.com/?lifecycle', region: 'us-east-1', service: 's3', datetime: '20130524T000000Z' })
    expect(await signer.signature()).toBe('fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543')
  })
})
