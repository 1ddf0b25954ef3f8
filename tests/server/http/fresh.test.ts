import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { freshResponseSchema } from '#protocol/fresh.ts'
import { aChallenge } from '../../support/contents.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe('what has happened since', () => {
  let server: TestServer
  beforeAll(async () => void (server = await startTestServer()))
  afterAll(() => server.close())

  it('[SE93] a quiet campaign is answered in a line, and what was said since with the entry as it stands; one who may not read all gets nothing', async () => {
    const desk = await server.join('coordinator')
    const phone = await server.join('volunteer', { name: 'Marie' })
    const since = async (after: number | null) => v.parse(freshResponseSchema, await desk.get(after === null ? '/fresh' : `/fresh?after=${after}`))
    const { seq } = await since(null)
    const quiet = await server.app.inject({ method: 'GET', url: `/api/v1/fresh?after=${seq}`, headers: desk.headers })
    expect([quiet.statusCode, quiet.body.length < 120]).toEqual([200, true])
    const record = phone.change('record', { content: aChallenge() })
    await phone.push([record])
    const [touched] = (await since(seq)).touched
    expect(touched).toMatchObject({ id: record.entryId, seq: seq + 1, row: { state: 'received', author: { name: 'Marie' } } })
    expect((await server.app.inject({ method: 'GET', url: '/api/v1/fresh', headers: phone.headers })).statusCode).toBe(403)
    expect((await server.app.inject({ method: 'GET', url: '/api/v1/fresh?after=-1', headers: desk.headers })).statusCode).toBe(400)
  })
})
