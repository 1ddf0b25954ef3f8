import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { memberIdSchema } from '#domain/ids.ts'
import { asideRequestSchema, eraseMemberRequestSchema } from '#protocol/member-acts.ts'
import type { MemberErased, MemberSetAside } from '#protocol/member-acts.ts'
import { apiPrefix } from '#protocol/version.ts'
import type { ServerContext } from '#server/context.ts'
import { actBy, actorIn } from '#server/http/access.ts'
import type { Actor } from '#server/http/access.ts'
import { parseInput } from '#server/http/parse.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { proveAct } from '#server/http/proof.ts'
import { eraseMember } from '#server/jobs/erase-member.ts'
import { releaseMember } from '#server/jobs/release-member.ts'
import type { StoredMember } from '#server/store/store.ts'
import { heldAbout, heldName } from '#server/transfer/held-about.ts'

/** What is done to one person as a whole: everything of theirs erased, taken out for them, or set aside while somebody looks. */
export function registerMemberActs(app: FastifyInstance, context: ServerContext): void {
  const { store } = context
  app.post(`${apiPrefix}/members/:id/erase`, { config: { access: 'manageMembers' } }, async (request): Promise<MemberErased> => {
    const { actor, member } = await named(context, request)
    const { reason } = parseInput(eraseMemberRequestSchema, request.body)
    // Who has erased themselves could not be told that it is done; another coordinator does it.
    if (member.id === actor.memberId) throw new ProblemError('forbidden')
    await proveAct(context, request)
    const done = await eraseMember(context, actor.campaign, member.id, { by: actBy(actor, context), reason: reason.trim() })
    if (done === null) throw new ProblemError('forbidden')
    return done
  })
  app.get(`${apiPrefix}/members/:id/held`, { config: { access: 'manageMembers' } }, async (request, reply) => {
    const { actor, member } = await named(context, request)
    await proveAct(context, request)
    const body = heldAbout(context, actor.campaign, member)
    await store.audit.add(actor.campaign.id, { act: 'member.exported', by: actBy(actor, context), subject: member.id })
    return reply.type('application/zip').header('content-disposition', `attachment; filename="${heldName(member.id)}"`).send(Readable.from(body))
  })
  app.put(`${apiPrefix}/members/:id/aside`, { config: { access: 'review' } }, async (request): Promise<MemberSetAside> => {
    const { actor, member } = await named(context, request)
    const { since, reason } = parseInput(asideRequestSchema, request.body)
    if (member.id === actor.memberId) throw new ProblemError('forbidden')
    const entries = await store.persons.setAside(actor.campaign.id, member.id, { since, by: actBy(actor, context), reason: reason.trim() })
    return { entries: entries ?? 0 }
  })
  app.delete(`${apiPrefix}/members/:id/aside`, { config: { access: 'review' } }, async (request): Promise<MemberSetAside> => {
    const { actor, member } = await named(context, request)
    return { entries: await releaseMember(context, actor.campaign, member.id, actBy(actor, context)) }
  })
}

async function named({ store }: ServerContext, request: FastifyRequest): Promise<{ readonly actor: Actor; readonly member: StoredMember }> {
  const { id } = parseInput(v.object({ id: memberIdSchema }), request.params)
  const actor = actorIn(request)
  const member = await store.members.get(actor.campaign.id, id)
  if (member === null || id === actor.campaign.serverMemberId) throw new ProblemError('not-found')
  return { actor, member }
}
