import * as v from 'valibot'
import type { DeviceId } from '#domain/ids.ts'
import { createDeviceId } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, Device, Membership } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { forgetIdentity, identityFor, refreshMembership, unknownRevision, writeMembership } from '#device/store/identity.ts'
import { readMeta } from '#device/store/meta.ts'
import type { Identity } from '#device/store/meta.ts'
import { plainProblem } from '#device/sync/http.ts'
import type { Http, HttpProblem } from '#device/sync/http.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import { abilities, inviteSecretSchema, joinResponseSchema, meResponseSchema } from '#protocol/membership.ts'
import type { Ability, JoinResponse, MeResponse } from '#protocol/membership.ts'

export interface JoinGround extends Pick<DeviceGround, 'clock' | 'chance' | 'crypto' | 'deviceLabel' | 'locks' | 'timer' | 'databaseName'> {
  readonly db: DeviceDatabase
  readonly http: Http
  readonly inSession: InSession
}

/**
 * An invite becomes a membership. Name and key of the device are kept before the request, so that a join whose answer got
 * lost is the same join when it is tried again, and no use of the invite goes lost.
 */
export async function join(ground: JoinGround, request: Request): Promise<Result<Membership, ApiProblem>> {
  const { db } = ground
  const isFirst = (await readMeta(db, 'membership')) === undefined
  return inTurn(ground, async () => {
    // Another window has joined since somebody tapped here. This one would clear that membership and what was begun in it: whoever has both links joins beside.
    if (isFirst && (await readMeta(db, 'membership')) !== undefined) return fail({ kind: 'refused', code: 'already-joined' })
    const joined = await joinAs(ground, request)
    // The name that is kept was used by a join of another link, whose answer got lost. This link is as good as before.
    return !joined.ok && joined.problem.code === keyDiffers ? joinAs(ground, request) : joined
  })
}

type Request = Parameters<Device['join']>[0]

const keyDiffers = 'device-key-differs'

/** What brings a campaign with all of its areas, a hundred kilobytes and more, is waited for as long as a line of a kilobyte a second needs. */
export const wholeCampaignMs = 120_000

/** How often it is asked whether another window has ended its join, and for how long: a little more than a request may take. */
const [lookMs, mostLooks] = [250, 500]

/** One window of a browser joins at a time: two at once would use one name for two links, and the later answer would take the place of the first. */
async function inTurn(ground: JoinGround, run: () => Promise<Result<Membership, ApiProblem>>): Promise<Result<Membership, ApiProblem>> {
  const { locks, timer, databaseName } = ground
  for (let look = 0; look < mostLooks; look += 1) {
    const joined = await locks.withLock(`${databaseName}-join`, run)
    if (joined !== null) return joined
    await new Promise<void>((resolve) => void timer.after(lookMs, resolve))
  }
  return fail({ kind: 'unreachable', code: 'joining-elsewhere' })
}

async function joinAs(ground: JoinGround, request: Request): Promise<Result<Membership, ApiProblem>> {
  const { db, http, deviceLabel } = ground
  const identity = await identityFor(db, () => createIdentity(ground))
  const { deviceId: id, publicKey } = identity
  const { invite, name, organisation, language } = request
  const json = { invite, name, language, ...(organisation === undefined ? {} : { organisation }), device: { id, publicKey, label: deviceLabel.slice(0, 80) } }
  const answer = await http({ method: 'POST', path: '/join', as: id, body: { json }, timeoutMs: wholeCampaignMs, read: readJson(joinResponseSchema) })
  if (!answer.ok) {
    if (answer.problem.code === keyDiffers) await forgetIdentity(db)
    return fail(inviteProblem(answer.problem, invite))
  }
  const { member, campaign, credential, epoch } = answer.value
  const membership: Membership = { member, campaign, deviceId: id, abilities: await abilitiesAfter(ground, id, answer.value) }
  const begun = await writeMembership(db, { membership, credential, identity }, epoch)
  return begun.ok ? ok(membership) : fail({ kind: 'refused', code: begun.problem })
}

/** Where many join at once by one line, the last of them are told to wait: their invite is as good as before. One that has not the form of an invite was cut short. */
export function inviteProblem(problem: HttpProblem, invite: string): ApiProblem {
  const plain = plainProblem(problem)
  if (problem.status === 429) return { ...plain, kind: 'unreachable' }
  return plain.code === 'malformed-request' && !v.is(inviteSecretSchema, invite) ? { ...plain, code: 'invite-invalid' } : plain
}

/** Name, campaign and abilities as the server has them today; without an answer what is known stays. */
export async function askWhoIAm({ db, http, inSession }: Pick<JoinGround, 'db' | 'http' | 'inSession'>): Promise<boolean> {
  const known = (await readMeta(db, 'membership'))?.membership.campaign
  const answer = await inSession(() => askMe(http, { knownRevision: known?.revision }))
  if (!answer.ok) return false
  const { member, campaign } = answer.value
  // The areas are most of a campaign: those of the revision that is here already are not sent again.
  const kept = known?.areas !== undefined && campaign.areas === undefined && campaign.revision === known.revision ? { areas: known.areas } : {}
  await refreshMembership(db, { member, campaign: { ...campaign, ...kept }, abilities: knownAbilities(answer.value) })
  return true
}

async function createIdentity({ clock, chance, crypto }: JoinGround): Promise<Identity> {
  return { deviceId: createDeviceId(clock, chance), ...(await crypto.createKeyPair()) }
}

/** The join has happened and must not fail for this; a role's usual abilities hold until the server names them. The areas have come with it, and do not come again. */
async function abilitiesAfter({ http }: JoinGround, as: DeviceId, { member, campaign }: JoinResponse): Promise<readonly Ability[]> {
  const me = await askMe(http, { as, knownRevision: campaign.revision })
  if (me.ok) return knownAbilities(me.value)
  return member.role === 'coordinator' ? abilities : ['record']
}

function askMe(http: Http, { as, knownRevision }: { readonly as?: DeviceId; readonly knownRevision?: number | undefined }): ReturnType<typeof http<MeResponse>> {
  return http({ method: 'GET', ...(as === undefined ? { timeoutMs: wholeCampaignMs } : { as }), path: knownRevision === undefined || knownRevision === unknownRevision ? '/me' : `/me?revision=${knownRevision}`, read: readJson(meResponseSchema) })
}

function knownAbilities(me: MeResponse): readonly Ability[] {
  return abilities.filter((ability) => me.abilities.includes(ability))
}
