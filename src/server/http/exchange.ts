import { Readable } from 'node:stream'
import type { FastifyInstance, onRequestHookHandler } from 'fastify'
import * as v from 'valibot'
import { kinds } from '#domain/kinds.ts'
import { bundleIdSchema, bundleType } from '#protocol/bundle-file.ts'
import { BrokenBundle } from '#protocol/chunk-stream.ts'
import { fileText } from '#exchange/file-text.ts'
import { geojsonCsv } from '#exchange/geojson-rows.ts'
import { planSchema } from '#exchange/plan.ts'
import { TooManyCells } from '#exchange/table-size.ts'
import { locales } from '#i18n/locale.ts'
import { exportFormats, formatsOfAnyKind, formatsOfOneKind } from '#protocol/export-order.ts'
import type { ExportOrder } from '#protocol/export-order.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { hasBody } from '#server/http/at-once.ts'
import { refuseBeyondDay } from '#server/http/flood.ts'
import { mostPieces, refuseTooFine } from '#server/http/fine-bodies.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { may } from '#server/policies/abilities.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import { importParts, maxPartBytes, takePart } from '#server/transfer/bundle-parts.ts'
import { exportFile } from '#server/transfer/export-file.ts'
import { importBundle } from '#server/transfer/import-bundle.ts'
import { importSealed } from '#server/transfer/import-sealed.ts'
import { importRows } from '#server/transfer/import-table.ts'

const maxImportBytes = 100_000_000
/** `part`: the bundle has come in parts already, and the body is empty. `again`: rows that are here under another reading come in as well. `trial`: as `table`, but it is only compared with what is here, and nothing is written; a format of its own, so that a process of before refuses it. */
export const importQuerySchema = v.looseObject({ format: v.picklist(['csv', 'hxl', 'geojson', 'table', 'trial', 'bundle']), mapping: v.optional(v.pipe(v.string(), v.maxLength(40))), part: v.optional(bundleIdSchema), again: v.optional(v.literal('1')) })
/** A table with how a person reads it: what `format=table` and `format=trial` take. */
const tableOrderSchema = v.looseObject({ text: v.string(), plan: v.optional(planSchema) })
const partSchema = v.looseObject({ id: bundleIdSchema, at: v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number)) })
export const exportQuerySchema = v.pipe(
  v.looseObject({ format: v.picklist(exportFormats), kind: v.optional(v.picklist(kinds)), lang: v.optional(v.picklist(locales)) }),
  v.forward(v.check(({ format, kind }) => kind !== undefined || !formatsOfOneKind.includes(format), 'kind'), ['kind']),
)

/** Of every family of compression in zlib the number that sends each piece on its way when it is written, and keeps what was learnt of the ones before: 2 % more bytes, and no waiting for the first. */
const flush = 1
const piecewise = { customTypes: /^application\/(geo\+)?json|^text\//, brotliOptions: { flush }, zlibOptions: { flush } }

/** Files in and out. A bundle of another phone may be brought by any member; tables and exports are the coordinators'. */
export function registerExchange(app: FastifyInstance, context: ServerContext): void {
  registerImport(app, context)
  registerParts(app, context)
  app.get(`${apiPrefix}/export`, { config: { access: 'export' }, compress: piecewise }, async (request, reply) => {
    const { format, kind, lang } = parseInput(exportQuerySchema, request.query)
    const order: ExportOrder = { format, lang, kind: formatsOfOneKind.includes(format) || formatsOfAnyKind.includes(format) ? kind : undefined }
    const actor = actorIn(request)
    await proveAct(context, request)
    const { body, name, type } = await exportFile(context, actor.campaign, order)
    await context.store.audit.add(actor.campaign.id, { act: 'file.exported', by: actBy(actor, context), detail: { format, ...(order.kind === undefined ? {} : { kind }) } })
    return reply
      .type(type === 'text/csv' || type === 'application/json' ? `${type}; charset=utf-8` : type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(body))
  })
}

function registerImport(app: FastifyInstance, context: ServerContext): void {
  app.register((scope, _options, done) => {
    // Whatever the type says, the file is read by its own bytes and parsed by its format; a sealed bundle is read as it streams.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxImportBytes }, (_request, body, parsed) => parsed(null, body))
    scope.addHook('onRequest', oneByOne())
    scope.addContentTypeParser(bundleType, (_request, payload, parsed) => parsed(null, payload))
    scope.post(`${apiPrefix}/import`, { config: { access: 'member' }, bodyLimit: maxImportBytes }, async (request) => {
      const { format, mapping, part, again } = parseInput(importQuerySchema, request.query)
      const actor = actorIn(request)
      const isSealed = request.headers['content-type'] === bundleType
      if (format !== 'bundle' && !may(actor, 'import')) throw new ProblemError('forbidden')
      if (format === 'bundle' && part === undefined) await refuseBeyondDay(context, actor, Number(request.headers['content-length'] ?? maxImportBytes))
      const text = Buffer.isBuffer(request.body) ? textOf(request.body, format) : ''
      const table = format === 'bundle' ? null : tableOf(format, text, mapping)
      const done = await (table !== null ? importRows(context, actor, { ...table, again: again === '1', isTrial: format === 'trial' })
        : part !== undefined ? importParts(context, actor, part, receiptFor(context))
        : isSealed ? importSealed(context, actor, piecesOf(request.body as Readable), receiptFor(context)) : importBundle(context, actor, text, receiptFor(context)))
      if (format === 'trial') return done
      const list = typeof table?.how === 'object' ? table.how.rowId?.list : undefined
      await context.store.audit.add(actor.campaign.id, { act: 'file.imported', by: actBy(actor, context), detail: { format, count: done.accepted, ...(list === undefined ? {} : { list }) } })
      return done
    })
    done()
  })
}

/** Of who brings in tables, and of everybody else: whoever has an invite for many is two volunteers, and more. */
const wholeAtOnce = { tables: 2, others: 1 } as const
const soonS = 20

/**
 * Files that are in memory whole, a few at a time, and one of each member: whoever comes in between comes again, and no volunteer keeps a desk waiting by files that
 * never end. What streams, and what has come in parts and so has no body, waits for nobody.
 */
function oneByOne(): onRequestHookHandler {
  const runningOf = { tables: new Set<string>(), others: new Set<string>() }
  return (request, reply, done) => {
    const isWhole = request.headers['content-type'] !== bundleType && hasBody(request)
    const actor = actorIn(request)
    const { memberId } = actor
    const who = may(actor, 'import') ? 'tables' : 'others'
    const running = runningOf[who]
    if (isWhole && (running.size >= wholeAtOnce[who] || running.has(memberId))) return done(new ProblemError('too-many-requests', { retryAfterS: soonS }))
    if (isWhole) {
      running.add(memberId)
      reply.raw.once('close', () => running.delete(memberId))
    }
    done()
  }
}

/** A letter of another encoding would be lost in an entry that is sealed: a table in one is refused. A bundle is judged by its hashes. */
function textOf(body: Buffer, format: string): string {
  const text = format === 'bundle' ? body.toString('utf8') : fileText(body, [])?.text
  if (text === undefined) throw new ProblemError('invalid', { title: 'the text is not UTF-8' })
  refuseTooFine(text, format === 'csv' || format === 'hxl' ? 'table' : 'json')
  return text
}

function tableOf(format: string, text: string, mapping: string | undefined): Parameters<typeof importRows>[2] {
  if (format === 'geojson') {
    const csv = featuresOf(text)
    if (csv === null) throw new ProblemError('invalid', { title: 'no GeoJSON' })
    return { text: csv, how: mapping }
  }
  if (format !== 'table' && format !== 'trial') return { text, how: mapping }
  const order = parseInput(tableOrderSchema, jsonOf(text))
  refuseTooFine(order.text, 'table')
  return { text: order.text, how: order.plan ?? mapping }
}

function featuresOf(text: string): string | null {
  try {
    return geojsonCsv(text, mostPieces)
  } catch (error) {
    if (error instanceof TooManyCells) throw new ProblemError('too-large')
    throw error
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError('malformed-json')
  }
}

/** A bundle is megabytes, and connections in the field end: whoever brings one sends it in parts and goes on where it stopped. */
function registerParts(app: FastifyInstance, context: ServerContext): void {
  app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxPartBytes }, (_request, body, parsed) => parsed(null, body))
    scope.post(`${apiPrefix}/import/parts/:id`, { config: { access: 'member' }, bodyLimit: maxPartBytes }, async (request) => {
      const { at, id } = parseInput(partSchema, { ...parseInput(v.looseObject({ at: v.string() }), request.query), ...parseInput(v.looseObject({ id: v.string() }), request.params) })
      const [actor, bytes] = [actorIn(request), Buffer.isBuffer(request.body) ? request.body : new Uint8Array(0)]
      // An empty one only asks how far the server is.
      if (bytes.length > 0) await refuseBeyondDay(context, actor, bytes.length)
      return { size: await takePart(context, actor, id, { at, bytes }) }
    })
    done()
  })
}

/** Whoever stops reading answers first: a stream that is destroyed would take the answer with it. */
async function* piecesOf(body: Readable): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) yield piece as Uint8Array
  } catch {
    throw new BrokenBundle('the connection ended')
  }
}
