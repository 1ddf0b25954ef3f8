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
    const { campaignId, after } = parseInput(freshQuerySchema, request.query)
    const { epoch, seq, more, touched } = await store.fresh.since(ownCampaign(actorIn(request), campaignId).id, after ?? null, mostChanges)
    return { epoch, seq, more, touched: [...touched] }
  })
}
