/** A database of its own beside those of the campaigns; all of an origin share one log. */
const name = 'log-of-this-browser'
const store = 'blocks'
/** A value of 64 kB or more would lie in a file beside the log. Together they are more than the four megabytes at which a log ends. */
const blockBytes = 48_000
const blocks = 90
/** Asked for in one turn: all at once hold a cheap phone's thread for a tenth of a second, in which nothing answers. */
const blocksAtOnce = 6

/**
 * Whether the browser keeps IndexedDB in LevelDB and goes on writing behind a log that was torn: Chromium and what is built on it. On iOS every
 * browser is WebKit and is called otherwise (`CriOS`).
 */
export function goesOnBehindTornLog(userAgent: string): boolean {
  return /Chrom(?:e|ium)\/\d/.test(userAgent)
}

/**
 * Makes what is written next stand in a log of its own. A Chromium that is killed in the middle of a write leaves half a line at the end of its log.
 * The next start reads up to there and writes on behind it; the start after that finds a log that is damaged in its middle, takes the database for
 * lost and begins an empty one: all that was on the phone is gone. LevelDB puts a log away for good once four megabytes have gone through it. These
 * go into no table of ours, need not reach the disk and are taken away at once; what LevelDB keeps of them is compressed to a twentieth.
 * Rejects where there is no room. Who waits for it gets it without a pause.
 */
export async function beginNewLog(factory: IDBFactory, isAwaited: boolean): Promise<void> {
  const db = await opened(factory)
  try {
    await written(db, (table) => putBlocks(table, new Uint8Array(blockBytes), isAwaited ? blocks : blocksAtOnce))
    // In a transaction of its own: taken away in the one that wrote them, each block would be kept once more for the case that this is undone.
    await written(db, (table) => void table.clear())
  } finally {
    db.close()
  }
}

/** The next ones when the last of these is there, in the same transaction. Where they are refused it is given up: thrown in the browser's own turn, the refusal would reach nobody who asked. */
function putBlocks(table: IDBObjectStore, block: Uint8Array, atOnce: number, from = 0): void {
  const end = Math.min(from + atOnce, blocks)
  for (let n = from; n < end; n += 1) {
    const request = table.put(block, n)
    if (n + 1 === end && end < blocks) {
      request.onsuccess = () => {
        try {
          putBlocks(table, block, atOnce, end)
        } catch {
          table.transaction.abort()
        }
      }
    }
  }
}

function opened(factory: IDBFactory): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1)
    request.onupgradeneeded = () => void request.result.createObjectStore(store)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(reasonOf(request.error))
  })
}

function written(db: IDBDatabase, write: (table: IDBObjectStore) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, 'readwrite', { durability: 'relaxed' })
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(reasonOf(transaction.error))
    write(transaction.objectStore(store))
  })
}

function reasonOf(error: DOMException | null): Error {
  return error ?? new Error('no new log')
}
