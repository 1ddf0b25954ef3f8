import type { DeviceId } from '#domain/ids.ts'
import { chainAnew } from '#device/store/chain-anew.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import { readMeta, writeMeta } from '#device/store/meta.ts'
import type { Identity, OwnMembership, Rotation } from '#device/store/meta.ts'
import { pendingTables, readPending } from '#device/store/outbox.ts'

/** The rotation that is under way for today's device, or null. */
async function pendingRotation(db: DeviceDatabase): Promise<Rotation | null> {
  const [rotation, own] = [await readMeta(db, 'rotation'), await readMeta(db, 'membership')]
  return rotation !== undefined && rotation.from === own?.identity.deviceId ? rotation : null
}

/** Whether an earlier walk began a rotation, or learnt that it needs one and was cut short before it began. */
export function isRotationDue(db: DeviceDatabase): Promise<boolean> {
  return db.read(pendingTables(db), async () => {
    if ((await pendingRotation(db)) !== null) return true
    if ((await readMeta(db, 'attention')) !== 'alarm') return false
    return (await readPending(db)).changes.some(({ alarm }) => alarm === 'forked')
  })
}

/** Chooses the new name and keeps it before anybody hears of it. One that was chosen before is used again. */
export async function beginRotation(db: DeviceDatabase, from: DeviceId, create: () => Promise<Identity>): Promise<Rotation | null> {
  const kept = await pendingRotation(db)
  if (kept !== null) return kept
  const made: Rotation = { from, to: await create() }
  return db.write([db.meta], async () => {
    // Whoever has joined anew meanwhile has a new chain already.
    if ((await readMeta(db, 'membership'))?.identity.deviceId !== from) return null
    await writeMeta(db, 'rotation', made)
    return made
  })
}

/** The server has the new device: in one transaction this browser is it, with what has not arrived chained anew by the same ids. */
export async function finishRotation(db: DeviceDatabase, { from, to }: Rotation, fresh: Pick<OwnMembership, 'credential'> & Pick<OwnMembership['membership'], 'member' | 'campaign'>): Promise<void> {
  await db.write([db.changes, db.receipts, db.files, db.meta], async () => {
    const before = await readMeta(db, 'membership')
    if (before?.identity.deviceId !== from) return
    const { member, campaign, credential } = fresh
    const own: OwnMembership = { membership: { ...before.membership, member, campaign, deviceId: to.deviceId }, credential, identity: to }
    await chainAnew(db, own)
    await writeMeta(db, 'membership', own)
    await writeMeta(db, 'attention', null)
    await db.meta.delete('rotation')
  })
}

/** The server will not have this name (it belongs to somebody else): the next rotation chooses another. */
export async function forgetRotation(db: DeviceDatabase): Promise<void> {
  await db.write([db.meta], () => db.meta.delete('rotation'))
}
