import { ok, fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import { sendBundle } from '#device/sync/bundle-parts.ts'
import type { DeskApi, EntriesFilter } from '#device/sync/desk-api.ts'
import { plainProblem } from '#device/sync/http.ts'
import type { HttpProblem, HttpRequest } from '#device/sync/http.ts'
import { askWhoIAm } from '#device/sync/join.ts'
import { readMeta } from '#device/store/meta.ts'
import { isDone } from '#device/sync/is-done.ts'
import { peopleCalls } from '#device/sync/people-calls.ts'
import { proved } from '#device/sync/prove.ts'
import type { ProveGround } from '#device/sync/prove.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import { alarmsResponseSchema, quarantineResponseSchema } from '#protocol/aside.ts'
import { reportCalls } from '#device/sync/report-calls.ts'
import { assignResponseSchema, reviewersResponseSchema } from '#protocol/assignment.ts'
import { auditResponseSchema } from '#protocol/audit.ts'
import { campaignResponseSchema } from '#protocol/campaign.ts'
import type { CampaignResponse } from '#protocol/campaign.ts'
import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import { countsResponseSchema, entriesResponseSchema, entryResponseSchema } from '#protocol/desk.ts'
import { importResponseSchema } from '#protocol/import.ts'
import { nearResponseSchema } from '#protocol/near.ts'
import { savedViewsResponseSchema } from '#protocol/saved-view.ts'
import type { ImportResponse } from '#protocol/import.ts'
import { exportTypes } from '#protocol/export-order.ts'
import { overviewResponseSchema } from '#protocol/overview.ts'
import { freshResponseSchema } from '#protocol/fresh.ts'

const longTimeoutMs = 300_000
const importTypes = { csv: 'text/csv; charset=utf-8', hxl: 'text/csv; charset=utf-8', table: 'application/json', trial: 'application/json', bundle: 'application/json' } as const
const logTypes = { csv: 'text/csv', jsonl: 'application/x-ndjson' } as const

export interface DeskGround extends ProveGround {
  readonly inSession: InSession
}

/** Addresses are told without any of this. */
export type DeskCalls = Omit<DeskApi, 'fileUrl' | 'reportUrl'>

/** The calls of the desk, each in a session that renews itself. */
export function createDeskApi(ground: DeskGround): DeskCalls {
  const { db, http, inSession } = ground
  /** Whoever may not do any more what the desk offers has another role since: the desk learns of it by this answer. */
  const told: <Value>(answer: Result<Value, HttpProblem>) => Promise<Result<Value, ApiProblem>> = async (answer) => {
    if (answer.ok) return answer
    if (answer.problem.code === 'forbidden') await askWhoIAm(ground)
    return fail(plainProblem(answer.problem))
  }
  const call: Call = async (request) => told(await inSession(() => http(request)))
  // What needs the key of this device, and not its session alone.
  const prove: Call = async (request) => told(await inSession(() => proved(ground, request)))
  const campaignCall = async (request: Pick<HttpRequest<CampaignResponse>, 'method' | 'body' | 'timeoutMs'>): Promise<Result<CampaignResponse, ApiProblem>> => {
    const own = await readMeta(db, 'membership')
    if (own === undefined) return fail({ kind: 'refused', code: 'no-session' })
    return (request.method === 'GET' ? call : prove)({ ...request, path: `/campaigns/${own.membership.campaign.id}`, read: readJson(campaignResponseSchema) })
  }
  return {
    ...logCalls(call, prove),
    ...reportCalls(call, prove),
    entries: (filter) => call({ method: 'GET', path: `/entries${entriesQuery(filter)}`, read: readJson(entriesResponseSchema) }),
    overview: (filter) => call({ method: 'GET', path: `/overview${entriesQuery(filter)}`, read: readJson(overviewResponseSchema) }),
    entryCounts: async (filters) => {
      const answers = await Promise.all(partsOf(filters.map(entriesQuery)).map((of) => call({ method: 'GET', path: `/entries/counts?${of.map((query) => `of=${encodeURIComponent(query.slice(1))}`).join('&')}`, read: readJson(countsResponseSchema) })))
      const failed = answers.find((answer) => !answer.ok)
      return failed?.ok === false ? failed : ok(answers.flatMap((answer) => (answer.ok ? answer.value.counts : [])))
    },
    ...viewCalls(call),
    entry: (id) => call({ method: 'GET', path: `/entries/${encodeURIComponent(id)}`, read: readJson(entryResponseSchema) }),
    near: (id) => call({ method: 'GET', path: `/entries/${encodeURIComponent(id)}/near`, read: readJson(nearResponseSchema) }),
    setApart: async (id, pair) => {
      const answer = await call({ method: 'PUT', path: `/entries/${encodeURIComponent(id)}/apart`, body: { json: pair }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    ...assignmentCalls(call),
    fresh: (after, assignments, asides) => call({ method: 'GET', path: `/fresh?assignments=${assignments ?? 'new'}&asides=${asides ?? 'new'}${after === null ? '' : `&after=${after}`}`, read: readJson(freshResponseSchema) }),
    ...peopleCalls(call, prove),
    quarantine: () => call({ method: 'GET', path: '/quarantine', read: readJson(quarantineResponseSchema) }),
    alarms: async () => {
      const answer = await call({ method: 'GET', path: '/alarms', read: readJson(alarmsResponseSchema) })
      return answer.ok ? ok(answer.value.alarms) : answer
    },
    settle: async (settlement) => {
      const answer = await call({ method: 'POST', path: '/settlements', body: { json: settlement }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    campaign: async () => campaignCall({ method: 'GET' }),
    changeCampaign: async (patch) => {
      // Another usual sensitivity judges every entry anew before it is answered.
      const answer = await campaignCall({ method: 'PATCH', body: { json: patch }, timeoutMs: longTimeoutMs })
      if (answer.ok) await askWhoIAm({ db, http, inSession })
      return answer
    },
    importFile: (format, text, { again = false } = {}) => call({
      method: 'POST', path: `/import?format=${format}${again ? '&again=1' : ''}`, body: { text, type: importTypes[format] }, timeoutMs: longTimeoutMs, read: readJson(importResponseSchema),
    }),
    importSealed: (file, onSent) => importSealed({ http, inSession }, file, onSent),
    exportFile: ({ format, kind, lang }) => prove({
      method: 'GET', path: `/export${queryOf({ format, kind, lang })}`, timeoutMs: longTimeoutMs, asBytes: true,
      // By its type, because anything would pass for a file, the page of a captive portal too.
      read: (response, _, bytes) => (response.headers.get('content-type')?.startsWith(exportTypes[format]) === true ? (bytes ?? null) : null),
    }),
  }
}

async function importSealed(ground: Pick<DeskGround, 'http' | 'inSession'>, file: ChosenFile, onSent: (bytes: number) => void): Promise<Result<ImportResponse, ApiProblem>> {
  const head = readBundleHead(new Uint8Array(await file.read(0, Math.min(file.size, maxHeadBytes))))
  // It was taken for one by its first word, so what does not read behind it has been altered on the way.
  if (!head.ok) return fail({ kind: 'refused', code: head.problem === 'newer' ? 'bundle-newer' : 'bundle-broken' })
  const sent = await sendBundle(ground, {
    id: head.value.header.id, file, from: 0, mayGo: () => Promise.resolve(true),
    onSent: (place) => Promise.resolve(onSent(place)),
  })
  if (!sent.ok) return fail(plainProblem(sent.problem))
  return sent.value === null ? fail({ kind: 'unreachable', code: 'no-answer' }) : ok(sent.value)
}

export type Call = <Value>(request: HttpRequest<Value>) => Promise<Result<Value, ApiProblem>>

function logCalls(call: Call, prove: Call): Pick<DeskApi, 'audit' | 'auditText'> {
  return {
    audit: (filter, before) => call({ method: 'GET', path: `/audit${queryOf({ ...filter, ...(before === null ? {} : { before }) })}`, read: readJson(auditResponseSchema) }),
    auditText: (format, filter) => prove({
      method: 'GET', path: `/audit/export${queryOf({ ...filter, format })}`, timeoutMs: longTimeoutMs,
      read: (response, text) => (response.headers.get('content-type')?.startsWith(logTypes[format]) === true ? text : null),
    }),
  }
}

function assignmentCalls(call: Call): Pick<DeskApi, 'reviewers' | 'assign'> {
  return {
    reviewers: async () => {
      const answer = await call({ method: 'GET', path: '/reviewers', read: readJson(reviewersResponseSchema) })
      return answer.ok ? ok(answer.value.reviewers) : answer
    },
    assign: async (request) => {
      const answer = await call({ method: 'POST', path: '/assignments', body: { json: request }, read: readJson(assignResponseSchema) })
      return answer.ok ? ok(answer.value.assigned) : answer
    },
  }
}

function queryOf(query: Readonly<Record<string, string | undefined>>): string {
  const search = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`])).join('&')
  return search === '' ? '' : `?${search}`
}

/** An address has room for some thousand letters only. */
const maxQueryLength = 4000

function partsOf(queries: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = []
  let length = Infinity
  for (const query of queries) {
    if (length + query.length > maxQueryLength) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(query)
    length += query.length
  }
  return parts
}

/** Several values of one filter repeat the key; facets travel as one list. */
function entriesQuery(filter: EntriesFilter): string {
  const { facets, ...rest } = filter
  const pairs = Object.entries(rest).flatMap(([key, value]): readonly (readonly [string, string])[] => {
    if (Array.isArray(value)) return value.map((one) => [key, String(one)] as const)
    return value === undefined ? [] : [[key, String(value)]]
  })
  const all = facets === undefined ? pairs : [...pairs, ['facets', facets.join(',')] as const]
  return all.length === 0 ? '' : `?${all.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')}`
}

function viewCalls(call: Call): Pick<DeskApi, 'savedViews' | 'saveView' | 'removeView'> {
  return {
    savedViews: async () => {
      const answer = await call({ method: 'GET', path: '/views', read: readJson(savedViewsResponseSchema) })
      return answer.ok ? ok(answer.value.views) : answer
    },
    saveView: async ({ id, name, search }) => {
      const answer = await call({ method: 'PUT', path: `/views/${encodeURIComponent(id)}`, body: { json: { name, search } }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    removeView: async (id) => {
      const answer = await call({ method: 'DELETE', path: `/views/${encodeURIComponent(id)}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
  }
}
