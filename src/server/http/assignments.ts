import type { FastifyInstance } from 'fastify'
import { assignRequestSchema } from '#protocol/assignment.ts'
import type { AssignResponse, ReviewersResponse } from '#protocol/assignment.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { rolesWith } from '#server/policies/abilities.ts'

/** What waits for somebody to read it. */
const unread = ['received', 'edited']

/** Who reads which entry. It decides nothing: whoever may review may read and decide on every entry, whosoever it is. */
export function registerAssignments(app: FastifyInstance, context: ServerContext): void {
  const { store } = context
  app.get(`${apiPrefix}/reviewers`, { config: { access: 'readAll' } }, async (request): Promise<ReviewersResponse> => {
    const { campaign } = actorIn(request)
    const waiting = { chosen: { state: unread }, from: null, to: null, q: null, sort: 'oldest', after: null, limit: 0, facets: ['assignee'] } as const
    const [reviewers, { facets }] = await Promise.all([store.assignments.reviewers(campaign.id, rolesWith('review')), store.entries.list(campaign.id, waiting)])
    return { reviewers: reviewers.map(({ id, name, organisation }) => ({ id, name, ...(organisation === null ? {} : { organisation }), toRead: facets['assignee']?.[id] ?? 0 })) }
  })
  app.post(`${apiPrefix}/assignments`, { config: { access: 'review' } }, async (request): Promise<AssignResponse> => {
    const { entries, to } = parseInput(assignRequestSchema, request.body)
    const actor = actorIn(request)
    const assigned = await store.assignments.assign(actor.campaign.id, { entries, to, by: actBy(actor, context) }, rolesWith('review'))
    if (assigned === null) throw new ProblemError('not-found')
    return { assigned: [...assigned] }
  })
}
