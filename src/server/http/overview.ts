import type { FastifyInstance } from 'fastify'
import { entriesQuerySchema } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { narrowingOf } from '#server/http/entries.ts'
import { parseInput } from '#server/http/parse.ts'

/** What the desk sees at a glance: counts alone, under the filters of the queue. */
export function registerOverview(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/overview`, { config: { access: 'readAll', isDeviceFacet: true } }, (request) => {
    const query = parseInput(entriesQuerySchema, request.query)
    return context.store.entries.overview(ownCampaign(actorIn(request), query.campaignId).id, narrowingOf(query, actorIn(request).memberId))
  })
}
