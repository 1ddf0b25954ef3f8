import type { CampaignId, EntryId, MemberId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMetas, writeMeta } from '#device/store/meta.ts'
import type { Meta } from '#device/store/meta.ts'
import type { UsedEntry } from '#protocol/written-report.ts'

/** Of whom it was said, and by which history of the server: of anybody else it says nothing. */
interface Said {
  readonly campaignId: CampaignId
  readonly memberId: MemberId
  readonly epoch: string
}

/** The last answer, whole: it takes the place of the one before. */
export interface KeptUse extends Said {
  /** Milliseconds since 1970, as the phone believes. */
  readonly askedAt: number
  /** Nothing had been approved by then: there was nothing to ask. */
  readonly isIdle?: boolean
  readonly used: readonly UsedEntry[]
}

/** Who would ask now, and what was said last; nobody before a membership. */
async function readBoth(db: DeviceDatabase): Promise<{ readonly asker: Said | null; readonly kept: KeptUse | undefined }> {
  const { membership: own, pull, used: kept } = await readMetas(db, ['membership', 'pull', 'used'])
  const asker = own === undefined || pull === undefined ? null : { campaignId: own.membership.campaign.id, memberId: own.membership.member.id, epoch: pull.epoch }
  return { asker, kept }
}

export interface UseStanding {
  readonly asker: Said
  /** Null when nobody has asked yet, for this member and in this history. */
  readonly kept: KeptUse | null
}

/** Null without a membership. */
export async function readUseStanding(db: DeviceDatabase): Promise<UseStanding | null> {
  const { asker, kept } = await db.again(() => readBoth(db))
  return asker === null ? null : { asker, kept: kept !== undefined && isSame(kept, asker) ? kept : null }
}

/** Asked in one request, the first of its query: a live query hears of later writes to what it has read first. */
export async function readUsed(db: DeviceDatabase): Promise<readonly UsedEntry[]> {
  return usedOf(await readMetas(db, ['membership', 'used']))
}

type UseMeta = Pick<Meta, 'membership' | 'used'>

/** What is shown: the words of an older history of the server stay until the next answer, those of another member never. */
function usedOf({ membership: own, used: kept }: UseMeta): readonly UsedEntry[] {
  const isOwn = kept?.campaignId === own?.membership.campaign.id && kept?.memberId === own?.membership.member.id
  return kept === undefined || !isOwn ? [] : kept.used
}

/** The newest issue that each entry counts in. */
export function reportNumbers(meta: UseMeta): ReadonlyMap<EntryId, number> {
  const numbers = new Map<EntryId, number>()
  for (const { entryId, number } of usedOf(meta)) numbers.set(entryId, Math.max(number, numbers.get(entryId) ?? 0))
  return numbers
}

/** Nothing is kept of an answer to somebody who is no longer here. */
export function keepUse(db: DeviceDatabase, asker: Said, about: Pick<KeptUse, 'askedAt' | 'isIdle' | 'used'>): Promise<void> {
  return db.write([db.meta], async () => {
    const { asker: now } = await readBoth(db)
    if (now !== null && isSame(now, asker)) await writeMeta(db, 'used', { ...asker, ...about })
  })
}

/** Whether any own entry was ever approved: no other can stand in a report. */
export function hasApproved(db: DeviceDatabase): Promise<boolean> {
  return db.again(async () => (await db.entries.filter(({ mine, state }) => mine && state.trail.some(({ step }) => step === 'approve')).first()) !== undefined)
}

function isSame(one: Said, other: Said): boolean {
  return one.campaignId === other.campaignId && one.memberId === other.memberId && one.epoch === other.epoch
}
