import { createCampaignId } from '#domain/new-ids.ts'
import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { bytesToBase64Url } from '#device/base64.ts'
import type { CampaignHere, CampaignsHere } from '#device/campaigns-here.ts'
import type { ApiProblem, Device } from '#device/device.ts'
import type { DeviceGround } from '#device/device-ground.ts'
import type { ChosenFile } from '#device/handing-over.ts'
import { placeFor, readMemberships } from '#device/store/databases.ts'
import { readMeta } from '#device/store/meta.ts'
import { readPreferences } from '#device/store/preferences.ts'
import { plainProblem } from '#device/sync/http.ts'
import { inviteProblem } from '#device/sync/join.ts'
import { proved } from '#device/sync/prove.ts'
import type { ProveGround } from '#device/sync/prove.ts'
import { readJson } from '#device/sync/read-json.ts'
import type { InSession } from '#device/sync/session.ts'
import type { Watch } from '#device/watch.ts'
import { maxHeadBytes, readBundleHead } from '#protocol/bundle-file.ts'
import { campaignMadeSchema, inviteLookResponseSchema } from '#protocol/membership.ts'

export interface SeveralGround extends Pick<DeviceGround, 'clock' | 'chance'>, ProveGround {
  readonly inSession: InSession
  /** A device on another database of this browser, for a moment. */
  readonly openOn: (database: string) => Promise<Device>
}

export function campaignsHere(ground: SeveralGround): CampaignsHere {
  const { db, http, clock, chance } = ground
  let sending: Promise<boolean> | null = null
  return {
    list: async () => (await readMemberships(db)).campaigns,
    look: async (invite) => {
      const { campaigns, asking } = await readMemberships(db)
      const answer = await http({ method: 'POST', path: '/join/look', body: { json: { invite, devices: asking } }, read: readJson(inviteLookResponseSchema) })
      return answer.ok ? ok({ ...answer.value, here: campaigns.find(({ campaign }) => campaign.id === answer.value.campaign.id) ?? null }) : fail(inviteProblem(answer.problem, invite))
    },
    join: (campaign, request) => joinBeside(ground, campaign, request),
    begin: () => ({ id: createCampaignId(clock, chance), invite: bytesToBase64Url(chance.bytes(16)) }),
    found: (begun, name) => found(ground, begun, name),
    carry: (file) => carry(ground, file),
    sendWaiting: () => {
      // Who asks while it is being sent waits for the same.
      sending ??= sendFromOthers(ground).finally(() => {
        sending = null
      })
      return sending
    },
  }
}

async function sendFromOthers(ground: SeveralGround): Promise<boolean> {
  const { campaigns } = await readMemberships(ground.db, { others: true })
  const left = []
  for (const one of campaigns.filter(({ isWaiting, isSignedOut }) => isWaiting && !isSignedOut)) left.push(await sendFrom(ground, one))
  return left.includes(true)
}

async function joinBeside(ground: SeveralGround, campaign: Parameters<CampaignsHere['join']>[0], request: Parameters<CampaignsHere['join']>[1]): Promise<Result<string, ApiProblem>> {
  const { db, openOn } = ground
  // A second membership of one campaign would be a second person there.
  const { campaigns: here } = await readMemberships(db)
  if (here.some((one) => one.campaign.id === campaign)) return fail({ kind: 'refused', code: 'already-joined' })
  const database = placeFor(campaign, { among: db.name, here })
  const device = await openOn(database)
  try {
    const joined = await device.join(request)
    if (!joined.ok) return joined
    // How somebody reads and what may cost them goes along; places, topics and organisations of one campaign are nobody's business in the other.
    const { theme, mobilePhotos, installDismissed, keepsMap } = await readPreferences(db)
    await device.setPreferences({ language: request.language, theme, mobilePhotos, installDismissed, keepsMap })
    return ok(database)
  } finally {
    device.close()
  }
}

async function found(ground: SeveralGround, { id, invite }: Parameters<CampaignsHere['found']>[0], name: string): Promise<Result<string, ApiProblem>> {
  const { db, inSession } = ground
  const own = await readMeta(db, 'membership')
  if (own === undefined) return fail({ kind: 'refused', code: 'no-session' })
  const { campaign, member } = own.membership
  const { language: spoken } = await readPreferences(db)
  const language = spoken ?? member.language
  const json = { id, invite, name, countries: campaign.countries, languages: campaign.languages.length > 0 ? campaign.languages : [language] }
  const made = await inSession(() => proved(ground, { method: 'POST', path: '/campaigns', body: { json }, read: readJson(campaignMadeSchema) }))
  if (!made.ok) return fail(plainProblem(made.problem))
  return joinBeside(ground, id, { invite, name: member.name, language, ...(member.organisation === undefined ? {} : { organisation: member.organisation }) })
}

async function carry({ db, openOn }: SeveralGround, file: ChosenFile): ReturnType<CampaignsHere['carry']> {
  const head = readBundleHead(new Uint8Array(await file.read(0, Math.min(maxHeadBytes, file.size))))
  if (!head.ok) return null
  const { campaigns } = await readMemberships(db)
  const there = campaigns.find(({ campaign }) => campaign.id === head.value.header.campaignId)
  if (there === undefined) return null
  const device = await openOn(there.database)
  try {
    return { campaign: there.campaign, outcome: await device.carry(file) }
  } finally {
    device.close()
  }
}

/** As at its next start: decisions that a desk held when it was left go first. */
async function sendFrom({ clock, openOn }: SeveralGround, { database }: CampaignHere): Promise<boolean> {
  const device = await openOn(database)
  try {
    const held = await firstOf(device.held.list)
    const due = held.filter(({ sendAt, rival }) => rival === null && sendAt <= clock.now())
    if (due.length > 0) await device.held.send(due.map(({ id }) => id))
    const { pendingChanges, pendingFiles } = await device.flush()
    const carries = (await firstOf(device.carried)).some(({ state }) => state === 'waiting' || state === 'held')
    return carries || pendingChanges + pendingFiles + held.length - due.length > 0
  } finally {
    device.close()
  }
}

/** Nobody else reads it, so it is read when somebody subscribes, and not before that has returned. */
function firstOf<Value>(watch: Watch<Value>): Promise<Value> {
  return new Promise((resolve) => {
    const stop = watch.subscribe(() => {
      const value = watch.get()
      if (value === undefined) return
      stop()
      resolve(value)
    })
  })
}
