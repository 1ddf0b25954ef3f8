import { setImmediate as nextTick } from 'node:timers/promises'

/** A transaction on the database of that name is about to begin. `dead`: its page was killed, and gets none. */
export type BeforeTransaction = (databaseName: string) => 'alive' | 'dead'

/**
 * Stands between every page and its database: pages are killed here, and from here it is known whether any page is still at work.
 * Installed once for the process, before the first database opens, because the device's library binds `transaction` then.
 */
export class Pages {
  #before: BeforeTransaction = () => 'alive'
  #begun = 0
  #elsewhere = 0
  readonly #running = new Map<IDBTransaction, string>()

  constructor() {
    // eslint-disable-next-line typescript/unbound-method -- It is called with its own `this` below.
    const real = IDBDatabase.prototype.transaction
    const begin = (database: IDBDatabase, open: () => IDBTransaction): IDBTransaction => {
      if (this.#before(database.name) === 'dead') throw new DOMException('the page was killed', 'AbortError')
      const transaction = open()
      this.#begun += 1
      this.#running.set(transaction, database.name)
      for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => this.#running.delete(transaction))
      return transaction
    }
    IDBDatabase.prototype.transaction = function transaction(this: IDBDatabase, ...about) {
      return begin(this, () => real.apply(this, about))
    }
  }

  watchedBy(before: BeforeTransaction): void {
    this.#before = before
  }

  /** What a killed page has begun and not committed is as if it had never been. */
  abortAll(databaseName: string): void {
    for (const [transaction, name] of this.#running) {
      if (name !== databaseName) continue
      try {
        transaction.abort()
      } catch {
        // It has committed in this very moment, which a kill may find as well.
      }
    }
  }

  /** Work that other threads do for a page, ciphers above all, and which takes real time: it counts as the page's own. */
  async during<Value>(work: Promise<Value>): Promise<Value> {
    this.#elsewhere += 1
    try {
      return await work
    } finally {
      this.#elsewhere -= 1
      this.#begun += 1
    }
  }

  /** Nobody is at work any more but who waits for the network or a timer. Counted in turns of the loop, never in real time. */
  async settled(): Promise<void> {
    let [quiet, before] = [0, this.#begun]
    while (quiet < 4) {
      await nextTick()
      quiet = this.#elsewhere === 0 && this.#running.size === 0 && this.#begun === before ? quiet + 1 : 0
      before = this.#begun
    }
  }
}
