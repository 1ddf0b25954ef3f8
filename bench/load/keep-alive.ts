import { once } from 'node:events'
import { Agent, request as ask } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

export interface Asked {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly token: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answered {
  readonly text: string
  /** Milliseconds from the request to the first byte of its answer, and to the last. */
  readonly firstByteMs: number
  readonly ms: number
}

/** One client with one connection that stays open, which asks for compressed answers as browsers do. */
export class KeepAlive {
  readonly #base: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  constructor(base: string) {
    this.#base = base
  }

  async request(asked: Asked): Promise<Answered> {
    const { response, began } = await this.#open(asked)
    const firstByteMs = performance.now() - began
    const pieces: Buffer[] = []
    for await (const piece of response) pieces.push(piece as Buffer)
    const ms = performance.now() - began
    const text = unpacked(Buffer.concat(pieces), response.headers['content-encoding']).toString('utf8')
    if (response.statusCode !== 200) throw new Error(`${asked.path} was answered with ${String(response.statusCode)}: ${text.slice(0, 300)}`)
    return { text, firstByteMs, ms }
  }

  /** Reads a large answer and keeps none of it; `see` may look at each piece. */
  async drain(asked: Asked, see: (piece: Buffer) => void = () => undefined): Promise<Omit<Answered, 'text'> & { readonly bytes: number }> {
    const { response, began } = await this.#open(asked)
    let [firstByteMs, bytes] = [NaN, 0]
    for await (const piece of response) {
      if (bytes === 0) firstByteMs = performance.now() - began
      bytes += (piece as Buffer).length
      see(piece as Buffer)
    }
    if (response.statusCode !== 200) throw new Error(`${asked.path} was answered with ${String(response.statusCode)}`)
    return { firstByteMs, ms: performance.now() - began, bytes }
  }

  close(): void {
    this.#agent.destroy()
  }

  async #open({ method = 'GET', path, token, body, headers = {} }: Asked): Promise<{ readonly response: IncomingMessage; readonly began: number }> {
    const sending = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'x-terrain': '1' }
    const began = performance.now()
    const asking = ask(`${this.#base}${path}`, { method, agent: this.#agent, headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip, deflate, br, zstd', ...sending, ...headers } })
    asking.end(body)
    const [response] = (await once(asking, 'response')) as [IncomingMessage]
    return { response, began }
  }
}

function unpacked(bytes: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'br') return brotliDecompressSync(bytes)
  if (encoding === 'gzip') return gunzipSync(bytes)
  if (encoding === 'deflate') return inflateSync(bytes)
  return encoding === 'zstd' ? zstdDecompressSync(bytes) : bytes
}
