import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createGzippedSend } from '#device/media/gzipped.ts'

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

const words = JSON.stringify(Array.from({ length: 20 }, (_, n) => ({ n, text: 'No water since Monday — وصل الماء متأخراً.' })))

function line(statusOf: (sent: Sent) => number = () => 200): { readonly sent: readonly Sent[]; readonly send: (init: Sent) => Promise<{ readonly status: number }> } {
  const sent: Sent[] = []
  return { sent, send: createGzippedSend(async (init: Sent) => {
    sent.push(init)
    return { status: statusOf(init) }
  }) }
}

it('[ME40] words go compressed, and are the same words', async () => {
  const { sent, send } = line()
  await send({ headers: { 'content-type': 'application/json' }, body: words })
  const [{ headers, body } = { headers: {} }] = sent
  expect(headers).toEqual({ 'content-type': 'application/json', 'content-encoding': 'gzip' })
  expect(body).toBeInstanceOf(Uint8Array)
  expect(gunzipSync(body as Uint8Array).toString()).toBe(words)
  expect((body as Uint8Array).byteLength).toBeLessThan(words.length / 4)
})

it('[ME40] what is small, and what is no text, goes as it is', async () => {
  const { sent, send } = line()
  const bytes = new Uint8Array(2000)
  await send({ headers: {}, body: '{"small":true}' })
  await send({ headers: {}, body: bytes })
  expect(sent).toEqual([{ headers: {}, body: '{"small":true}' }, { headers: {}, body: bytes }])
})

it('[ME40] who cannot read it gets the same as it is, and no more of it', async () => {
  const { sent, send } = line(({ headers }) => (headers['content-encoding'] === 'gzip' ? 415 : 200))
  expect(await send({ headers: {}, body: words })).toEqual({ status: 200 })
  expect(await send({ headers: {}, body: words })).toEqual({ status: 200 })
  expect(sent.map(({ body }) => typeof body)).toEqual(['object', 'string', 'string'])
})

it('[ME41] where the header is lost on the way, or the packing without it, the same goes as it is; what is malformed all the same says nothing of packing', async () => {
  const { sent, send } = line(({ headers }) => (headers['content-encoding'] === 'gzip' ? 400 : 200))
  expect(await send({ headers: {}, body: words })).toEqual({ status: 200 })
  expect(await send({ headers: {}, body: words })).toEqual({ status: 200 })
  expect(sent.map(({ body }) => typeof body)).toEqual(['object', 'string', 'string'])
  const malformed = line(() => 400)
  for (const _ of [1, 2]) expect(await malformed.send({ headers: {}, body: words })).toEqual({ status: 400 })
  expect(malformed.sent.map(({ body }) => typeof body)).toEqual(['object', 'string', 'object', 'string'])
})
