import type { FetchInit } from '#device/device-ground.ts'

type Send<Init, Answer> = (init: Init) => Promise<Answer>

/** Less gains little: a gzip file has a frame of its own. */
const worthBytes = 400

/**
 * Text bodies go compressed (RFC 9110, 8.4.1.3): a run of entries is a quarter of its size then, and on a slow line that is what somebody waits
 * for. Whoever answers that it cannot read that (415) gets the same as it is, then and from then on. So does who calls it malformed (400) and then
 * reads it as it is: something on the way has taken the header off, or has unpacked the body and left the header, and each entry would wait for ever.
 */
export function createGzippedSend<Init extends Pick<FetchInit, 'headers' | 'body'>, Answer extends { readonly status: number }>(send: Send<Init, Answer>): Send<Init, Answer> {
  let isRefused = false
  return async (init) => {
    const { body, headers } = init
    if (isRefused || typeof body !== 'string' || body.length < worthBytes) return send(init)
    const answer = await send({ ...init, headers: { ...headers, 'content-encoding': 'gzip' }, body: await gzipped(body) })
    if (answer.status !== 415 && answer.status !== 400) return answer
    const plain = await send(init)
    if (answer.status === 415 || plain.status !== 400) isRefused = true
    return plain
  }
}

async function gzipped(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
