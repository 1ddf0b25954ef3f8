import type { Instant } from '#domain/ids.ts'
import type { Campaign, InviteLook, JoinResponse, Member, MoveResponse, Role } from '#protocol/membership.ts'
import type { StoredCampaign, StoredMember } from '#server/store/store.ts'

/** What a member is to others and to themselves: no session, no device, no invite. */
export function presentMember(member: StoredMember): Member {
  const { id, role, name, organisation, language } = member
  return { id, role, name, language, ...(organisation === undefined ? {} : { organisation }) }
}

/**
 * A campaign without its private keys and its server's identity, by an allow list. A device that has this revision already is
 * spared the areas, which are most of it.
 */
export function presentCampaign(campaign: StoredCampaign, knownRevision?: number): Campaign {
  const { id, name, publicKey, encryptionKey, countries, languages, startsOn, urgentHelp, areas, ...more } = campaign
  const { revision, endsOn, topics, areasSource, consentNote, retentionMonths, keepOriginals } = more
  const settings = { revision, endsOn, topics, areasSource, consentNote, retentionMonths, keepOriginals, areas: knownRevision !== undefined && knownRevision === revision ? undefined : areas }
  const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
  return { id, name, publicKey, ...(encryptionKey === undefined ? {} : { encryptionKey }), countries, languages, startsOn, urgentHelp, ...said }
}

export function presentJoin(parts: { readonly member: StoredMember; readonly campaign: StoredCampaign; readonly credential: string; readonly epoch: string; readonly session: JoinResponse['session'] }): JoinResponse {
  const { member, campaign, credential, epoch, session } = parts
  return { member: presentMember(member), campaign: presentCampaign(campaign), credential, epoch, ...(session === undefined ? {} : { session }) }
}

export function presentMove({ secret, expiresAt }: { readonly secret: string; readonly expiresAt: Instant }): MoveResponse {
  return { invite: secret, expiresAt }
}

/** As much of a campaign as somebody may know who could join it: its name, and as what. */
export function presentInviteLook({ id, name }: Pick<StoredCampaign, 'id' | 'name'>, role: Role): InviteLook {
  return { campaign: { id, name }, role }
}
