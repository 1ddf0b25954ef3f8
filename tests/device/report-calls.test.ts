import { expect, it } from 'vitest'
import type { Call } from '#device/sync/desk-calls.ts'
import { createDeskApiOnDemand } from '#device/sync/desk-calls-on-demand.ts'
import { reportCalls } from '#device/sync/report-calls.ts'
import { fail, ok } from '#domain/result.ts'
import { aFinding } from '../support/written.ts'

/** Calls against answers of a server, each with what was asked. */
function callsWith(text: string) {
  const asked: string[] = []
  const call: Call = async ({ method, path, body, read }) => {
    asked.push(`${method} ${path} ${body !== undefined && 'json' in body ? JSON.stringify(body.json) : ''}`.trim())
    const value = read({ status: 200, headers: { get: () => null }, text: async () => text }, text)
    return value === null ? fail({ kind: 'unreachable', code: 'not-our-answer' }) : ok(value)
  }
  return { calls: reportCalls(call, call), asked }
}

it('[SY21] writing the report: each write names the version that it rests on, and gives the one that it has now', async () => {
  const { calls, asked } = callsWith('{"version":4}')
  const part = aFinding(1)
  expect(await calls.putReportPart({ part, place: 10, was: 3 })).toEqual(ok(4))
  expect(await calls.setReportDraft({ from: '2026-01-01', to: '2026-03-02', next: null, was: 3 })).toEqual(ok(4))
  expect(await calls.removeReportPart(part.id, 3)).toEqual(ok(null))
  expect(asked).toEqual([`PUT /reports/draft/parts/${part.id} ${JSON.stringify({ part, place: 10, was: 3 })}`, 'PUT /reports/draft {"from":"2026-01-01","to":"2026-03-02","next":null,"was":3}', `DELETE /reports/draft/parts/${part.id}?was=3`])
})

it('[SY21] what does not read as a draft, its evidence or an issue is no answer', async () => {
  const { calls, asked } = callsWith('{"number":"three"}')
  expect(await calls.reportDraft()).toMatchObject({ ok: false })
  expect(await calls.reportEvidence('fr')).toMatchObject({ ok: false })
  expect(await calls.publishReport({ settings: 1, parts: [] })).toMatchObject({ ok: false })
  expect(await calls.correctIssue(2, { id: aFinding(1).id, sentence: null, text: 'Some.', lang: 'en' })).toEqual(ok(null))
  expect(asked.map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual(['GET /reports/draft', 'GET /reports/draft/evidence?language=fr', 'POST /reports/draft/publish', 'POST /reports/issues/2/corrections'])
})

it('[SY21] the calls of the desk are loaded at the first of them, each one and the same, and are no promise', async () => {
  const api = createDeskApiOnDemand({ session: {} } as never, () => 'd1' as never)
  expect([Reflect.get(api, 'entries') === Reflect.get(api, 'entries'), Reflect.get(api, 'then'), api.fileUrl('a', 320)]).toEqual([true, undefined, '/api/v1/files/a?device=d1&width=320'])
  expect(await Promise.resolve(api)).toBe(api)
  await expect(api.members()).rejects.toThrow(TypeError)
})
