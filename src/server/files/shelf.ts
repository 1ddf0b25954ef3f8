import type { CampaignId, Sha256 } from '#domain/ids.ts'

/** `received` as it came (named by its hash, made nothing while it lies there (`inert-shelf.ts`), never served, and gone again where the campaign keeps no originals), `shown` as the server re-encoded it (under the name of the received one). */
export type FileKind = 'received' | 'shown'

export interface FilePlace {
  readonly campaignId: CampaignId
  readonly sha256: Sha256
}

/**
 * Where finished files stand: on this machine's disk (`disk-shelf.ts`) or in storage that speaks S3 (`s3-shelf.ts`). One suite
 * checks both (`tests/server/files/shelf.test.ts`). Every method throws `ShelfUnavailable` when the storage gives no sure answer.
 */
export interface FileShelf {
  /** The bytes will survive a crash when this resolves. Keeping them once more does no harm. */
  readonly keepBytes: (kind: FileKind, place: FilePlace, bytes: Uint8Array) => Promise<void>
  /** Null only when the storage says that there is no such file. */
  readonly read: (kind: FileKind, place: FilePlace) => Promise<Uint8Array | null>
  readonly has: (kind: FileKind, place: FilePlace) => Promise<boolean>
  /** Gone when it resolves, whether it was there or not. Only for what was erased. */
  readonly remove: (kind: FileKind, place: FilePlace) => Promise<void>
  /** Takes away what processes that died before then have half written. A bucket has no such thing. */
  readonly tidy: (before: number) => Promise<void>
}

/**
 * The storage cannot be asked, or did not keep what it was given. It is thrown, not returned: nobody may go on as if the
 * file were there. Both routes and uploads answer it with 503.
 */
export class ShelfUnavailable extends Error {
  readonly statusCode = 503
  readonly status_code = 503
  readonly body = ''
}

/**
 * Under the name of a file stands something else than was kept: a storage or a proxy before it that answers with 200 and another thing, or a disk that fails.
 * For a moment, or until somebody puts the right bytes there; in no case are they shown to anybody as that file.
 */
export class AlteredFile extends ShelfUnavailable {}
