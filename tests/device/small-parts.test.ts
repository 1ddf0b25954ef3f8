import { expect, it } from 'vitest'
import { sendBundle } from '#device/sync/bundle-parts.ts'
import type { Http } from '#device/sync/http.ts'
import { fail, ok } from '#domain/result.ts'
import type { BundleId } from '#protocol/bundle-file.ts'

it('[SY782] a carried file goes in smaller parts where the line lets no larger one through, from where the server stands', async () => {
  const whole = new Uint8Array(700_000).map((_, at) => at % 251)
  const [come, tried]: [number[], number[]] = [[], []]
  const http: Http = async ({ path, body, read }) => {
    const bytes = body !== undefined && 'bytes' in body ? body.bytes : new Uint8Array()
    tried.push(bytes.length)
    if (bytes.length > 70_000) return fail({ kind: 'unreachable', code: 'no-answer', status: null, isOurs: false })
    if (path.includes('/parts/')) come.push(...bytes)
    const said = JSON.stringify(path.includes('/parts/') ? { size: come.length } : { accepted: 1, duplicates: 0, refused: [] })
    const answer = read({ status: 200, headers: { get: () => null }, text: async () => said }, said)
    return answer === null ? fail({ kind: 'refused', code: 'not-ours', status: 200, isOurs: false }) : ok(answer)
  }
  const send = () => sendBundle({ http, inSession: (call) => call() }, {
    id: 'a'.repeat(64) as BundleId, from: come.length, file: { size: whole.length, read: async (start, end) => whole.slice(start, end).buffer },
    mayGo: async () => true, onSent: async () => undefined,
  })
  let sent = await send()
  for (let tries = 0; tries < 12 && !sent.ok; tries += 1) sent = await send()
  expect(sent).toMatchObject({ ok: true, value: { accepted: 1 } })
  expect(Buffer.compare(Buffer.from(come), Buffer.from(whole))).toBe(0)
  expect(Math.max(...tried)).toBe(256 * 1024)
})
