import type { CampaignId, EntryId, MemberId } from '#domain/ids.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
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

/** Who would ask now; null before a membership. Inside the caller's transaction. */
async function askerNow(db: DeviceDatabase): Promise<Said | null> {
  const [own, pull] = [await readMeta(db, 'membership'), await readMeta(db, 'pull')]
  return own === undefined || pull === undefined ? null : { campaignId: own.membership.campaign.id, memberId: own.membership.member.id, epoch: pull.epoch }
}

export interface UseStanding {
  readonly asker: Said
  /** Null when nobody has asked yet, for this member and in this history. */
  readonly kept: KeptUse | null
}

/** Null without a membership. */
export function readUseStanding(db: DeviceDatabase): Promise<UseStanding | null> {
  return db.read([db.meta], async () => {
    const [asker, kept] = [await askerNow(db), await readMeta(db, 'used')]
    if (asker === null) return null
    return { asker, kept: kept !== undefined && isSame(kept, asker) ? kept : null }
  })
}

/** What is shown: the words of an older history of the server stay until the next answer, those of another member never. */
export async function readUsed(db: DeviceDatabase): Promise<readonly UsedEntry[]> {
  const [asker, kept] = [await askerNow(db), await readMeta(db, 'used')]
  return kept === undefined || kept.campaignId !== asker?.campaignId || kept.memberId !== asker.memberId ? [] : kept.used
}

/** The newest issue that each entry counts in. */
export async function readReportNumbers(db: DeviceDatabase): Promise<ReadonlyMap<EntryId, number>> {
  const numbers = new Map<EntryId, number>()
  for (const { entryId, number } of await readUsed(db)) numbers.set(entryId, Math.max(number, numbers.get(entryId) ?? 0))
  return numbers
}

/** Nothing is kept of an answer to somebody who is no longer here. */
export function keepUse(db: DeviceDatabase, asker: Said, about: Pick<KeptUse, 'askedAt' | 'isIdle' | 'used'>): Promise<void> {
  return db.write([db.meta], async () => {
    const now = await askerNow(db)
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
