import type { ChangeEnvelope } from '#domain/change.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { CampaignId, ChangeId, DeviceId, EntryId, Instant, MemberId, Ref, Sha256 } from '#domain/ids.ts'
import type { Begun, Draft } from '#device/device.ts'
import type { CarriedBundle } from '#device/handing-over.ts'
import type { LogPlace } from '#device/travel.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import type { Digest, PushStatus } from '#protocol/sync.ts'

/** Every row says which shape it was written in, because an old tab or a rolled-back app goes on writing old ones. */
interface Row {
  readonly sv: 1
}

export interface DraftRow extends Row, Draft {}

/** `null` in `fields` takes a field away: what is `undefined` does not survive every form that a row takes. */
export interface BegunRow extends Row, Begun {}

/**
 * What the app counts on when it reads an entry row. Raised together with what rows of before lack (a field, a mark for an index): rows of another
 * shape are folded anew before any screen reads them, those of this one behind the first screen.
 */
export const entryShape = 1

/** The fold of the entry's changes: a cache that `audit` rebuilds. */
export interface EntryRow extends Row {
  readonly id: EntryId
  readonly mine: boolean
  readonly state: EntryState
  /** Only where its record was set aside by the server, and counts for nobody. */
  readonly isAside?: boolean
  /** There where `isAsking` says so, and absent elsewhere, so that the index holds those only. */
  readonly asks?: 1 | undefined
  /** As in the row of its record. */
  readonly savedAt?: Instant
  /** Where in the server's log the last own change or file receipt of the entry stands; absent in rows of older versions. */
  readonly proved?: LogPlace | null
}

/** One change, own or pulled. `ownSeq` is the deviceSeq of those that this device made and is absent in the others, so that the index holds own ones only. */
export interface ChangeRow extends Row {
  readonly id: ChangeId
  readonly entryId: EntryId
  readonly own: boolean
  readonly ownSeq?: number | undefined
  readonly deviceId: DeviceId
  readonly memberId: MemberId
  /** Null when it was erased: the place in the chain stays. */
  readonly change: ChangeEnvelope | null
  readonly seq: number | null
  readonly receivedAt: Instant | null
  readonly ref?: Ref | undefined
  readonly quarantined?: boolean | undefined
  /** The chain hash of an own change, once the sync runner has computed it. */
  readonly hash?: Sha256 | undefined
  /** The name and place under which the server has it, where a copy of this phone has sent it first: they say who had seen what. */
  readonly storedAs?: { readonly deviceId: DeviceId; readonly deviceSeq: number } | undefined
  /** When the entry of an own record counts as saved, where that is not when it was recorded: see `savedAfter`. */
  readonly savedAt?: Instant | undefined
  /** When it goes, in terms of places of the chain, where that is not its own place: after a restore of the server. */
  readonly turn?: number | undefined
  /** The server keeps another change under this id or place: a person must look, sending again is no use. */
  readonly alarm?: 'mismatch' | 'forked' | undefined
  /** UTF-8 bytes of the change as JSON. */
  readonly bytes: number
}

/** The server's proof that it holds an own change. `handedOver` went by `/sync/quarantine`. */
export interface ReceiptRow extends Row {
  readonly id: ChangeId
  readonly seq: number | null
  readonly epoch: string
  readonly status: PushStatus | 'handedOver'
}

export interface FileRow extends Row {
  readonly entryId: EntryId
  readonly sha256: Sha256
  readonly role: 'original' | 'thumb'
  readonly type: string
  readonly bytes: number
  readonly chunks: number
  /** False while only a draft has it. */
  readonly saved: boolean
  /** The epoch in which the server answered the last byte. */
  readonly sentEpoch: string | null
  /** The server's own `fileStored` change has come. */
  readonly stored: boolean
  /** A start found that not all of its bytes are here: it is neither shown nor sent. */
  readonly torn?: boolean | undefined
}

/** At most `chunkBytes` each, and an ArrayBuffer: WebKit loses Blobs that IndexedDB holds. */
export interface FileChunkRow extends Row {
  readonly entryId: EntryId
  readonly sha256: Sha256
  readonly n: number
  readonly data: ArrayBuffer
}

/** A bundle of another phone. Whole when all its chunks are here, and until it was delivered. */
export interface CarriedRow extends Row, CarriedBundle {
  readonly campaignId: CampaignId
  readonly isWhole: boolean
  /** Where its bytes stand; absent: under its own name. */
  readonly bytesAt?: BundleId | undefined
  /** Where those of another copy stand that was handed over with other bytes: one of the two is damaged, and nobody here can tell which. */
  readonly otherAt?: BundleId | undefined
}

export interface CarriedChunkRow extends Row {
  readonly id: BundleId
  readonly n: number
  readonly data: ArrayBuffer
}

export interface DigestRow extends Row {
  readonly entryId: EntryId
  readonly seq: number
  readonly digest: Digest
}

export interface MemberNameRow extends Row {
  readonly id: MemberId
  readonly name: string
}

export interface MetaRow extends Row {
  readonly key: string
  readonly value: unknown
}
