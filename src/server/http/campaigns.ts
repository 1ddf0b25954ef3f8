import type { FastifyInstance } from 'fastify'
import { createUuid, instantOf } from '#domain/new-ids.ts'
import * as v from 'valibot'
import { campaignOrderSchema, campaignPatchSchema } from '#protocol/campaign.ts'
import type { CampaignResponse } from '#protocol/campaign.ts'
import { apiPrefix } from '#protocol/version.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { newCampaign } from '#server/first-campaign.ts'
import { actBy, actorIn, ownCampaign } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { settledCampaign } from '#server/policies/settings-policy.ts'
import { presentCampaign } from '#server/presenters/membership.ts'
import { presentSettings } from '#server/presenters/settings.ts'
import type { StoredCampaign } from '#server/store/store.ts'

const paramsSchema = v.object({ id: v.pipe(v.string(), v.uuid()) })
const keptActs = 100

/** The founder joins at once; a day is for a line that breaks just then. */
const foundersInviteDays = 1

/**
 * `POST /campaigns`: a further campaign, with an invite for who asked. Nobody is a member of it by being one elsewhere: they join it
 * like anybody, as another member with another device.
 */
export function registerFounding(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/campaigns`, { config: { access: 'createCampaign', rateLimit: { max: 20, timeWindow: 3_600_000 } } }, async (request, reply) => {
    const { id, invite: secret, name, countries, languages } = parseInput(campaignOrderSchema, request.body)
    const actor = actorIn(request)
    // Its first invite makes a coordinator, who publishes under this address: a session would be enough for that from then on.
    await proveAct(context, request)
    const by = actBy(actor, context)
    const made = newCampaign(context, { id, name, countries, languages })
    const invite = {
      id: createUuid(context.clock, context.chance), campaignId: id, secretHash: sha256Of(secret), role: 'coordinator' as const, uses: 1, note: null,
      createdAt: by.at, expiresAt: instantOf({ now: () => context.clock.now() + foundersInviteDays * 86_400_000 }), createdBy: null,
    }
    const outcome = await context.store.campaigns.found({ ...made, invite, by, from: actor.campaign.id })
    // Whoever does not bring its invite learns nothing of a campaign of that id.
    const campaign = outcome === 'taken' ? null : await context.store.campaigns.get(id)
    if (campaign === null) throw new ProblemError('invalid')
    return reply.code(outcome === 'made' ? 201 : 200).send({ campaign: presentCampaign(campaign) })
  })
}

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
    // A day in the past, with so many months after it, erases everything; originals that are no longer kept are gone; another sensitivity shows more.
    await proveAct(context, request)
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
