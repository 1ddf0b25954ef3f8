import { Dexie } from 'dexie'
import type { Table } from 'dexie'
import type { ChangeId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { isLostConnection } from '#device/store/storage-problem.ts'
import type { ChangeRow, DigestRow, DraftRow, EntryRow, FileChunkRow, FileRow, MemberNameRow, MetaRow, ReceiptRow } from '#device/store/rows.ts'
import { firstVersion } from '#device/store/versions/first.ts'

/**
 * The phone's database. `strict`: a transaction completes when the disk has it, not the operating system's memory.
 * The cache is off because it shows live queries what has not been committed yet, and nothing may look saved before it is.
 */
export class DeviceDatabase extends Dexie {
  declare readonly drafts: Table<DraftRow, EntryId>
  declare readonly entries: Table<EntryRow, EntryId>
  declare readonly changes: Table<ChangeRow, ChangeId>
  declare readonly receipts: Table<ReceiptRow, ChangeId>
  declare readonly files: Table<FileRow, readonly [EntryId, Sha256]>
  declare readonly fileChunks: Table<FileChunkRow, readonly [EntryId, Sha256, number]>
  declare readonly digests: Table<DigestRow, EntryId>
  declare readonly members: Table<MemberNameRow, MemberId>
  declare readonly meta: Table<MetaRow, string>
  #isShut = false

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' })
    this.version(1).stores(firstVersion)
  }

  /**
   * One read-write transaction: all of it or nothing. iOS ends connections of pages in the background. Dexie opens a new one
   * where it is told so (`close` event, InvalidStateError); where it is not, this does, once, because the old handle stays
   * dead. `run` must therefore recognise what it has already written.
   */
  async write<Value>(tables: readonly Table[], run: () => Promise<Value>): Promise<Value> {
    try {
      return await this.transaction('rw', tables, run)
    } catch (error) {
      if (this.#isShut || !isLostConnection(error)) throw error
      this.close({ disableAutoOpen: false })
      await this.open()
      return this.transaction('rw', tables, run)
    }
  }

  /** Ends it for good. */
  shut(): void {
    this.#isShut = true
    this.close()
  }
}
