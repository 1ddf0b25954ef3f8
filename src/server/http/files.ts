import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { sha256Schema } from '#domain/ids.ts'
import type { EntryId, Sha256 } from '#domain/ids.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { narrowPicture, shownType, shownWidths } from '#server/files/picture.ts'
import { readWhole } from '#server/files/read-whole.ts'
import { createUploads } from '#server/files/uploads.ts'
import type { Uploads } from '#server/files/uploads.ts'
import type { OnFileStored } from '#server/files/finish-upload.ts'
import { actorIn } from '#server/http/access.ts'
import type { Actor } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { RecentPages } from '#server/http/recent-pages.ts'
import { ProblemError, problemOfStatus, problemType, waitHeaders } from '#server/http/problem-error.ts'
import { may, maySeeEntry } from '#server/policies/abilities.ts'
import type { StoredFile } from '#server/store/file-store.ts'

/** Copies for lists, some thirty kilobytes each: a page of the desk and what is beside it. Who pages through them all has each drawn once. */
const mostNarrow = 200

const viewSchema = v.object({ sha256: sha256Schema, width: v.optional(v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number))) })

/** Uploads by tus, and what comes out: pictures re-encoded, voice notes packed anew, private, without any way to run as a page. */
export function registerFiles(app: FastifyInstance, context: ServerContext, onFileStored: OnFileStored): void {
  const uploads = createUploads(context, onFileStored)
  const narrow = new RecentPages<Uint8Array>(mostNarrow)
  tendFromTimeToTime(app, context, uploads)
  // A phone on a slow line would hold the end of the process up for minutes.
  app.addHook('preClose', () => uploads.letGo())
  app.register((scope, _options, done) => {
    // The body stays a stream: tus writes it as it comes, up to its own limit.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('application/offset+octet-stream', (_request, _payload, parsed) => parsed(null))
    const serve = (request: FastifyRequest, reply: FastifyReply) => serveUpload(uploads.serve, request, reply)
    scope.post(`${apiPrefix}/files`, { config: { access: 'member' } }, serve)
    scope.patch(`${apiPrefix}/files/:upload`, { config: { access: 'member' } }, serve)
    scope.head(`${apiPrefix}/files/:upload`, { config: { access: 'member' } }, serve)
    done()
  })
  app.get(`${apiPrefix}/files/:sha256`, { config: { access: 'member' }, exposeHeadRoute: false }, async (request, reply) => {
    const query = parseInput(v.looseObject({ width: v.optional(v.string()) }), request.query)
    const view = parseInput(viewSchema, { ...parseInput(v.looseObject({ sha256: v.string() }), request.params), width: query.width })
    const file = await shownFile(context, actorIn(request), view.sha256)
    // A few widths only, so that nobody can make the server draw thousands of sizes.
    const width = file.type.startsWith('image/') ? shownWidths.find((known) => known >= (view.width ?? Infinity)) : undefined
    // Kept by no browser (`no-cache` lets it lie on its disk for months): what was erased since, or is no longer theirs, nobody would take away there.
    const etag = `"${view.sha256}${width === undefined ? '' : `-${width}`}"`
    if (request.headers['if-none-match'] === etag) return reply.code(304).headers({ etag, 'cache-control': 'no-store' }).send()
    const whole = () => shownBytes(context, file)
    const bytes = width === undefined ? await whole() : await narrow.get(`${file.campaignId} ${file.sha256} ${width}`, file.shownSha256 ?? '', async () => narrowPicture(await whole(), width))
    // What has a shown copy and is no picture is sound in a container of ours.
    const type = file.type.startsWith('image/') ? shownType : file.type
    void reply.headers({ 'content-type': type, etag, 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; sandbox", 'cross-origin-resource-policy': 'same-origin', 'content-disposition': 'inline', 'accept-ranges': 'bytes' })
    return sendPart(reply, Buffer.from(bytes), request.headers.range)
  })
}

const tendEveryMs = 5 * 60_000

/** Only where somebody listens: a test injects its requests and tends by itself. */
function tendFromTimeToTime(app: FastifyInstance, context: ServerContext, { tend }: Uploads): void {
  const tendOnce = () => void tend().then(
    ({ finished, expired }) => (finished + expired > 0 ? context.log.info({ finished, expired }, 'uploads looked after') : undefined),
    (error: unknown) => context.log.error({ err: error }, 'uploads could not be looked after'),
  )
  const timer: { current: ReturnType<typeof setInterval> | undefined } = { current: undefined }
  app.addHook('onListen', () => {
    timer.current = setInterval(tendOnce, tendEveryMs).unref()
    tendOnce()
  })
  app.addHook('onClose', () => clearInterval(timer.current))
}

async function serveUpload(serve: (actor: Actor, request: Request) => Promise<Response>, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const hasBody = request.method === 'PATCH' || (request.method === 'POST' && request.headers['content-type'] === 'application/offset+octet-stream')
  const headers = new Headers(Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' && name !== 'connection' ? [[name, value] as [string, string]] : [])))
  const url = new URL(request.raw.url ?? '/', 'http://localhost')
  const init = { method: request.method, headers, ...(hasBody ? { body: Readable.toWeb(request.raw), duplex: 'half' } : {}) }
  const response = await serve(actorIn(request), new Request(url, init as RequestInit)).catch(refusedAnswer)
  for (const [name, value] of response.headers) if (name !== 'content-length' && !name.startsWith('access-control-')) void reply.header(name, value)
  if (response.status < 400) return reply.code(response.status).send(response.status === 204 || request.method === 'HEAD' ? undefined : Buffer.from(await response.arrayBuffer()))
  // What of the protocol the library has not (one upload put together of several), it answers by 501: nothing of ours has failed.
  const problem = problemOfStatus(response.status === 501 ? 400 : response.status)
  return reply.headers(waitHeaders(problem.status)).code(problem.status).type(problemType).send(problem)
}

/** What is refused before the library has its turn is answered like what the library refuses. */
function refusedAnswer(error: unknown): Response {
  const status = typeof error === 'object' && error !== null ? Reflect.get(error, 'status_code') : undefined
  if (typeof status !== 'number') throw error
  return new Response(null, { status })
}

/**
 * A file that no change names, or only changes of entries that the actor may not see, or that has nothing to show, does not exist for them. Nor does
 * one that they have named in an entry of their own and never sent: whoever knows a hash would see the photos of others.
 */
async function shownFile({ store }: ServerContext, actor: Actor, sha256: Sha256): Promise<StoredFile> {
  const campaignId = actor.campaign.id
  const entries = await store.files.namedBy(campaignId, sha256)
  const rows = await Promise.all(entries.map((entry) => store.entries.row(campaignId, entry)))
  if (!rows.some((row) => row !== null && maySeeEntry(actor, row.author.id))) throw new ProblemError('not-found')
  const file = await store.files.get(campaignId, sha256)
  if (file === null || file.shownSha256 === null) throw new ProblemError('not-found')
  if (!may(actor, 'readAll') && file.uploadedBy !== actor.memberId && !(await hasReceipt(store, actor, { sha256, entries }))) throw new ProblemError('not-found')
  return file
}

/** Two may have sent the same bytes: the receipt in the entry of each says so. */
async function hasReceipt(store: ServerContext['store'], { campaign, memberId }: Actor, { sha256, entries }: { readonly sha256: Sha256; readonly entries: readonly EntryId[] }): Promise<boolean> {
  const states = await Promise.all(entries.map((entry) => store.entries.state(campaign.id, entry)))
  return states.some((state) => state?.author === memberId && state.storedFiles.includes(sha256))
}

async function shownBytes({ shelf }: ServerContext, file: StoredFile): Promise<Uint8Array> {
  const shown = await readWhole(shelf, 'shown', file)
  if (shown === null) throw new ProblemError('not-found')
  return shown
}

/** Safari plays nothing that it cannot ask for in parts (RFC 9110, 14). One part; of several, or of none that is there, the whole is sent, as it may be. */
function sendPart(reply: FastifyReply, bytes: Buffer, range: string | undefined): FastifyReply {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? []
  if (first === '' && last === '') return reply.send(bytes)
  const start = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const end = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1)
  if (start > end) return reply.send(bytes)
  return reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes.length}`).send(bytes.subarray(start, end + 1))
}
