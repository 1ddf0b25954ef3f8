import { ok } from '#domain/result.ts'
import type { DeskApi } from '#device/sync/desk-api.ts'
import type { Call } from '#device/sync/desk-calls.ts'
import { isDone } from '#device/sync/is-done.ts'
import { readJson } from '#device/sync/read-json.ts'
import { heldType, memberErasedSchema, memberSetAsideSchema } from '#protocol/member-acts.ts'
import { inviteResponseSchema, invitesResponseSchema, membersResponseSchema } from '#protocol/desk.ts'

/** A phone may have brought thousands. */
const longTimeoutMs = 300_000

/** Who is here, with which phones, and who is invited. `prove` is for what needs the key of this device. */
export function peopleCalls(call: Call, prove: Call): Pick<DeskApi, 'members' | 'changeMember' | 'eraseMember' | 'heldAbout' | 'setMemberAside' | 'releaseMember' | 'invites' | 'createInvite' | 'deleteInvite' | 'revokeDevice'> {
  return {
    members: async () => {
      const answer = await call({ method: 'GET', path: '/members', read: readJson(membersResponseSchema) })
      return answer.ok ? ok(answer.value.members) : answer
    },
    changeMember: async (id, patch) => {
      const answer = await prove({ method: 'PATCH', path: `/members/${encodeURIComponent(id)}`, body: { json: patch }, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    eraseMember: async (id, reason) => {
      const answer = await prove({ method: 'POST', path: `/members/${encodeURIComponent(id)}/erase`, body: { json: { reason } }, timeoutMs: longTimeoutMs, read: readJson(memberErasedSchema) })
      return answer.ok ? ok(answer.value.entries) : answer
    },
    heldAbout: (id) => prove({
      method: 'GET', path: `/members/${encodeURIComponent(id)}/held`, timeoutMs: longTimeoutMs, asBytes: true,
      read: (response, _, bytes) => (response.headers.get('content-type')?.startsWith(heldType) === true ? (bytes ?? null) : null),
    }),
    setMemberAside: async (id, aside) => {
      const answer = await call({ method: 'PUT', path: `/members/${encodeURIComponent(id)}/aside`, body: { json: aside }, timeoutMs: longTimeoutMs, read: readJson(memberSetAsideSchema) })
      return answer.ok ? ok(answer.value.entries) : answer
    },
    releaseMember: async (id) => {
      const answer = await call({ method: 'DELETE', path: `/members/${encodeURIComponent(id)}/aside`, timeoutMs: longTimeoutMs, read: readJson(memberSetAsideSchema) })
      return answer.ok ? ok(answer.value.entries) : answer
    },
    invites: async () => {
      const answer = await call({ method: 'GET', path: '/invites', read: readJson(invitesResponseSchema) })
      return answer.ok ? ok(answer.value.invites) : answer
    },
    createInvite: (invite) => (invite.role === 'coordinator' ? prove : call)({ method: 'POST', path: '/invites', body: { json: invite }, read: readJson(inviteResponseSchema) }),
    deleteInvite: async (id) => {
      const answer = await call({ method: 'DELETE', path: `/invites/${encodeURIComponent(id)}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
    revokeDevice: async (id) => {
      const answer = await prove({ method: 'DELETE', path: `/devices/${encodeURIComponent(id)}`, read: isDone })
      return answer.ok ? ok(null) : answer
    },
  }
}
