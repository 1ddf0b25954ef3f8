import type { FastifyInstance } from 'fastify'
import { instantOf } from '#domain/new-ids.ts'
import * as v from 'valibot'
import { campaignPatchSchema } from '#protocol/campaign.ts'
import type { CampaignResponse } from '#protocol/campaign.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { settledCampaign } from '#server/policies/settings-policy.ts'
import { presentSettings } from '#server/presenters/settings.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const paramsSchema = v.object({ id: v.pipe(v.string(), v.uuid()) })
const keptActs = 100

/** `GET, PATCH /campaigns/{id}`: the settings of the own campaign, who changed them, and how they are changed without writing over another's change. */
export function registerCampaigns(app: FastifyInstance, context: ServerContext): void {
  const answer = async (campaign: StoredCampaign): Promise<CampaignResponse> => {
    const [history, members] = await Promise.all([context.store.campaigns.history(campaign.id, keptActs), context.store.members.list(campaign.id)])
    return presentSettings(campaign, { history, members })
  }
  app.get(`${apiPrefix}/campaigns/:id`, { config: { access: 'editCampaign' } }, async (request) => {
    const { id } = parseInput(paramsSchema, request.params)
    return answer(ownCampaign(actorIn(request), id))
  })
  app.patch(`${apiPrefix}/campaigns/:id`, { config: { access: 'editCampaign' } }, async (request) => {
    const { id } = parseInput(paramsSchema, request.params)
    const actor = actorIn(request)
    const campaign = ownCampaign(actor, id)
    const { revision, set } = parseInput(campaignPatchSchema, request.body)
    // A day in the past, with so many months after it, erases everything.
    if ('endsOn' in set || 'retentionMonths' in set) await proveAct(context, request)
    const outcome = await context.store.campaigns.change(campaign.id, { revision, at: instantOf(context.clock), memberId: actor.memberId, settle: (current) => settledCampaign(current, set) })
    switch (outcome.kind) {
      case 'changed':
      case 'unchanged':
        return answer(outcome.campaign)
      case 'stale':
        throw new ProblemError('precondition-failed')
      case 'unfit':
        throw new ProblemError('invalid')
      case 'unknown':
        throw new ProblemError('not-found')
    }
  })
}
