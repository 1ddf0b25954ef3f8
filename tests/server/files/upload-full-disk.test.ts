import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '#server/http/create-app.ts'
import { createLog } from '#server/log.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { bare, pieceHeaders, uploadHeaders } from '../../support/api-calls/asking.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('an upload that meets a disk without room', () => {
  let server: TestServer
  let awa: ScriptDevice
  let app: Awaited<ReturnType<typeof createApp>>['app']
  const lines: string[] = []
  beforeEach(async () => {
    server = await startTestServer()
    awa = await server.join('volunteer')
    ;({ app } = await createApp({ ...server.context, log: createLog('error', { write: (line) => void lines.push(line) }) }))
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await app.close()
    await server.close()
  })

  it.each(['ENOSPC: no space left on device, write', 'EDQUOT: disk quota exceeded, write'])('[SE403] %s: it is answered with 503 and when to come again, the log says why, and it goes on when there is room', async (words) => {
    lines.length = 0
    const record = awa.change('record', { content: aChallenge() })
    await awa.push([record])
    const bytes = Buffer.alloc(2000, 7)
    const file = { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
    const begun = await app.inject({ method: 'POST', url: '/api/v1/files', headers: { ...bare(awa), ...uploadHeaders(server.campaign.id, record.entryId, file) } })
    const rest = () => app.inject({ method: 'PATCH', url: String(begun.headers.location), headers: { ...bare(awa), ...pieceHeaders }, payload: bytes.subarray(0, 1000) })
    // Below every stream that writes to a file, whoever made it.
    vi.spyOn(fs, 'write').mockImplementation(((...args: readonly unknown[]) => {
      const done = args.at(-1) as (error: Error) => void
      setImmediate(() => done(Object.assign(new Error(words), { code: words.split(':')[0], syscall: 'write' })))
    }))
    const full = await rest()
    expect([full.statusCode, full.headers['retry-after'], full.json<{ code: string }>().code]).toEqual([503, '5', 'unavailable'])
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ msg: 'an upload failed', err: { message: words } }])
    vi.restoreAllMocks()
    const roomy = await rest()
    expect([roomy.statusCode, roomy.headers['upload-offset'], lines.length]).toEqual([204, '1000', 1])
  })
})
