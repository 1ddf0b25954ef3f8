import type { FastifyInstance, FastifyReply } from 'fastify'
import type { DeviceId } from '#domain/ids.ts'
import { createMemberId, instantOf } from '#domain/new-ids.ts'
import { apiPrefix } from '#protocol/version.ts'
import { inviteLookRequestSchema, joinRequestSchema } from '#protocol/membership-request.ts'
import type { JoinRequest } from '#protocol/membership-request.ts'
import { credentialFor } from '#server/auth/credential.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { startSession } from '#server/auth/sessions.ts'
import type { NewSession } from '#server/auth/sessions.ts'
import type { ServerContext } from '#server/context.ts'
import { cookieName, namedDevice } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { roleOn } from '#server/policies/abilities.ts'
import { presentInviteLook, presentJoin } from '#server/presenters/membership.ts'
import type { StoredMember } from '#server/store/store.ts'

/** `POST /join`: an invite becomes a membership. The same device id and key again gets the same answer and uses nothing up. */
export function registerJoin(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/join`, { config: { access: 'anyone', rateLimit: { max: 60, timeWindow: 60_000 } } }, async (request, reply) => {
    const body = parseInput(joinRequestSchema, request.body)
    const { kind, member } = await joinStore(context, body)
    const [campaign, device] = await Promise.all([context.store.campaigns.get(member.campaignId), context.store.members.device(body.device.id)])
    if (campaign === null || device === null) throw new ProblemError('invite-invalid')
    const credential = credentialFor(campaign, member, device)
    const shown = { ...member, role: roleOn(member, device) }
    const epoch = await context.store.epoch()
    // Whoever carries a bundle knows its author's device id and public key. Only the private key gets a session (POST /session).
    if (kind === 'again') return reply.code(200).send(presentJoin({ member: shown, campaign, credential, epoch, session: undefined }))
    const session = await startSession(context, { campaignId: campaign.id, memberId: member.id, deviceId: body.device.id })
    sendSession(context, reply, { session, device: body.device.id })
    return reply.code(201).send(presentJoin({ member: shown, campaign, credential, epoch, session: body.tokenFor === 'script' ? { ...session } : undefined }))
  })
}

/** `POST /join/look`: what an invite is for, to who holds it; one that is not good any more says nothing of itself, like a wrong one. */
export function registerInviteLook(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/join/look`, { config: { access: 'anyone', rateLimit: { max: 60, timeWindow: 60_000 } } }, async (request, reply) => {
    const { invite, devices = [] } = parseInput(inviteLookRequestSchema, request.body)
    const found = await context.store.members.lookAtInvite(sha256Of(invite), { devices, now: instantOf(context.clock) })
    const campaign = found === null ? null : await context.store.campaigns.get(found.campaignId)
    if (found === null || campaign === null) throw new ProblemError('invite-invalid')
    return reply.send(presentInviteLook(campaign, found.role))
  })
}

async function joinStore(context: ServerContext, body: JoinRequest): Promise<{ readonly kind: 'joined' | 'again'; readonly member: StoredMember }> {
  const at = instantOf(context.clock)
  const { id, publicKey, label } = body.device
  const outcome = await context.store.members.join({
    inviteHash: sha256Of(body.invite), at,
    member: { id: createMemberId(context.clock, context.chance), name: body.name, language: body.language, joinedAt: at, endedAt: null, ...(body.organisation === undefined ? {} : { organisation: body.organisation }) },
    device: { id, publicKey, label, createdAt: at },
  })
  if (outcome.kind === 'joined' || outcome.kind === 'again') return outcome
  throw new ProblemError(outcome.kind)
}

/**
 * HttpOnly and SameSite=Strict: no script reads it, no other site sends it. Under the name of its device, so that two memberships of one
 * browser never take each other's place; a phone that does not say who it is gets the one cookie of before.
 */
export function sendSession(context: ServerContext, reply: FastifyReply, { session, device }: { readonly session: NewSession; readonly device: DeviceId }): void {
  void reply.setCookie(cookieName(context.config.publicUrl, namedDevice(reply.request) === null ? null : device), session.token, {
    path: '/', httpOnly: true, sameSite: 'strict', secure: context.config.publicUrl.startsWith('https:'), expires: new Date(session.expiresAt),
  })
}
