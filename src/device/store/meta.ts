import type { ChangeId, DeviceId, EntryId, Instant } from '#domain/ids.ts'
import type { Membership, Preferences } from '#device/device.ts'
import type { Damage } from '#device/store/damage.ts'
import type { DeviceDatabase } from '#device/store/database.ts'
import type { SentDecision } from '#device/held-decisions.ts'
import type { HeldRow } from '#device/store/held-row.ts'
import type { KeptWritingRow } from '#device/store/kept-writing.ts'
import type { KeptUse } from '#device/store/used-entries.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import type { PublicKey } from '#protocol/membership.ts'

/** The name of this browser and its key, made before the first join: a join whose answer got lost is asked again by the same name. */
export interface Identity {
  readonly deviceId: DeviceId
  /** Opaque and not extractable. */
  readonly keyPair: unknown
  readonly publicKey: PublicKey
}

/** The membership with what only the sync runner needs. */
export interface OwnMembership {
  readonly membership: Membership
  readonly credential: string
  readonly identity: Identity
}

/** Kept before it is asked for, so that a rotation that was cut short goes on with the same name. */
export interface Rotation {
  readonly from: DeviceId
  readonly to: Identity
}

/** How far this device has read the server's log. `after` is the highest seq scanned, in this epoch and scope. */
export interface PullPosition {
  readonly epoch: string
  readonly after: number
  readonly scope: string | null
  readonly safeSeq: number
  /** What stands at `after` by the server's word; a server of before says nothing of it. */
  readonly mark?: string
  /** What this phone's own clock said when it asked for that: `lastContactAt` is the server's word, and the two may be years apart. */
  readonly askedAt?: Instant
}

interface MetaValues {
  readonly identity: Identity
  readonly membership: OwnMembership
  /** A new name that has been chosen and perhaps asked for, and the one that it shall replace. */
  readonly rotation: Rotation
  /** The last deviceSeq taken. */
  readonly deviceSeq: number
  /** When the newest entry that was saved here counts as saved. */
  readonly lastSaved: Instant
  /** Places in the chain that the server of today lacks and whose words were erased here. */
  readonly erasedPlaces: readonly number[]
  readonly pull: PullPosition
  readonly preferences: Partial<Preferences>
  readonly lastContactAt: Instant
  /** What went out as files on that day of the phone's calendar, where the connection counts data or may do so. */
  readonly uploaded: { readonly day: string; readonly bytes: number }
  /** Bundles that this phone has made, the last ones. */
  readonly ownBundles: readonly BundleId[]
  readonly attention: 'join-again' | 'alarm' | null
  /** Comments of others that their reader has been shown. */
  readonly readComments: readonly ChangeId[]
  /** In which published reports own entries count. */
  readonly used: KeptUse
  /** Room for words when the storage is full; never read, only counted. */
  readonly reserve: ArrayBuffer
  /** That there was one: where it is missing now, it was given up. */
  readonly reserveMade: boolean
  /** What the last start found and could not mend. */
  readonly damage: Damage
  /** Decisions that were made and may still be taken back, in the order in which they were made. */
  readonly held: readonly HeldRow[]
  /** Decisions that went out, until somebody at this desk has seen what became of them. */
  readonly sent: readonly SentDecision[]
  /** What was typed into the report and the server does not have yet. */
  readonly writing: KeptWritingRow
  /** The version of the app that has folded all entries, and the shape of the rows that it made (`entryShape`). */
  readonly foldedAs: { readonly by: string; readonly shape: number }
  /** Written instead of it by versions that knew of no shapes, also by one that was rolled back to. */
  readonly foldedBy: string
  /** Entries that could not be folded from their changes. Their rows, where there are some, stand as they were. */
  readonly unfolded: readonly EntryId[]
  /** A version of the app that is folding all entries once more, and the last one that it has come to. */
  readonly folding: { readonly by: string; readonly upTo: EntryId }
}

export async function readMeta<Key extends keyof MetaValues>(db: DeviceDatabase, key: Key): Promise<MetaValues[Key] | undefined> {
  const row = await db.meta.get(key)
  // Written by `writeMeta` alone; a later version that changes a value gives it another key.
  return row?.value as MetaValues[Key] | undefined
}

/** What there is of it. */
export type Meta = { readonly [Key in keyof MetaValues]?: MetaValues[Key] | undefined }

/** Several values in one request, of one and the same state. */
export async function readMetas<Key extends keyof MetaValues>(db: DeviceDatabase, keys: readonly Key[]): Promise<Partial<Pick<MetaValues, Key>>> {
  const rows = await db.meta.bulkGet([...keys])
  return Object.fromEntries(rows.flatMap((row) => (row === undefined ? [] : [[row.key, row.value]]))) as Partial<Pick<MetaValues, Key>>
}

/** The same of several. */
export async function writeMetas(db: DeviceDatabase, values: Partial<MetaValues>): Promise<void> {
  await db.meta.bulkPut(Object.entries(values).map(([key, value]) => ({ sv: 1, key, value })))
}

export async function writeMeta<Key extends keyof MetaValues>(db: DeviceDatabase, key: Key, value: MetaValues[Key]): Promise<void> {
  await db.meta.put({ sv: 1, key, value })
}
