import type { FastifyInstance } from 'fastify'
import { instantOf } from '#domain/new-ids.ts'
import { rotateText } from '#protocol/membership.ts'
import { rotateRequestSchema } from '#protocol/membership-request.ts'
import type { RotateRequest } from '#protocol/membership-request.ts'
import { apiPrefix } from '#protocol/version.ts'
import { credentialFor } from '#server/auth/credential.ts'
import { verifyText } from '#server/auth/keys.ts'
import { startSession } from '#server/auth/sessions.ts'
import type { ServerContext } from '#server/context.ts'
import { actorIn } from '#server/http/access.ts'
import type { Actor } from '#server/http/access.ts'
import { sendSession } from '#server/http/join.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { roleOn } from '#server/policies/abilities.ts'
import { presentJoin } from '#server/presenters/membership.ts'
import type { StoredDevice } from '#server/store/store.ts'

/**
 * `POST /devices/rotate`: a new id and key for the member of the session, whose phone was cloned, set back, or has lost its
 * key. The old device stays as it is, because on a clone somebody goes on with it.
 */
export function registerDevices(app: FastifyInstance, context: ServerContext): void {
  app.post(`${apiPrefix}/devices/rotate`, { config: { access: 'member', rateLimit: { max: 60, timeWindow: 60_000 } } }, async (request, reply) => {
    const body = parseInput(rotateRequestSchema, request.body)
    const actor = actorIn(request)
    if (!verifyText(body.device.publicKey, rotateText(body.device.id), body.sig)) throw new ProblemError('bad-signature')
    const { kind, device } = await rotated(context, actor, body)
    const { member, campaign } = actor
    const session = await startSession(context, { campaignId: campaign.id, memberId: member.id, deviceId: device.id })
    sendSession(context, reply, { session, device: device.id })
    const answer = presentJoin({ member: { ...member, role: roleOn(member, device) }, campaign, credential: credentialFor(campaign, member, device), epoch: await context.store.epoch(), session: body.tokenFor === 'script' ? { ...session } : undefined })
    return reply.code(kind === 'made' ? 201 : 200).send(answer)
  })
}

/** Made once however often it is asked for; a name that is taken by another member or key stays taken. */
async function rotated({ store, clock }: ServerContext, { member, campaign, device: from }: Actor, { device: { id, publicKey, label }, by }: RotateRequest): Promise<{ readonly kind: 'made' | 'again'; readonly device: StoredDevice }> {
  const known = await store.members.device(id)
  if (known === null) {
    await store.members.add(member, { id, campaignId: campaign.id, memberId: member.id, publicKey, label, rotatedFrom: from.id, isVouched: isVouchedBy(from, id, by), createdAt: instantOf(clock), revokedAt: null, lastContactAt: null, appVersion: null, manifest: null })
    // A revocation that came in between has ended everything but this one.
    if ((await store.members.device(from.id))?.revokedAt !== null) await store.members.revokeDevice(campaign.id, id, instantOf(clock))
  }
  // Read back, because another request may have taken the name meanwhile.
  const device = known ?? (await store.members.device(id))
  const isOurs = device !== null && device.campaignId === campaign.id && device.memberId === member.id && device.publicKey.x === publicKey.x && device.publicKey.y === publicKey.y
  if (!isOurs || device.revokedAt !== null) throw new ProblemError('device-key-differs')
  return { kind: known === null ? 'made' : 'again', device }
}

/** Whoever only has the session of a device has not its key. */
function isVouchedBy({ publicKey, isVouched }: StoredDevice, id: StoredDevice['id'], by: string | undefined): boolean {
  return isVouched !== false && by !== undefined && verifyText(publicKey, rotateText(id), by)
}
