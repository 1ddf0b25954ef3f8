import type { Instant } from '#domain/ids.ts'
import type { BundleId } from '#protocol/bundle-file.ts'
import type { SealChunk } from '#protocol/chunk-stream.ts'
import type { PublicKey } from '#protocol/membership.ts'

/** What is still only here, as one file. */
export interface UnsentFile {
  readonly name: string
  readonly type: string
  readonly entries: number
  readonly photos: number
  readonly voices: number
  /** False: this phone has not heard of the campaign's key yet, so whoever has the file can read it. */
  readonly isSealed: boolean
  /** Made while they are read, once. */
  readonly parts: AsyncIterable<string | Uint8Array<ArrayBuffer>>
}

/** A file that a person chose: read piece by piece, because it may be larger than the phone's memory. */
export interface ChosenFile {
  readonly size: number
  readonly read: (start: number, end: number) => Promise<ArrayBuffer>
}

/** What became of a chosen file. Only `taken` has changed anything here. `own`: this phone made it; `plain`: one of before, for the desk. */
export type CarryOutcome = 'taken' | 'own' | 'known' | 'delivered' | 'other-campaign' | 'no-bundle' | 'newer' | 'plain' | 'cut-off' | 'storage-full'

/** A bundle of another phone, which nobody here can read. */
export interface CarriedBundle {
  readonly id: BundleId
  readonly createdAt: Instant
  readonly takenAt: Instant
  readonly entries: number
  readonly photos: number
  /** Absent in files of older phones, which counted voice notes as photos. */
  readonly voices?: number | undefined
  readonly bytes: number
  readonly sentBytes: number
  /** `held`: the day's share of mobile data is used up. `refused`: no further try helps, `problem` is why. `delivered` with the problem `restored`: to a server that has been set back since. */
  readonly state: 'waiting' | 'held' | 'refused' | 'delivered'
  readonly problem: string | null
  /** What the server said that it took; its bytes are no longer here. */
  readonly answer: { readonly accepted: number; readonly duplicates: number; readonly refused: number; readonly files: number } | null
}

/** `photosLeft`, `voicesLeft`: those of unfinished notes, which a text cannot carry. */
export interface MoveCode {
  readonly text: string
  readonly expiresAt: Instant
  readonly drafts: number
  readonly photosLeft: number
  readonly voicesLeft: number
}

export interface BundleSealer {
  /** The public half of the pair that was made for this bundle. */
  readonly key: PublicKey
  /** ECDH with the recipient, HKDF-SHA-256 with this salt and info, AES-256-GCM. */
  readonly begin: (salt: Uint8Array<ArrayBuffer>, info: string) => Promise<SealChunk>
}
