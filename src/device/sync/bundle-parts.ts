import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import { bundlePartResponseSchema } from '#protocol/bundle-file.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import { importResponseSchema } from '#protocol/import.ts'
import type { ImportResponse } from '#protocol/import.ts'

export interface PartsGround {
  readonly http: Http
  readonly inSession: InSession
}

export interface SentBundle {
  readonly id: BundleId
  readonly file: ChosenFile
  /** Where an earlier try had come to; the server says if it stands elsewhere. */
  readonly from: number
  /** False when the next part must not go now. */
  readonly mayGo: (bytes: number) => Promise<boolean>
  /** After each part: how far the server is, and what went over the air for it. */
  readonly onSent: (place: number, bytes: number) => Promise<void>
}

/** One request on a bad connection: at 3 kB a second it ends within its deadline. Where it does not, or the line breaks before, a quarter may, and then slowly more. */
const [leastPartBytes, partBytes] = [16 * 1024, 256 * 1024]
/** What passes on this line, as long as the window is open: the next try begins with it. */
const passing = new WeakMap<Http, number>()
const partTimeoutMs = 100_000
const importTimeoutMs = 300_000
/** Answers that set us back: after so many something else is wrong. */
const maxSetBacks = 3

/** Sends a bundle in parts from where the server stands, and has it taken in. Null when `mayGo` said no. */
export async function sendBundle(ground: PartsGround, bundle: SentBundle): Promise<Result<ImportResponse | null, HttpProblem>> {
  let at = bundle.from
  for (let setBacks = 0; setBacks <= maxSetBacks; setBacks += 1) {
    const sent = await sendFrom(ground, bundle, at)
    if (!sent.ok || sent.value === null) return sent.ok ? ok(null) : sent
    if (sent.value.isAtEnd) {
      const taken = await ground.inSession(() => ground.http({ method: 'POST', path: `/import?format=bundle&part=${bundle.id}`, timeoutMs: importTimeoutMs, read: readJson(importResponseSchema) }))
      if (taken.ok || taken.problem.code !== 'upload-gone') return taken
      at = 0
    } else ({ at } = sent.value)
  }
  return fail({ kind: 'unreachable', code: 'upload-gone', status: null, isOurs: false })
}

/** Until the end, until the server stands elsewhere than we believed, or until no part may go. */
async function sendFrom({ http, inSession }: PartsGround, { id, file, mayGo, onSent }: SentBundle, from: number): Promise<Result<{ readonly at: number; readonly isAtEnd: boolean } | null, HttpProblem>> {
  let at = Math.min(from, file.size)
  while (at < file.size) {
    const [place, most] = [at, passing.get(http) ?? partBytes]
    const bytes = new Uint8Array(await file.read(place, Math.min(file.size, place + most)))
    if (!(await mayGo(bytes.length))) return ok(null)
    const answer = await inSession(() => http({
      method: 'POST', path: `/import/parts/${id}?at=${place}`, timeoutMs: partTimeoutMs,
      body: { bytes, type: 'application/octet-stream' }, read: readJson(bundlePartResponseSchema),
    }))
    if (answer.ok) passing.set(http, Math.min(partBytes, Math.ceil(1.25 * most)))
    else if (answer.problem.code === 'no-answer') passing.set(http, Math.max(leastPartBytes, most / 4))
    if (!answer.ok) return answer
    at = Math.min(answer.value.size, file.size)
    await onSent(at, bytes.length)
    if (at !== place + bytes.length && at !== file.size) return ok({ at, isAtEnd: false })
  }
  return ok({ at, isAtEnd: true })
}
