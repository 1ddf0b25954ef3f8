import type { DeviceId, EntryId, Sha256 } from '#domain/ids.ts'

/** A file on its way to the server. */
export interface UploadFile {
  readonly sha256: Sha256
  readonly type: string
  readonly bytes: ArrayBuffer
  readonly entryId: EntryId
  readonly campaignId: string
  /** With the campaign and the hash the upload's name on the server, so that one whose answer got lost is found again. */
  readonly deviceId: DeviceId
  readonly onProgress: (sentBytes: number) => void
}
