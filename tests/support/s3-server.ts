import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Bucket } from '#server/files/s3-client.ts'

/** How a storage misbehaves. `torn` and `forgetful` say 200 all the same; `cut` ends in the middle of an answer, `endless` never does. */
export type S3Mood = 'well' | 'gone' | 'broken' | 'silent' | 'torn' | 'forgetful' | 'cut' | 'endless'

const hex = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const megabyte = Buffer.alloc(1_000_000, 'x')
const hmac = (key: Uint8Array | string, text: string) => createHmac('sha256', key).update(text).digest()

/**
 * A storage that speaks as much S3 as Terrain does, written from the specification of the protocol and not from our client: it
 * checks signature version 4 over every header that is signed, the hash of the payload and Content-MD5, as the real ones do.
 */
export class S3Server {
  readonly objects = new Map<string, Buffer>()
  readonly requests: string[] = []
  readonly bucket: S3Bucket
  mood: S3Mood = 'well'
  /** Bytes that somebody took of an answer that is `endless`. */
  sentWithoutEnd = 0
  #close: () => Promise<void>

  private constructor(endpoint: string, close: () => Promise<void>) {
    this.bucket = { endpoint, bucket: 'reports', region: 'eu-west-1', accessKeyId: 'TERRAIN', secretAccessKey: 'a/secret+key' }
    this.#close = close
  }

  static async start(): Promise<S3Server> {
    const http = createServer()
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const address = http.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const server = new S3Server(`http://127.0.0.1:${address.port}`, async () => {
      http.closeAllConnections()
      http.close()
      await once(http, 'close')
    })
    http.on('request', (request: IncomingMessage, response: ServerResponse) => void server.#serve(request, response).catch(() => request.destroy()))
    return server
  }

  close(): Promise<void> {
    return this.#close()
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    this.requests.push(`${method} ${url}`)
    if (this.mood === 'gone') return void request.socket.destroy()
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    if (this.mood === 'silent') return
    if (this.mood === 'endless') return pipeline(Readable.from(this.#withoutEnd()), response.writeHead(200)).catch(() => undefined)
    if (this.mood === 'broken') return say(response, 500, 'InternalError')
    const refused = this.#refusalOf(request, body)
    if (refused !== null) return say(response, ...refused)
    const key = decodeURIComponent(url).slice(`/${this.bucket.bucket}/`.length)
    if (method === 'PUT') {
      if (this.mood !== 'forgetful') this.objects.set(key, this.mood === 'torn' ? body.subarray(0, body.length - 1) : body)
      return void response.writeHead(200).end()
    }
    if (method === 'DELETE') {
      this.objects.delete(key)
      return void response.writeHead(204).end()
    }
    const object = this.objects.get(key)
    if (object === undefined) return say(response, 404, 'NoSuchKey')
    response.writeHead(200, { 'content-length': object.length })
    if (this.mood === 'cut' && method === 'GET') return void response.write(object.subarray(0, 10), () => request.socket.destroy())
    response.end(method === 'HEAD' ? undefined : object)
  }

  *#withoutEnd(): Generator<Buffer> {
    for (;;) {
      this.sentWithoutEnd += megabyte.length
      yield megabyte
    }
  }

  /** In the order of the real ones: who, then what. */
  #refusalOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): readonly [number, string] | null {
    const [, accessKey, day = '', region = '', signedHeaders = '', signature] = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? []
    if (accessKey !== this.bucket.accessKeyId) return [403, 'InvalidAccessKeyId']
    if (region !== this.bucket.region) return [400, 'AuthorizationHeaderMalformed']
    const names = signedHeaders.split(';')
    const [path = '', query = ''] = url.split('?')
    const payloadHash = String(headers['x-amz-content-sha256'])
    const canonical = [method, path, query, ...names.map((name) => `${name}:${String(headers[name]).trim()}`), '', signedHeaders, payloadHash].join('\n')
    const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, hex(canonical)].join('\n')
    const key = [region, 's3', 'aws4_request'].reduce<Uint8Array>((so, step) => hmac(so, step), hmac(`AWS4${this.bucket.secretAccessKey}`, day))
    if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => names.includes(name)) || hmac(key, toSign).toString('hex') !== signature) return [403, 'SignatureDoesNotMatch']
    if (!path.startsWith(`/${this.bucket.bucket}/`)) return [404, 'NoSuchBucket']
    if (payloadHash !== hex(body)) return [400, 'XAmzContentSHA256Mismatch']
    if (method === 'PUT' && headers['content-md5'] !== createHash('md5').update(body).digest('base64')) return [400, 'BadDigest']
    return null
  }
}

function say(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`)
}
