import { Dexie } from 'dexie'
import type { Table, Transaction } from 'dexie'
import type { ChangeId, EntryId, MemberId, Sha256 } from '#domain/ids.ts'
import { createSignal } from '#device/signal.ts'
import type { Signal } from '#device/signal.ts'
import { isAborted, isFull, isLostConnection } from '#device/store/storage-problem.ts'
import type { BegunRow, CarriedChunkRow, CarriedRow, ChangeRow, DigestRow, DraftRow, EntryRow, FileChunkRow, FileRow, MemberNameRow, MetaRow, ReceiptRow } from '#device/store/rows.ts'
import { begunVersion } from '#device/store/versions/begun-version.ts'
import { firstLookVersion } from '#device/store/versions/first-look-version.ts'
import { firstVersion } from '#device/store/versions/first.ts'
import { savedOrderVersion } from '#device/store/versions/saved-order-version.ts'
import { secondVersion } from '#device/store/versions/second.ts'
import type { BundleId } from '#protocol/bundle-file.ts'

/**
 * The phone's database. `strict`: a transaction completes when the disk has it, not the operating system's memory.
 * The cache is off because it shows live queries what has not been committed yet, and nothing may look saved before it is.
 */
export class DeviceDatabase extends Dexie {
  declare readonly drafts: Table<DraftRow, EntryId>
  declare readonly begun: Table<BegunRow, EntryId>
  declare readonly entries: Table<EntryRow, EntryId>
  declare readonly changes: Table<ChangeRow, ChangeId>
  declare readonly receipts: Table<ReceiptRow, ChangeId>
  declare readonly files: Table<FileRow, readonly [EntryId, Sha256]>
  declare readonly fileChunks: Table<FileChunkRow, readonly [EntryId, Sha256, number]>
  declare readonly carried: Table<CarriedRow, BundleId>
  declare readonly carriedChunks: Table<CarriedChunkRow, readonly [BundleId, number]>
  declare readonly digests: Table<DigestRow, EntryId>
  declare readonly members: Table<MemberNameRow, MemberId>
  declare readonly meta: Table<MetaRow, string>
  /** `outdated`: another window has brought the database to a newer version. What is written here still goes in. */
  readonly standing: Signal<'current' | 'outdated'> = createSignal<'current' | 'outdated'>('current')
  #isShut = false
  /** What has to come before the first write; null once it has come. */
  #first: ((isAwaited: boolean) => Promise<void>) | null = null

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict', cache: 'disabled' })
    this.version(1).stores(firstVersion)
    this.version(2).stores(secondVersion)
    this.version(3).stores(begunVersion)
    this.version(4).stores(firstLookVersion)
    this.version(5).stores(savedOrderVersion)
    this.on('versionchange', ({ newVersion }) => {
      if (newVersion !== null && newVersion > 0) this.standing.set('outdated')
      // At once, or the other window's upgrade would wait for this one. The next write opens anew, behind the upgrade.
      this.close({ disableAutoOpen: false })
      return false
    })
  }

  /**
   * Every write waits for it, and nothing is lost where it fails or takes too long: `run` ends in time. The answer begins it, unless a write
   * has done so already: then it is awaited.
   */
  doFirst(run: (isAwaited: boolean) => Promise<void>): () => Promise<void> {
    let done: Promise<void> | null = null
    const first = (isAwaited: boolean): Promise<void> => (done ??= run(isAwaited).catch(() => undefined).finally(() => {
      this.#first = null
    }))
    this.#first = first
    return () => first(false)
  }

  /**
   * One read-write transaction: all of it or nothing. iOS ends connections of pages in the background. Dexie opens a new one
   * where it is told so (`close` event, InvalidStateError); where it is not, this does, once, because the old handle stays
   * dead. `run` must therefore recognise what it has already written.
   */
  async write<Value>(tables: readonly Table[], run: () => Promise<Value>): Promise<Value> {
    if (this.#first !== null) await this.#first(true)
    return this.again(async () => {
      let begun: Transaction | null = null
      try {
        // An async function, or the library does not keep the transaction open across awaits.
        return await this.transaction('rw', tables, async (transaction) => {
          begun = transaction
          return run()
        })
      } catch (error) {
        // Its requests may say no more than that it was aborted; the transaction knows why.
        const reason: unknown = begun === null ? null : reasonOf(begun)
        throw isFull(reason) ? reason : error
      }
    })
  }

  /** Several reads of one and the same state, in one transaction: a window that writes in between shows all of it or nothing. */
  read<Value>(tables: readonly Table[], run: () => Promise<Value>): Promise<Value> {
    return this.again(() => this.transaction('r', tables, async () => run()))
  }

  /** Reads, or a transaction of its own: once more, on a new connection, when the system has ended the one it began on. */
  async again<Value>(run: () => PromiseLike<Value>): Promise<Value> {
    const connection = this.backendDB()
    try {
      return await run()
    } catch (error) {
      const isLost = isLostConnection(error) || (isAborted(error) && this.backendDB() !== connection)
      if (this.#isShut || !isLost) throw error
      this.close({ disableAutoOpen: false })
      await this.open()
      return run()
    }
  }

  /** Ends it for good. */
  shut(): void {
    this.#isShut = true
    this.close()
  }
}

function reasonOf({ idbtrans }: Transaction): unknown {
  return Reflect.get(idbtrans, 'error')
}
