import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { entryIdSchema } from '#domain/ids.ts'
import { entriesQuerySchema } from '#protocol/desk.ts'
import type { EntriesQuery, EntryResponse } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { presentEntry } from '#server/presenters/entry.ts'
import type { EntriesFilter } from '#server/store/store.ts'

/** What the desk lists and reads. */
export function registerEntries(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/entries`, { config: { access: 'readAll' } }, async (request) => {
    const query = parseInput(entriesQuerySchema, request.query)
    return context.store.entries.list(ownCampaign(actorIn(request), query.campaignId).id, filterOf(query))
  })
  app.get(`${apiPrefix}/entries/:id`, { config: { access: 'readAll' } }, async (request): Promise<EntryResponse> => {
    const { id } = parseInput(v.object({ id: entryIdSchema }), request.params)
    const campaignId = actorIn(request).campaign.id
    const [row, changes, members, files] = await Promise.all([
      context.store.entries.row(campaignId, id), context.store.changes.ofEntry(campaignId, id), context.store.members.list(campaignId), context.store.files.ofEntry(campaignId, id),
    ])
    if (row === null) throw new ProblemError('not-found')
    return presentEntry({ row, changes, members, files })
  })
}

/** The query as the store takes it. */
export function filterOf(query: EntriesQuery): EntriesFilter {
  return {
    kind: listOf(query.kind), state: listOf(query.state), topic: listOf(query.topic), country: listOf(query.country), adm1: listOf(query.adm1),
    severity: listOf(query.severity).map(Number).filter(Number.isInteger),
    from: query.from ?? null, to: query.to ?? null, q: query.q === undefined || query.q.trim() === '' ? null : query.q.trim(),
    sort: query.sort ?? 'oldest', after: query.after ?? null, limit: query.limit ?? 50, facets: (query.facets ?? '').split(',').filter((name) => name !== ''),
  }
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? value.split(',').filter((item) => item !== '').slice(0, 50) : value.slice(0, 50)
}
