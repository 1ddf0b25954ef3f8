import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { memberIdSchema } from '#domain/ids.ts'
import type { MemberId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import { inviteRequestSchema, memberPatchSchema } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import { createInvite } from '#server/auth/invites.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { floodWindowMs, usualFlood } from '#server/policies/flood-policy.ts'
import { presentDevice, presentMemberRow } from '#server/presenters/people.ts'

/** Members with their devices, and invites. The secret of an invite is in one answer only. */
export function registerPeople(app: FastifyInstance, context: ServerContext): void {
  const { store } = context
  app.get(`${apiPrefix}/members`, { config: { access: 'manageMembers' } }, async (request) => {
    const { campaign } = actorIn(request)
    const hourAgo = instantOf({ now: () => context.clock.now() - floodWindowMs })
    const [members, devices, counts, recent, left] = await Promise.all([store.members.list(campaign.id), store.members.devices(campaign.id), store.entries.countByMember(campaign.id), store.persons.recordsSince(campaign.id, hourAgo), store.erasures.leftFiles()])
    const floodOf = (id: MemberId) => ((recent.get(id) ?? 0) > (context.config.flood ?? usualFlood).told ? (recent.get(id) ?? 0) : null)
    return { members: members.filter((member) => member.id !== campaign.serverMemberId).map((member) => presentMemberRow(member, { devices: devices.filter((device) => device.memberId === member.id), entries: counts.get(member.id) ?? 0, flood: floodOf(member.id), filesLeft: left.filter((file) => file.campaignId === campaign.id && file.uploadedBy === member.id).length })) }
  })
  app.patch(`${apiPrefix}/members/:id`, { config: { access: 'manageMembers' } }, async (request, reply) => {
    const { id } = parseInput(v.object({ id: memberIdSchema }), request.params)
    const actor = actorIn(request)
    const member = await store.members.get(actor.campaign.id, id)
    if (member === null || id === actor.campaign.serverMemberId) throw new ProblemError('not-found')
    const patch = parseInput(memberPatchSchema, request.body)
    // Nobody takes away their own rights: so a campaign always keeps somebody who has them.
    if (id === actor.memberId) throw new ProblemError('forbidden')
    await proveAct(context, request)
    const change = 'role' in patch ? { role: patch.role } : { endedAt: instantOf(context.clock) }
    if (!(await store.members.change(actor.campaign.id, id, change, actBy(actor, context)))) throw new ProblemError('not-found')
    context.log.info({ member: id, by: actor.memberId, ...patch }, 'a membership was changed')
    return reply.code(204).send()
  })
  app.get(`${apiPrefix}/devices`, { config: { access: 'manageMembers' } }, async (request) => {
    const { campaign } = actorIn(request)
    const devices = await store.members.devices(campaign.id)
    return { devices: devices.filter((device) => device.id !== campaign.serverDeviceId).map(presentDevice) }
  })
  app.post(`${apiPrefix}/invites`, { config: { access: 'invite' } }, async (request, reply) => {
    const body = parseInput(inviteRequestSchema, request.body)
    const { campaign, memberId, device } = actorIn(request)
    if (body.role === 'coordinator') await proveAct(context, request)
    const made = await createInvite(context, { campaignId: campaign.id, role: body.role, uses: body.uses ?? 1, days: body.days ?? 7, note: body.note ?? null, createdBy: memberId, createdWith: device.id })
    return reply.code(201).send(made)
  })
  app.get(`${apiPrefix}/invites`, { config: { access: 'invite' } }, async (request) => ({ invites: await store.members.invites(actorIn(request).campaign.id, instantOf(context.clock)) }))
  app.delete(`${apiPrefix}/invites/:id`, { config: { access: 'invite' } }, async (request, reply) => {
    const { id } = parseInput(v.object({ id: v.pipe(v.string(), v.uuid()) }), request.params)
    const actor = actorIn(request)
    if (!(await store.members.deleteInvite(actor.campaign.id, id, actBy(actor, context)))) throw new ProblemError('not-found')
    return reply.code(204).send()
  })
  app.delete(`${apiPrefix}/devices/:id`, { config: { access: 'manageMembers' } }, async (request, reply) => {
    const { id } = parseInput(v.object({ id: v.pipe(v.string(), v.uuid()) }), request.params)
    const actor = actorIn(request)
    const { campaign } = actor
    const device = (await store.members.devices(campaign.id)).find((candidate) => candidate.id === id)
    if (device === undefined || device.id === campaign.serverDeviceId) throw new ProblemError('not-found')
    await proveAct(context, request)
    await store.members.revokeDevice(campaign.id, device.id, instantOf(context.clock), actBy(actor, context))
    return reply.code(204).send()
  })
}

