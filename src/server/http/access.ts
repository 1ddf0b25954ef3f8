import type { FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { deviceIdSchema } from '#domain/ids.ts'
import type { DeviceId } from '#domain/ids.ts'
import { instantOf } from '#domain/new-ids.ts'
import type { Ability, Role } from '#protocol/membership.ts'
import { deviceQuery, ownHeader, unnamed } from '#protocol/version.ts'
import { sessionOf } from '#server/auth/sessions.ts'
import type { ServerContext } from '#server/context.ts'
import { ProblemError } from '#server/http/problem-error.ts'
import { may, roleOn } from '#server/policies/abilities.ts'
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
  /** The history of the database in which they were found. */
  readonly epoch: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: Access
    /** In the address of this route `device` is a facet: whose entries are meant, and not who asks. */
    readonly isDeviceFacet?: true
  }
  interface FastifyRequest {
    actor: Actor | null
  }
}

/**
 * On https the `__Host-` prefix binds the cookie to this host; on http://localhost browsers would refuse it. Each device has a cookie of
 * its own, by the end of its id: sent each time, read by us, and as much chance as two phones of one browser can meet with. The one without a name is of
 * phones that do not yet say who they are.
 */
export function cookieName(publicUrl: string, device: DeviceId | null): string {
  return `${publicUrl.startsWith('https:') ? '__Host-terrain' : 'terrain'}${device === null ? '' : `-${device.slice(-12)}`}`
}

/** The device that a request says it speaks as; null where it says nothing, and `unreadable` where what it says is no device's name. */
export function namedDevice({ headers, method, query, routeOptions }: Pick<FastifyRequest, 'headers' | 'method' | 'query' | 'routeOptions'>): DeviceId | 'unreadable' | null {
  const asked: unknown = method === 'GET' && routeOptions.config.isDeviceFacet !== true && typeof query === 'object' && query !== null ? Reflect.get(query, deviceQuery) : undefined
  const said = headers[ownHeader]
  const name = said === undefined || said === unnamed ? asked : said
  if (name === undefined) return null
  const parsed = v.safeParse(deviceIdSchema, name)
  return parsed.success ? parsed.output : 'unreadable'
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
  if (byCookie && request.headers[ownHeader] === undefined) throw new ProblemError('cross-site')
}

/** Safari says only since 16.4 which site a request comes from, but every browser names the origin. The public address counts as well: proxies rewrite Host. */
function isOwnOrigin({ origin, host }: FastifyRequest['headers'], publicUrl: string): boolean {
  if (origin === undefined) return true
  const from = URL.parse(origin)
  return from !== null && (from.host === host || from.origin === URL.parse(publicUrl)?.origin)
}

async function actorOf(context: ServerContext, request: FastifyRequest): Promise<Actor | null> {
  const named = namedDevice(request)
  const token = named === 'unreadable' ? undefined : (bearerOf(request) ?? cookieOf(context, request, named))
  if (token === undefined || token.length > 100) return null
  const session = await sessionOf(context, token)
  // Another membership of the same browser is another person to the server: whoever names one is never answered as the other.
  if (session === null || (named !== null && session.deviceId !== named)) return null
  const { member, device, campaign, epoch } = session
  if (member.endedAt !== null || device.revokedAt !== null) return null
  return { role: roleOn(member, device), memberId: member.id, member, device, campaign, epoch }
}

/** A phone of before has its session under the old name still; whether it is the one that was named is looked at afterwards. */
function cookieOf({ config: { publicUrl } }: ServerContext, { cookies }: FastifyRequest, named: DeviceId | null): string | undefined {
  return (named === null ? undefined : cookies[cookieName(publicUrl, named)]) ?? cookies[cookieName(publicUrl, null)]
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
