import { once } from 'node:events'
import { request as ask } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export interface TrickledUpload {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly metadata: string
  readonly id: string
  readonly bytes: Buffer
  /** While it says so, the line is slow. */
  readonly isSlow: () => boolean
}

/**
 * Sends a file by tus as a phone on a slow line does, some bytes at a time in one long request, and asks after each break where it
 * stands. Resolves with the places from which it went on when all is kept.
 */
export async function trickle(upload: TrickledUpload): Promise<readonly number[]> {
  const { url, headers, metadata, id, bytes } = upload
  const resumedAt: number[] = []
  for (let tries = 0; tries < 200; tries += 1) {
    const head = await fetch(`${url}/api/v1/files/${id}`, { method: 'HEAD', headers }).catch(() => null)
    const offset = Number(head?.headers.get('upload-offset') ?? Number.NaN)
    if (head?.status === 200 && offset === bytes.length) return resumedAt
    if (head?.status === 404) await fetch(`${url}/api/v1/files`, { method: 'POST', headers: { ...headers, 'upload-length': String(bytes.length), 'upload-metadata': metadata } }).catch(() => null)
    else if (head?.status === 200) {
      if (tries > 1) resumedAt.push(offset)
      await sendSlowly(upload, offset)
    } else await wait(50)
  }
  throw new Error('the upload never ended')
}

/** Until all is sent, or somebody answers or breaks off before. */
async function sendSlowly({ url, headers, id, bytes, isSlow }: TrickledUpload, offset: number): Promise<void> {
  const request = ask(`${url}/api/v1/files/${id}`, { method: 'PATCH', headers: { ...headers, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream', 'content-length': bytes.length - offset } })
  const over = Promise.race([once(request, 'response'), once(request, 'close')]).then(() => undefined, () => undefined)
  const state = { isOver: false }
  void over.then(() => (state.isOver = true))
  for (let at = offset; at < bytes.length && !state.isOver; ) {
    const end = isSlow() ? at + slowBytes : bytes.length
    request.write(bytes.subarray(at, end), () => undefined)
    at = end
    await wait(100)
  }
  if (!state.isOver) request.end()
  await over
  request.destroy()
}

const slowBytes = 1_000
