import type { FastifyInstance } from 'fastify'
import { freshQuerySchema } from '#protocol/fresh.ts'
import type { FreshResponse } from '#protocol/fresh.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { Place } from '#server/store/audit-store.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'

const mostChanges = 200

/** What has happened since a desk looked last: asked for every few seconds, so a quiet campaign costs two rows by their keys. */
export function registerFresh(app: FastifyInstance, { store }: ServerContext): void {
  app.get(`${apiPrefix}/fresh`, { config: { access: 'readAll' } }, async (request): Promise<FreshResponse> => {
    const { campaignId, after, assignments, asides } = parseInput(freshQuerySchema, request.query)
    const { id } = ownCampaign(actorIn(request), campaignId)
    const { epoch, seq, more, touched } = await store.fresh.since(id, after ?? null, mostChanges)
    const given = assignments === undefined ? null : await store.assignments.since(id, assignments === 'new' ? null : Number(assignments), mostChanges)
    // After what was touched: what was set aside in between is told, and what counts again in between is touched the next time.
    const aside = asides === undefined ? null : await store.fresh.asideSince(id, asides === 'new' ? null : placeOf(asides))
    return {
      epoch, seq, more, touched: [...touched],
      ...(given === null ? {} : { assignments: given.number, assigned: [...given.assigned] }),
      ...(aside === null ? {} : { asides: `${aside.place.seq}.${aside.place.number}`, aside: [...aside.entries] }),
    }
  })
}

function placeOf(text: string): Place {
  const [seq = 0, number = 0] = text.split('.').map(Number)
  return { seq, number }
}
