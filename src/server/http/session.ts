import type { FastifyInstance } from 'fastify'
import { instantOf } from '#domain/new-ids.ts'
import * as v from 'valibot'
import { meResponseSchema, sessionText } from '#protocol/membership.ts'
import { sessionRequestSchema } from '#protocol/membership-request.ts'
import type { MeResponse } from '#protocol/membership.ts'
import type { SessionRequest } from '#protocol/membership-request.ts'
import { apiPrefix } from '#protocol/version.ts'
import { createChallenge, isChallengeGood } from '#server/auth/challenge.ts'
import { isCredentialOf, readCredential } from '#server/auth/credential.ts'
import { verifyText } from '#server/auth/keys.ts'
import { signedMembership } from '#server/auth/readmission.ts'
import { startSession } from '#server/auth/sessions.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import { sendSession } from '#server/http/join.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { abilitiesOf } from '#server/policies/abilities.ts'
import { presentCampaign, presentMember } from '#server/presenters/membership.ts'
import type { StoredDevice } from '#server/store/store.ts'

/** What the device knows already of the campaign's settings. */
export const meQuerySchema = v.looseObject({ revision: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))) })

/** `GET /session/challenge`, `POST /session`, `GET /me`: a session by the device's key, without an invite and without a person. */
export function registerSession(app: FastifyInstance, context: ServerContext): void {
  app.get(`${apiPrefix}/session/challenge`, { config: { access: 'anyone' } }, () => {
    const { challenge, expiresMs } = createChallenge(context)
    return { challenge, expiresAt: instantOf({ now: () => expiresMs }) }
  })
  app.post(`${apiPrefix}/session`, { config: { access: 'anyone', rateLimit: { max: 240, timeWindow: 60_000 } } }, async (request, reply) => {
    const body = parseInput(sessionRequestSchema, request.body)
    const device = await provedDevice(context, body)
    const session = await startSession(context, { campaignId: device.campaignId, memberId: device.memberId, deviceId: device.id })
    sendSession(context, reply, { session, device: device.id })
    return reply.send({ epoch: await context.store.epoch(), ...(body.tokenFor === 'script' ? { session } : {}) })
  })
  app.get(`${apiPrefix}/me`, { config: { access: 'member' } }, async (request): Promise<MeResponse> => {
    const { member, campaign, device, role } = actorIn(request)
    const { revision } = parseInput(meQuerySchema, request.query)
    return parseInput(meResponseSchema, { member: presentMember({ ...member, role }), campaign: presentCampaign(campaign, revision), deviceId: device.id, abilities: abilitiesOf(role), epoch: await context.store.epoch() })
  })
}

/** The device whose key signed the challenge; a device that the database has lost comes back by its credential. */
async function provedDevice(context: ServerContext, body: SessionRequest): Promise<StoredDevice> {
  if (!isChallengeGood(context, body.challenge)) throw new ProblemError('bad-signature')
  const device = (await context.store.members.device(body.deviceId)) ?? (await readmittedDevice(context, body))
  if (!verifyText(device.publicKey, sessionText(body.challenge, body.deviceId), body.sig)) throw new ProblemError('bad-signature')
  const member = await context.store.members.get(device.campaignId, device.memberId)
  if (device.revokedAt !== null || member === null || member.endedAt !== null) throw new ProblemError('device-revoked')
  return device
}

async function readmittedDevice(context: ServerContext, body: SessionRequest): Promise<StoredDevice> {
  const credential = readCredential(body.credential)
  if (credential === null || credential.deviceId !== body.deviceId) throw new ProblemError('bad-signature')
  const campaign = await context.store.campaigns.get(credential.campaignId)
  // The key that signed the credential went with the campaign. Its phones would try again for ever, and keep what others wrote there.
  if (campaign === null && (await context.store.erasures.isCampaignErased(credential.campaignId))) throw new ProblemError('device-revoked')
  const isOurs = campaign !== null && isCredentialOf(campaign, body.credential)
  if (!isOurs || !verifyText(credential.publicKey, sessionText(body.challenge, body.deviceId), body.sig)) throw new ProblemError('bad-signature')
  const signed = await signedMembership(context.store, credential)
  // Erased, ended or revoked since: nothing of them is written down again.
  if (signed === null || signed.member.endedAt !== null || signed.device.revokedAt !== null) throw new ProblemError('device-revoked')
  await context.store.members.add(signed.member, signed.device)
  return signed.device
}
