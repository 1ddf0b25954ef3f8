import type { FastifyRequest } from 'fastify'
import { instantOf } from '#domain/new-ids.ts'
import type { Ability, Role } from '#protocol/membership.ts'
import { sessionOf } from '#server/auth/sessions.ts'
import type { ServerContext } from '#server/context.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { may } from '#server/policies/abilities.ts'
import type { PersonBy } from '#server/store/audit-store.ts'
import type { StoredCampaign, StoredDevice, StoredMember } from '#server/store/store.ts'

/** Who may call a route: stated at each route, enforced before its handler, walked by the authority test. */
export type Access = 'anyone' | 'member' | Ability

/** Who calls: a member through one device, by a session. */
export interface Actor {
  readonly role: Role
  readonly memberId: StoredMember['id']
  readonly member: StoredMember
  readonly device: StoredDevice
  readonly campaign: StoredCampaign
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access
  }
  interface FastifyRequest {
    actor: Actor | null
  }
}

/** On https the `__Host-` prefix binds the cookie to this host; on http://localhost browsers would refuse it. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-terrain' : 'terrain'
}

const changesNothing = new Set(['GET', 'HEAD', 'OPTIONS'])

/** The gate before every route: no cross-site writes, then who, then whether they may. */
export async function admit(context: ServerContext, request: FastifyRequest, access: Access): Promise<Actor | null> {
  if (!changesNothing.has(request.method)) refuseCrossSite(request, context.config.publicUrl)
  if (access === 'anyone') return null
  const actor = await actorOf(context, request)
  if (actor === null) throw new ProblemError('no-session')
  if (access !== 'member' && !may(actor, access)) throw new ProblemError('forbidden')
  return actor
}

/** A browser says where a request comes from; a form of another site cannot set our header (OWASP, custom request headers). */
function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ProblemError('cross-site')
  if (site === undefined && !isOwnOrigin(request.headers, publicUrl)) throw new ProblemError('cross-site')
  const byCookie = request.headers.authorization === undefined && request.headers.cookie !== undefined
  if (byCookie && request.headers['x-terrain'] === undefined) throw new ProblemError('cross-site')
}

/** Safari says only since 16.4 which site a request comes from, but every browser names the origin. The public address counts as well: proxies rewrite Host. */
function isOwnOrigin({ origin, host }: FastifyRequest['headers'], publicUrl: string): boolean {
  if (origin === undefined) return true
  const from = URL.parse(origin)
  return from !== null && (from.host === host || from.origin === URL.parse(publicUrl)?.origin)
}

async function actorOf(context: ServerContext, request: FastifyRequest): Promise<Actor | null> {
  const token = bearerOf(request) ?? request.cookies[cookieName(context.config.publicUrl)]
  if (token === undefined || token.length > 100) return null
  const { store } = context
  const session = await sessionOf(context, token)
  if (session === null) return null
  const [member, device, campaign] = await Promise.all([
    store.members.get(session.campaignId, session.memberId), store.members.device(session.deviceId), store.campaigns.get(session.campaignId),
  ])
  if (member === null || device === null || campaign === null || member.endedAt !== null || device.revokedAt !== null) return null
  return { role: member.role, memberId: member.id, member, device, campaign }
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1]
}

/** The actor of a route that is not for anyone. */
export function actorIn(request: FastifyRequest): Actor {
  if (request.actor === null) throw new ProblemError('no-session')
  return request.actor
}

/** Who does it, with which device, now: what an act is kept with. */
export function actBy({ memberId, device }: Pick<Actor, 'memberId' | 'device'>, { clock }: Pick<ServerContext, 'clock'>): PersonBy {
  return { memberId, deviceId: device.id, at: instantOf(clock) }
}

/** A foreign campaign does not exist for the caller. */
export function ownCampaign(actor: Actor, campaignId: string | undefined): StoredCampaign {
  if (campaignId !== undefined && campaignId !== actor.campaign.id) throw new ProblemError('not-found')
  return actor.campaign
}
