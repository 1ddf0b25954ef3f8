// @ts-expect-error -- The package has no types for this part of it.
import forceClose from 'fake-indexeddb/lib/forceCloseDatabase'
import { vi } from 'vitest'

const forceCloseDatabase = forceClose as (connection: IDBDatabase) => void

export interface ConnectionLoss {
  /** The system closes the connection now, with its `close` event. */
  readonly closeNow: () => void
  /** The next `times` writing transactions are lost: before they begin, in their middle, or after their commit. */
  readonly loseNext: (moment: 'before' | 'closing' | 'midway' | 'committed', times?: number) => void
}

/** Before the databases open: the library binds `transaction` then. */
export function plantConnectionLoss(): ConnectionLoss {
  let last: IDBDatabase | null = null
  let moment: Parameters<ConnectionLoss['loseNext']>[0] = 'before'
  let left = 0
  const remember = (connection: IDBDatabase): void => {
    last = connection
  }
  // eslint-disable-next-line typescript/unbound-method -- It is called with its own `this` below.
  const real = IDBDatabase.prototype.transaction
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...about) {
    remember(this)
    const isLost = left > 0 && about[1] === 'readwrite'
    if (isLost) left -= 1
    if (isLost && moment === 'before') throw new DOMException('Connection to Indexed Database server lost', 'UnknownError')
    if (isLost && moment === 'closing') throw new DOMException('The database connection is closing', 'InvalidStateError')
    const transaction = real.apply(this, about)
    if (isLost && moment === 'midway') setTimeout(() => forceCloseDatabase(this))
    if (isLost && moment === 'committed') forgetCommit(transaction)
    return transaction
  })
  return {
    closeNow: () => {
      if (last !== null) forceCloseDatabase(last)
    },
    loseNext: (when, times = 1) => {
      moment = when
      left = times
    },
  }
}

/** It commits, and the page hears that it was aborted because the connection was lost. */
function forgetCommit(transaction: IDBTransaction): void {
  const tell = () => () => {
    Object.defineProperty(transaction, 'error', { value: new DOMException('Connection to Indexed Database server lost', 'UnknownError') })
    transaction.onabort?.(new Event('abort'))
  }
  Object.defineProperty(transaction, 'oncomplete', { set: forgetCall, get: tell })
}

/** The page may set its handler; nobody ever calls it. */
function forgetCall(): void {}
