import type { FastifyInstance } from 'fastify'
import { freshQuerySchema } from '#protocol/fresh.ts'
import type { FreshResponse } from '#protocol/fresh.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'

const mostChanges = 200

/** What has happened since a desk looked last: asked for every few seconds, so a quiet campaign costs two rows by their keys. */
export function registerFresh(app: FastifyInstance, { store }: ServerContext): void {
  app.get(`${apiPrefix}/fresh`, { config: { access: 'readAll' } }, async (request): Promise<FreshResponse> => {
    const { campaignId, after, assignments } = parseInput(freshQuerySchema, request.query)
    const { id } = ownCampaign(actorIn(request), campaignId)
    const { epoch, seq, more, touched } = await store.fresh.since(id, after ?? null, mostChanges)
    if (assignments === undefined) return { epoch, seq, more, touched: [...touched] }
    const { number, assigned } = await store.assignments.since(id, assignments === 'new' ? null : Number(assignments), mostChanges)
    return { epoch, seq, more, touched: [...touched], assignments: number, assigned: [...assigned] }
  })
}
