import { ok } from '#domain/result.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Call } from '#device/sync/desk-calls.ts'
import { readJson } from '#device/sync/read-json.ts'
import { reportQuery } from '#device/sync/report-address.ts'
import type { WrittenReportApi } from '#device/sync/report-api.ts'
import { reportHeader } from '#protocol/report.ts'
import { draftEvidenceSchema, draftResponseSchema, figureEntriesSchema, publishResponseSchema, versionResponseSchema } from '#protocol/written-report.ts'

/** Composing takes seconds where a campaign is large. */
const composeTimeoutMs = 300_000
const isDone = () => true as const

export function reportCalls(call: Call, prove: Call): WrittenReportApi & Pick<DeskApi, 'reportFile'> {
  const put = async (path: string, json: unknown) => {
    const answer = await call({ method: 'PUT', path, body: { json }, read: readJson(versionResponseSchema) })
    return answer.ok ? ok(answer.value.version) : answer
  }
  return {
    reportFile: (order, format) => (format === 'docx' ? prove : call)({
      method: 'GET', path: `/reports/working${reportQuery(order, format)}`, timeoutMs: composeTimeoutMs, asBytes: true,
      read: (response, _, bytes) => (response.headers.get(reportHeader) === null ? null : (bytes ?? null)),
    }),
    reportDraft: () => call({ method: 'GET', path: '/reports/draft', timeoutMs: composeTimeoutMs, read: readJson(draftResponseSchema) }),
    setReportDraft: (settings) => put('/reports/draft', settings),
    putReportPart: (request) => put(`/reports/draft/parts/${encodeURIComponent(request.part.id)}`, request),
    removeReportPart: async (id, was) => {
      const answer = await call({ method: 'DELETE', path: `/reports/draft/parts/${encodeURIComponent(id)}?was=${was}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    reportEvidence: (language) => call({ method: 'GET', path: `/reports/draft/evidence?language=${encodeURIComponent(language)}`, timeoutMs: composeTimeoutMs, read: readJson(draftEvidenceSchema) }),
    reportFigure: (order) => call({ method: 'GET', path: `/reports/draft/figures?${Object.entries(order).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`, timeoutMs: composeTimeoutMs, read: readJson(figureEntriesSchema) }),
    publishReport: (request) => prove({ method: 'POST', path: '/reports/draft/publish', body: { json: request }, timeoutMs: composeTimeoutMs, read: readJson(publishResponseSchema) }),
    correctIssue: async (number, correction) => {
      const answer = await prove({ method: 'POST', path: `/reports/issues/${number}/corrections`, body: { json: correction }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
  }
}
