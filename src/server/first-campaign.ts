import type { Instant } from '#domain/ids.ts'
import { createCampaignId, createDeviceId, createMemberId, instantOf } from '#domain/new-ids.ts'
import { locales } from '#i18n/locale.ts'
import { createInvite } from '#server/auth/invites.ts'
import { createServerKeyPair } from '#server/auth/keys.ts'
import type { ServerContext } from '#server/context.ts'
import { firstInviteNote } from '#server/store/invite-store.ts'
import type { Founding } from '#server/store/campaign-store.ts'
import type { Store, StoredCampaign } from '#server/store/store.ts'

/** On an empty database a first campaign; until a coordinator has joined, a fresh link for one. Null once there is one: then no link of before is good any more. */
export async function ensureFirstCampaign(context: ServerContext): Promise<string | null> {
  const campaign = (await context.store.campaigns.list())[0] ?? (await createFirst(context))
  const members = await context.store.members.list(campaign.id)
  if (members.some((member) => member.role === 'coordinator' && member.id !== campaign.serverMemberId)) {
    await context.store.members.withdrawFirstInvites(campaign.id, instantOf(context.clock))
    return null
  }
  const { url } = await createInvite(context, { campaignId: campaign.id, role: 'coordinator', uses: 1, days: 7, note: firstInviteNote, createdBy: null })
  return url
}

/** Campaigns of the time before bundles were sealed get their pair at the start of the server that can open them. */
export async function ensureEncryptionKeys(store: Pick<Store, 'campaigns'>): Promise<void> {
  for (const { id, encryptionPrivateKey } of await store.campaigns.list()) {
    if (typeof encryptionPrivateKey !== 'string') await store.campaigns.setEncryptionKey(id, createServerKeyPair())
  }
}

function encryptionPair(): Pick<StoredCampaign, 'encryptionKey' | 'encryptionPrivateKey'> {
  const { publicKey, privateKey } = createServerKeyPair()
  return { encryptionKey: publicKey, encryptionPrivateKey: privateKey }
}

/** Of several servers that start on one empty database at once, one makes the campaign and the others take it. */
async function createFirst(context: ServerContext): Promise<StoredCampaign> {
  const own = await createCampaign(context, { name: 'Terrain', countries: [], languages: [...locales] }, (campaign, at) => context.store.campaigns.createFirst(campaign, at))
  return (await context.store.campaigns.list())[0] ?? own
}

/** A campaign with its own key: the server is a device in it, and its imports and receipts are sealed like anybody's. */
export async function createCampaign(context: Pick<ServerContext, 'store' | 'clock' | 'chance'>, about: AboutCampaign, create: (campaign: StoredCampaign, at: Instant) => Promise<unknown> = context.store.campaigns.create): Promise<StoredCampaign> {
  const { campaign, server } = newCampaign(context, about)
  if ((await create(campaign, server.member.joinedAt)) === false) return campaign
  await context.store.members.add(server.member, server.device)
  return campaign
}

type AboutCampaign = Pick<StoredCampaign, 'name' | 'countries' | 'languages'> & Partial<Pick<StoredCampaign, 'id'>>

/** What a campaign begins as, not kept yet. */
export function newCampaign({ clock, chance }: Pick<ServerContext, 'clock' | 'chance'>, about: AboutCampaign): Pick<Founding, 'campaign' | 'server'> {
  const at = instantOf(clock)
  const campaign: StoredCampaign = {
    id: createCampaignId(clock, chance), ...about, startsOn: null, urgentHelp: null, ...createServerKeyPair(), ...encryptionPair(),
    serverDeviceId: createDeviceId(clock, chance), serverMemberId: createMemberId(clock, chance), defaultSensitivity: 'moderate',
  }
  const { id: campaignId, serverMemberId, serverDeviceId, publicKey } = campaign
  return {
    campaign,
    server: {
      member: { id: serverMemberId, campaignId, role: 'coordinator', name: 'Terrain', language: 'en', joinedAt: at, endedAt: null },
      device: { id: serverDeviceId, campaignId, memberId: serverMemberId, publicKey, label: 'server', createdAt: at, revokedAt: null, lastContactAt: null, appVersion: null, manifest: null },
    },
  }
}
