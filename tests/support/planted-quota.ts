import { vi } from 'vitest'
import type { DeviceGround } from '#device/device-ground.ts'

/** How a browser says that the storage is full: by the request, by an abort in the middle, or only when it commits. */
export type QuotaShape = 'request' | 'abort' | 'commit'

export interface PlantedQuota {
  /** What is written from here on must fit in so many bytes more. */
  readonly leave: (bytes: number) => void
  readonly storage: DeviceGround['storage']
}

/** The transaction of the database that tests use: `_start` without requests is its commit. */
type Steps = IDBTransaction & { readonly _requests: readonly unknown[] }

interface Kept { readonly store: string; readonly key: IDBValidKey; readonly size: number }

/** Counts what every store holds, and refuses what goes beyond. Before the databases open: the library binds the methods then. */
export function plantQuota(shape: QuotaShape): PlantedQuota {
  let kept: readonly Kept[] = []
  let limit = Number.POSITIVE_INFINITY
  const undone = new WeakMap<IDBTransaction, { added: readonly Kept[]; removed: readonly Kept[] }>()
  const over = new WeakSet<IDBTransaction>()
  const used = (): number => kept.reduce((sum, { size }) => sum + size, 0)
  const count = (transaction: IDBTransaction, { added = [], removed = [] }: { readonly added?: readonly Kept[]; readonly removed?: readonly Kept[] }): void => {
    kept = [...kept.filter((row) => !removed.includes(row)), ...added]
    const before = undone.get(transaction)
    if (before === undefined) transaction.addEventListener('abort', () => {
      const { added: came = [], removed: went = [] } = undone.get(transaction) ?? {}
      kept = [...kept.filter((row) => !came.includes(row)), ...went.filter((row) => !came.includes(row))]
    })
    undone.set(transaction, { added: [...(before?.added ?? []), ...added], removed: [...(before?.removed ?? []), ...removed] })
  }

  for (const method of ['put', 'add'] as const) {
    const real = IDBObjectStore.prototype[method]
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...about) {
      const key = keyOf(this, about[0])
      count(this.transaction, { added: [{ store: this.name, key, size: sizeOf(about[0]) }], removed: kept.filter((row) => row.store === this.name && indexedDB.cmp(row.key, key) === 0) })
      const isOver = used() > limit
      if (isOver && shape === 'request') throw new DOMException('full', 'QuotaExceededError')
      const request = real.apply(this, about)
      if (isOver && shape === 'abort') abort(this.transaction)
      if (isOver) over.add(this.transaction)
      return request
    })
  }
  // eslint-disable-next-line typescript/unbound-method -- It is called with its own `this` below.
  const realDelete = IDBObjectStore.prototype.delete
  vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(function (this: IDBObjectStore, query) {
    const isMeant = ({ store, key }: Kept): boolean => store === this.name && (query instanceof IDBKeyRange ? query.includes(key) : indexedDB.cmp(key, query) === 0)
    count(this.transaction, { removed: kept.filter(isMeant) })
    return realDelete.call(this, query)
  })
  const steps = IDBTransaction.prototype as unknown as { _start: (this: Steps) => void }
  const realStart = steps._start
  vi.spyOn(steps, '_start').mockImplementation(function (this: Steps) {
    if (shape === 'commit' && over.has(this) && this._requests.length === 0 && used() > limit) abort(this)
    else realStart.call(this)
  })
  return {
    leave: (bytes) => {
      limit = used() + bytes
    },
    storage: {
      persist: () => Promise.resolve(false), persisted: () => Promise.resolve(false),
      estimate: () => Promise.resolve({ usage: used(), quota: Number.isFinite(limit) ? limit : used() + 1_000_000 }),
    },
  }
}

/** What a browser does itself: a script's own abort gives no reason. */
function abort(transaction: IDBTransaction): void {
  const end = Reflect.get(transaction, '_abort') as (name: string) => void
  end.call(transaction, 'QuotaExceededError')
}

function keyOf({ keyPath }: IDBObjectStore, row: unknown): IDBValidKey {
  const at = (path: string): IDBValidKey => Reflect.get(row as object, path) as IDBValidKey
  return Array.isArray(keyPath) ? keyPath.map(at) : at(String(keyPath))
}

function sizeOf(row: unknown): number {
  const bytes = Object.values(row as object).reduce((sum: number, value: unknown) => sum + (Object.prototype.toString.call(value) === '[object ArrayBuffer]' ? (value as ArrayBuffer).byteLength : 0), 0)
  return bytes + JSON.stringify(row).length
}
