import { ok, fail } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem } from '#device/device.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import { sendBundle } from '#device/sync/bundle-parts.ts'
import type { DeskApi, EntriesFilter } from '#device/sync/desk-api.ts'
import { plainProblem, readJson } from '#device/sync/http.ts'
import type { Http, HttpRequest } from '#device/sync/http.ts'
import type { InSession } from '#device/sync/session.ts'
import { alarmsResponseSchema, quarantineResponseSchema } from '#protocol/aside.ts'
import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import { entriesResponseSchema, entryResponseSchema, importResponseSchema, inviteResponseSchema, invitesResponseSchema, membersResponseSchema } from '#protocol/desk.ts'
import type { ImportResponse } from '#protocol/desk.ts'
import { freshResponseSchema } from '#protocol/fresh.ts'
import { apiPrefix } from '#protocol/version.ts'

const longTimeoutMs = 300_000
const importTypes = { csv: 'text/csv; charset=utf-8', hxl: 'text/csv; charset=utf-8', bundle: 'application/json' } as const
const exportTypes = { csv: 'text/csv', json: 'application/json' } as const

export interface DeskGround {
  readonly http: Http
  readonly inSession: InSession
}

/** The calls of the desk, each in a session that renews itself. */
export function createDeskApi({ http, inSession }: DeskGround): DeskApi {
  const call = async <Value>(request: HttpRequest<Value>): Promise<Result<Value, ApiProblem>> => {
    const answer = await inSession(() => http(request))
    return answer.ok ? answer : fail(plainProblem(answer.problem))
  }
  return {
    entries: (filter) => call({ method: 'GET', path: `/entries${entriesQuery(filter)}`, read: readJson(entriesResponseSchema) }),
    entry: (id) => call({ method: 'GET', path: `/entries/${encodeURIComponent(id)}`, read: readJson(entryResponseSchema) }),
    fresh: (after) => call({ method: 'GET', path: `/fresh${after === null ? '' : `?after=${after}`}`, read: readJson(freshResponseSchema) }),
    members: async () => {
      const answer = await call({ method: 'GET', path: '/members', read: readJson(membersResponseSchema) })
      return answer.ok ? ok(answer.value.members) : answer
    },
    invites: async () => {
      const answer = await call({ method: 'GET', path: '/invites', read: readJson(invitesResponseSchema) })
      return answer.ok ? ok(answer.value.invites) : answer
    },
    createInvite: (invite) => call({ method: 'POST', path: '/invites', body: { json: invite }, read: readJson(inviteResponseSchema) }),
    deleteInvite: async (id) => {
      const answer = await call({ method: 'DELETE', path: `/invites/${encodeURIComponent(id)}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    revokeDevice: async (id) => {
      const answer = await call({ method: 'DELETE', path: `/devices/${encodeURIComponent(id)}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    quarantine: () => call({ method: 'GET', path: '/quarantine', read: readJson(quarantineResponseSchema) }),
    alarms: async () => {
      const answer = await call({ method: 'GET', path: '/alarms', read: readJson(alarmsResponseSchema) })
      return answer.ok ? ok(answer.value.alarms) : answer
    },
    settle: async (settlement) => {
      const answer = await call({ method: 'POST', path: '/settlements', body: { json: settlement }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    importFile: (format, text) => call({
      method: 'POST', path: `/import?format=${format}`, body: { text, type: importTypes[format] }, timeoutMs: longTimeoutMs, read: readJson(importResponseSchema),
    }),
    importSealed: (file, onSent) => importSealed({ http, inSession }, file, onSent),
    exportText: (format, { kind }) => call({
      method: 'GET', path: `/export?format=${format}&kind=${kind}`, timeoutMs: longTimeoutMs,
      // By its type, because any text would read as an export, the page of a captive portal too.
      read: (response, text) => (response.headers.get('content-type')?.startsWith(exportTypes[format]) === true ? text : null),
    }),
    fileUrl: (sha256, width) => `${apiPrefix}/files/${sha256}${width === undefined ? '' : `?width=${width}`}`,
  }
}

async function importSealed(ground: DeskGround, file: ChosenFile, onSent: (bytes: number) => void): Promise<Result<ImportResponse, ApiProblem>> {
  const head = readBundleHead(new Uint8Array(await file.read(0, Math.min(file.size, maxHeadBytes))))
  if (!head.ok) return fail({ kind: 'refused', code: head.problem === 'newer' ? 'bundle-newer' : 'malformed-request' })
  const sent = await sendBundle(ground, {
    id: head.value.header.id, file, from: 0, mayGo: () => Promise.resolve(true),
    onSent: (place) => Promise.resolve(onSent(place)),
  })
  if (!sent.ok) return fail(plainProblem(sent.problem))
  return sent.value === null ? fail({ kind: 'unreachable', code: 'no-answer' }) : ok(sent.value)
}

/** Done, and nothing to read. */
function isDone(response: { readonly status: number }): true | null {
  return response.status === 204 ? true : null
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
