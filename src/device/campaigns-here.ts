import type { CampaignId, Instant } from '#domain/ids.ts'
import type { Result } from '#domain/result.ts'
import type { ApiProblem, Device } from '#device/device.ts'
import type { CarryOutcome, ChosenFile } from '#device/handing-over.ts'
import type { Campaign, InviteLook, Member } from '#protocol/membership.ts'

/** One membership of this browser, as its own database tells it. */
export interface CampaignHere {
  /** What it is kept in: the name by which a window opens it. */
  readonly database: string
  readonly campaign: Pick<Campaign, 'id' | 'name'>
  readonly member: Pick<Member, 'name' | 'role'>
  /** The one that this window has open. */
  readonly isOpen: boolean
  /** What is still only on this phone: entries of which words wait, and files with the voice notes among them. */
  readonly pendingEntries: number
  readonly pendingFiles: number
  readonly pendingVoices: number
  /** Something of it is not with the server, be it a small picture, a decision that was held when its desk was closed, or a file that is carried for somebody. */
  readonly isWaiting: boolean
  /** What was begun and not saved. */
  readonly drafts: number
  readonly lastContactAt: Instant | null
  /** The server does not know this phone any more: what waits goes when somebody joins again. */
  readonly isSignedOut: boolean
}

export interface CarriedElsewhere {
  readonly campaign: CampaignHere['campaign']
  readonly outcome: CarryOutcome
}

type Joining = Parameters<Device['join']>[0]

/** A campaign that is to be made, with the invite by which its maker joins it: asked for twice by the same words, it is made once. */
export interface NewCampaign {
  readonly id: CampaignId
  readonly invite: string
}

/**
 * All campaigns of this browser: each membership in a database of its own, so that nothing of one can stand in the other. The databases
 * themselves are the list; there is no second one that could say something else.
 */
export interface CampaignsHere {
  /** By the names of the campaigns. */
  readonly list: () => Promise<readonly CampaignHere[]>
  /** Which campaign an invite leads to, and the membership that is here already, if there is one. */
  readonly look: (invite: string) => Promise<Result<InviteLook & { readonly here: CampaignHere | null }, ApiProblem>>
  /** Joins it beside the others, and gives the database that a window opens it by. Nothing of the one that is open changes. */
  readonly join: (campaign: CampaignId, request: Joining) => Promise<Result<string, ApiProblem>>
  readonly begin: () => NewCampaign
  /** Makes a campaign with the countries and languages of the one that is open, and joins it under the same name. */
  readonly found: (begun: NewCampaign, name: string) => Promise<Result<string, ApiProblem>>
  /** Takes a file along in the campaign of this browser that it is for, whichever window has which one open; null where it is for none of them. */
  readonly carry: (file: ChosenFile) => Promise<CarriedElsewhere | null>
  /** Sends what waits in the campaigns that this window has not open. True when something still waits there. */
  readonly sendWaiting: () => Promise<boolean>
}
