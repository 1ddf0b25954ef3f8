import { createHash } from 'node:crypto'
import { AwsV4Signer } from 'aws4fetch'
import type { Clock } from '#domain/ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** One bucket, and who we are there. */
export interface S3Bucket {
  /** Without a slash at the end; the bucket is the first step of the path, which every S3-compatible storage understands. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** `unreachable` may pass by itself; `refused` needs the operator (keys, bucket, region). */
export interface S3Problem {
  readonly kind: 'unreachable' | 'refused'
  readonly reason: string
}

export interface S3Client {
  readonly put: (key: string, bytes: Uint8Array) => Promise<Result<null, S3Problem>>
  readonly get: (key: string) => Promise<Result<Uint8Array | null, S3Problem>>
  readonly has: (key: string) => Promise<Result<boolean, S3Problem>>
  readonly remove: (key: string) => Promise<Result<null, S3Problem>>
}

export interface S3Times {
  /** From the first byte sent to the last byte read, for one try, and as much more as what travels needs on a slow line. */
  readonly tryMs: number
  /** Waited before each further try; one try more than there are waits. */
  readonly waitsMs: readonly number[]
}

export const s3Times: S3Times = { tryMs: 10_000, waitsMs: [250, 1_000] }

export interface S3Ground {
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly wait: (ms: number) => Promise<unknown>
  readonly times: S3Times
}

interface Answer {
  readonly status: number
  readonly bytes: Uint8Array
}

/** Twice the longest file. What is longer is none of ours, and whoever compares it sees so: of an answer without an end a process would die. */
const mostBytes = 16_000_000

/** 100 kB a second: a line that carries less than so many bytes in a millisecond is taken for one that carries nothing. */
const slowestLine = 100

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * The four requests that Terrain makes of a bucket. Each ends after a time that is known beforehand, whatever the storage
 * does. The hash of what is sent is signed, so the storage refuses bytes that were altered on the way.
 */
export function createS3Client(bucket: S3Bucket, ground: S3Ground): S3Client {
  const ask = (method: 'PUT' | 'GET' | 'HEAD' | 'DELETE', key: string, body?: Uint8Array) => askPatiently(ground, () => askOnce(bucket, ground, { method, key, body }))
  return {
    put: async (key, bytes) => {
      const answer = await ask('PUT', key, bytes)
      if (!answer.ok) return answer
      return isDone(answer.value) ? ok(null) : fail(refusalOf(answer.value))
    },
    get: async (key) => {
      const answer = await ask('GET', key)
      if (!answer.ok) return answer
      if (isDone(answer.value)) return ok(answer.value.bytes)
      return isMissingKey(answer.value) ? ok(null) : fail(refusalOf(answer.value))
    },
    has: async (key) => {
      const answer = await ask('HEAD', key)
      if (!answer.ok) return answer
      if (isDone(answer.value)) return ok(true)
      return answer.value.status === 404 ? ok(false) : fail(refusalOf(answer.value))
    },
    remove: async (key) => {
      const answer = await ask('DELETE', key)
      if (!answer.ok) return answer
      return isDone(answer.value) || isMissingKey(answer.value) ? ok(null) : fail(refusalOf(answer.value))
    },
  }
}

async function askPatiently(ground: S3Ground, once: () => Promise<Result<Answer, S3Problem>>): Promise<Result<Answer, S3Problem>> {
  let answer = await once()
  for (const ms of ground.times.waitsMs) {
    if (answer.ok) return answer
    await ground.wait(ms)
    answer = await once()
  }
  return answer
}

async function askOnce({ endpoint, bucket, region, accessKeyId, secretAccessKey }: S3Bucket, { clock, fetch, times }: S3Ground, request: { readonly method: string; readonly key: string; readonly body: Uint8Array | undefined }): Promise<Result<Answer, S3Problem>> {
  const { method, key, body } = request
  const payload = body ?? new Uint8Array()
  const datetime = new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, '')
  const headers = { 'x-amz-content-sha256': sha256Hex(payload), ...(body === undefined ? {} : { 'content-md5': createHash('md5').update(body).digest('base64') }) }
  const signer = new AwsV4Signer({ method, url: `${endpoint}/${bucket}/${key}`, headers, region, accessKeyId, secretAccessKey, service: 's3', datetime })
  const giveUp = new AbortController()
  const within = (bytes: number) => setTimeout(() => giveUp.abort(new Error('the storage did not answer in time')), times.tryMs + bytes / slowestLine)
  let timer = within(payload.length)
  try {
    const signed = await signer.sign()
    const init = { method, headers: signed.headers, redirect: 'manual' as const, signal: giveUp.signal }
    const response = await fetch(signed.url, body === undefined ? init : { ...init, body: new Uint8Array(body) })
    clearTimeout(timer)
    timer = within(Math.min(Number(response.headers.get('content-length')), mostBytes))
    const answer = { status: response.status, bytes: await beginningOf(response) }
    return isPassing(answer.status) ? fail({ kind: 'unreachable', reason: `the storage answered ${answer.status}` }) : ok(answer)
  } catch (error) {
    return fail({ kind: 'unreachable', reason: reasonOf(error) })
  } finally {
    clearTimeout(timer)
  }
}

/** All of it, where it is not longer than any file. Who stops reading ends the request. */
async function beginningOf({ body }: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of body ?? []) {
    pieces.push(piece)
    length += piece.length
    if (length > mostBytes) break
  }
  return new Uint8Array(Buffer.concat(pieces))
}

function isDone({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** Overloaded, broken or too slow for itself: the same request may be answered a moment later. */
function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 429
}

/** A bucket that does not exist is 404 too, and must not read as "there is no such file". */
function isMissingKey(answer: Answer): boolean {
  return answer.status === 404 && codeOf(answer) === 'NoSuchKey'
}

function codeOf({ bytes }: Answer): string | null {
  return /<Code>(\w{1,60})<\/Code>/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? null
}

function refusalOf(answer: Answer): S3Problem {
  return { kind: 'refused', reason: `the storage answered ${answer.status}${codeOf(answer) === null ? '' : ` ${codeOf(answer)}`}` }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
