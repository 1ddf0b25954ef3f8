import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'
import { chainAnew } from '#device/store/chain-anew.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import type { Identity, OwnMembership } from '#device/store/meta.ts'
import { readPending } from '#device/store/outbox.ts'
import { withReserve } from '#device/store/reserve.ts'

/** The name under which this browser joins: kept before it is used, and used again while no membership came of it. */
export async function identityFor(db: DeviceDatabase, create: () => Promise<Identity>): Promise<Identity> {
  const [kept, own] = [await readMeta(db, 'identity'), await readMeta(db, 'membership')]
  if (kept !== undefined && own?.identity.deviceId !== kept.deviceId) return kept
  const made = await create()
  await db.write([db.meta], () => writeMeta(db, 'identity', made))
  return made
}

/** The server has another key under this name: the next join makes a new one. */
export async function forgetIdentity(db: DeviceDatabase): Promise<void> {
  await db.write([db.meta], () => db.meta.delete('identity'))
}

/**
 * The membership begins. When the same campaign was joined before, its unproved changes get places in the new device's chain,
 * with their ids; when it was another campaign, that one must have been handed over completely,
 * with what is carried for its members, and makes room.
 */
export async function writeMembership(db: DeviceDatabase, own: OwnMembership, epoch: string): Promise<Result<null, 'unsent-here'>> {
  return db.write(db.tables, async () => {
    const before = await readMeta(db, 'membership')
    if (before !== undefined && before.membership.campaign.id !== own.membership.campaign.id) {
      const { changes, files } = await readPending(db)
      const carried = await db.carried.filter(({ state }) => state === 'waiting' || state === 'held').count()
      // A decision that is held is not sent yet; in another campaign it would go out on an entry that is not there.
      const held = ((await readMeta(db, 'held')) ?? []).filter(({ rival }) => rival === null).length
      if (changes.length + files.length + carried + held > 0) return fail('unsent-here')
      await clearCampaign(db)
    } else if (before !== undefined && before.identity.deviceId !== own.identity.deviceId) await chainAnew(db, own)
    await writeMeta(db, 'membership', own)
    await writeMeta(db, 'attention', null)
    // A phone that knows another epoch hears with its next sync what was lost between the two, and sends it again; taken over here, nobody would tell.
    if ((await readMeta(db, 'pull')) === undefined) await writeMeta(db, 'pull', { epoch, after: 0, scope: null, safeSeq: 0 })
    return ok(null)
  })
}

/** The settings are to be asked for whole: no server has such a revision. */
export const unknownRevision = -1

/** What the server says of the member today, on the same device. */
export async function refreshMembership(db: DeviceDatabase, fresh: Partial<OwnMembership['membership']>): Promise<void> {
  await withReserve(db, () => db.write([db.meta], async () => {
    const own = await readMeta(db, 'membership')
    if (own === undefined || JSON.stringify({ ...own.membership, ...fresh }) === JSON.stringify(own.membership)) return
    await writeMeta(db, 'membership', { ...own, membership: { ...own.membership, ...fresh } })
  }))
}

async function clearCampaign(db: DeviceDatabase): Promise<void> {
  for (const table of [db.drafts, db.begun, db.entries, db.changes, db.receipts, db.files, db.fileChunks, db.digests, db.members, db.carried, db.carriedChunks]) await table.clear()
  await db.meta.bulkDelete(['membership', 'rotation', 'deviceSeq', 'lastSaved', 'erasedPlaces', 'pull', 'lastContactAt', 'attention', 'readComments', 'used', 'held', 'sent', 'writing'])
}
