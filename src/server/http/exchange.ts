import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { kinds } from '#domain/entry.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { may } from '#server/policies/abilities.ts'
import { receiptFor } from '#server/sync/receipts.ts'
import { exportEntries } from '#server/transfer/export-entries.ts'
import { importBundle } from '#server/transfer/import-bundle.ts'
import { importRows } from '#server/transfer/import-table.ts'

const maxImportBytes = 100_000_000
const importQuerySchema = v.looseObject({ format: v.picklist(['csv', 'hxl', 'bundle']), mapping: v.optional(v.pipe(v.string(), v.maxLength(40))) })
const exportQuerySchema = v.looseObject({ format: v.picklist(['csv', 'json']), kind: v.picklist(kinds) })

/** Files in and out. A bundle of another phone may be brought by any member; tables and exports are the coordinators'. */
export function registerExchange(app: FastifyInstance, context: ServerContext): void {
  app.register((scope, _options, done) => {
    // Whatever the type says, the file is read as text and parsed by its format.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: maxImportBytes }, (_request, body, parsed) => parsed(null, body))
    scope.post(`${apiPrefix}/import`, { config: { access: 'member' }, bodyLimit: maxImportBytes }, async (request) => {
      const { format, mapping } = parseInput(importQuerySchema, request.query)
      const actor = actorIn(request)
      const text = typeof request.body === 'string' ? request.body : ''
      if (format === 'bundle') return importBundle(context, actor, text, receiptFor(context))
      if (!may(actor, 'import')) throw new ProblemError('forbidden')
      return importRows(context, actor, { text, mapping })
    })
    done()
  })
  app.get(`${apiPrefix}/export`, { config: { access: 'export' } }, async (request, reply) => {
    const order = parseInput(exportQuerySchema, request.query)
    const text = await exportEntries(context, actorIn(request).campaign, order)
    return reply
      .type(order.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${order.kind}s.${order.format}"`)
      .send(text)
  })
}
