import type { FastifyInstance } from 'fastify'
import { instantOf } from '#domain/new-ids.ts'
import * as v from 'valibot'
import { saveViewSchema } from '#protocol/saved-view.ts'
import type { SavedViewsResponse } from '#protocol/saved-view.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'

const idSchema = v.object({ id: v.pipe(v.string(), v.uuid()) })

/** Lists that a coordinator has given a name. Only their own: who wants to share one sends its address. */
export function registerViews(app: FastifyInstance, { store, clock }: ServerContext): void {
  app.get(`${apiPrefix}/views`, { config: { access: 'readAll' } }, async (request): Promise<SavedViewsResponse> => {
    const { campaign, memberId } = actorIn(request)
    return { views: [...await store.savedViews.list(campaign.id, memberId)] }
  })
  app.put(`${apiPrefix}/views/:id`, { config: { access: 'readAll' } }, async (request, reply) => {
    const { id } = parseInput(idSchema, request.params)
    const { name, search } = parseInput(saveViewSchema, request.body)
    const { campaign, memberId } = actorIn(request)
    if (!(await store.savedViews.save(campaign.id, memberId, { id, name, search, at: instantOf(clock) }))) throw new ProblemError('invalid')
    return reply.code(204).send()
  })
  app.delete(`${apiPrefix}/views/:id`, { config: { access: 'readAll' } }, async (request, reply) => {
    const { id } = parseInput(idSchema, request.params)
    const { campaign, memberId } = actorIn(request)
    await store.savedViews.remove(campaign.id, memberId, id)
    return reply.code(204).send()
  })
}
