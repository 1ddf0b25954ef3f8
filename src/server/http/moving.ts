import type { FastifyInstance } from 'fastify'
import { apiPrefix } from '#protocol/version.ts'
import { createMovingInvite } from '#server/auth/invites.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { isProved } from '#server/http/proof.ts'
import { presentMove } from '#server/presenters/membership.ts'

/**
 * `POST /devices/move`: a secret by which another browser joins as the same member, once and soon. On iPhones the app on the home screen
 * sees nothing of what Safari keeps, and the key of a device can leave its browser nowhere; so the membership does not move, it grows.
 */
export function registerMoving(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/devices/move`, { config: { access: 'member', rateLimit: { max: 20, timeWindow: 60_000 } } }, async (request, reply) => {
    const { member, campaign, device } = actorIn(request)
    const isVouched = await isProved(context, request)
    const made = await createMovingInvite(context, { campaignId: campaign.id, role: member.role, memberId: member.id, deviceId: device.id, isVouched })
    return reply.code(201).send(presentMove(made))
  })
}
