import type { FastifyInstance, FastifyRequest } from 'fastify'
import { quarantineRequestSchema, syncRequestSchema } from '#protocol/sync-request.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn, namedDevice, ownCampaign } from '#server/http/access.ts'
import type { Actor } from '#server/http/access.ts'
import { refuseFlood, refuseFloodOfChanges } from '#server/http/flood.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { quarantineBytes } from '#server/sync/quarantine-bytes.ts'
import { answerSync, briefWhereSame } from '#server/sync/sync.ts'

/** `POST /sync` and `POST /sync/quarantine`: push and pull in one request, answered after the commit. */
export function registerSync(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/sync`, { config: { access: 'member' } }, async (request) => {
    const body = parseInput(syncRequestSchema, request.body)
    const actor = actorAs(request, body)
    await refuseFlood(context, actor, body.run)
    const outcome = await answerSync(context, actor, body)
    if (outcome.ok) return briefWhereSame(outcome.value, body)
    throw new ProblemError('epoch-changed', outcome.problem)
  })
  app.post(`${apiPrefix}/sync/quarantine`, { config: { access: 'member' } }, async (request) => {
    const body = parseInput(quarantineRequestSchema, request.body)
    const actor = actorAs(request, body)
    await refuseFloodOfChanges(context, actor)
    return quarantineBytes(context, actor, body)
  })
}

/**
 * Who sends, in their own campaign and on their own device. A browser may hold the session of the device it was before or is
 * to become (a rotation cut short): taken as that one, a good run would be quarantined for its seal. It renews its session.
 */
function actorAs(request: FastifyRequest, { campaignId, deviceId }: { readonly campaignId?: string | undefined; readonly deviceId?: string | undefined }): Actor {
  const actor = actorIn(request)
  ownCampaign(actor, campaignId)
  // A session alone does not say whose run it is.
  const named = deviceId ?? namedDevice(request)
  if (named === null) throw new ProblemError('malformed-request')
  if (actor.device.id !== named) throw new ProblemError('no-session')
  return actor
}
