import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { Instant } from '#domain/ids.ts'
import { auditCsvHead, auditCsvRows, auditJsonLines } from '#exchange/audit-columns.ts'
import { auditExportQuerySchema, auditQuerySchema, maxAuditLines } from '#protocol/audit.ts'
import type { AuditLine, AuditQuery, AuditResponse } from '#protocol/audit.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { proveAct } from '#server/http/proof.ts'
import { placeFrom, placeText, presentLine } from '#server/presenters/audit.ts'
import type { LogQuery, Place } from '#server/store/audit-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const usualLines = 50
const dayMs = 86_400_000

/** Every act of a campaign in the order of its log, in pages and as a file. */
export function registerAudit(app: FastifyInstance, context: ServerContext): void {
  const { store } = context
  app.get(`${apiPrefix}/audit`, { config: { access: 'readAll' } }, async (request): Promise<AuditResponse> => {
    const query = parseInput(auditQuerySchema, request.query)
    const { campaign } = actorIn(request)
    const narrowing = await narrowingOf(context, campaign, query)
    if (narrowing === null) return { lines: [], next: null }
    const page = await store.audit.page(campaign.id, { ...narrowing, before: query.before === undefined ? undefined : placeFrom(query.before), limit: query.limit ?? usualLines })
    return { lines: page.lines.map((line) => presentLine(line, page, campaign)), next: page.next === null ? null : placeText(page.next) }
  })
  app.get(`${apiPrefix}/audit/export`, { config: { access: 'readAll' } }, async (request, reply) => {
    const { format, ...query } = parseInput(auditExportQuerySchema, request.query)
    const actor = actorIn(request)
    await proveAct(context, request)
    const narrowing = await narrowingOf(context, actor.campaign, query)
    await store.audit.add(actor.campaign.id, { act: 'audit.exported', by: actBy(actor, context), detail: { format } })
    return reply
      .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
      .header('content-disposition', `attachment; filename="audit.${format}"`)
      .send(Readable.from(fileOf(context, actor.campaign, { format, narrowing })))
  })
}

type Narrowing = Omit<LogQuery, 'before' | 'limit'>

/** Null when the entry that is asked for does not exist, so nothing was ever done to it. */
async function narrowingOf({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { type, member, ref, entry: id, from, to }: Pick<AuditQuery, 'type' | 'member' | 'ref' | 'entry' | 'from' | 'to'>): Promise<Narrowing | null> {
  const entry = ref === undefined ? id : await store.audit.entryOf(campaign.id, ref)
  if (entry === null) return null
  return { type, member, entry, from: from === undefined ? undefined : momentOf(from, 0), to: to === undefined ? undefined : momentOf(to, 1) }
}

/** As instants are kept, so that they compare as texts. A day alone is one of UTC. */
function momentOf(asked: string, daysLater: number): Instant {
  const isDay = !asked.includes('T')
  return new Date(isDay ? Date.parse(`${asked}T00:00:00Z`) + daysLater * dayMs : Date.parse(asked)).toISOString() as Instant
}

/** Page by page as it is read, so that a long log is never in memory whole. */
async function* fileOf(context: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { format, narrowing }: { readonly format: 'csv' | 'jsonl'; readonly narrowing: Narrowing | null }): AsyncGenerator<string> {
  if (format === 'csv') yield auditCsvHead()
  for await (const lines of pagesOf(context, campaign, narrowing)) yield format === 'csv' ? auditCsvRows(lines) : auditJsonLines(lines)
}

async function* pagesOf({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, narrowing: Narrowing | null): AsyncGenerator<readonly AuditLine[]> {
  if (narrowing === null) return
  let before: Place | undefined
  for (;;) {
    const page = await store.audit.page(campaign.id, { ...narrowing, before, limit: maxAuditLines })
    if (page.lines.length > 0) yield page.lines.map((line) => presentLine(line, page, campaign))
    if (page.next === null) return
    before = page.next
  }
}
