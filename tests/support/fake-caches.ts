interface Kept {
  readonly bytes: ArrayBuffer
  readonly headers: Headers
}

export interface FakeCaches extends Pick<CacheStorage, 'has' | 'open'> {
  /** The addresses that a cache holds. */
  readonly held: (name: string) => readonly string[]
  /** From so many puts on the storage is full. */
  readonly fillAfter: (puts: number) => void
}

/** The browser's caches in memory: bytes and headers by path and query, which is what Terrain asks of them. */
export function createFakeCaches(): FakeCaches {
  const stores = new Map<string, Map<string, Kept>>()
  let left = Infinity
  const pathOf = (key: RequestInfo | URL): string => {
    const { pathname, search } = new URL(typeof key === 'string' || key instanceof URL ? key : key.url, 'https://terrain.example')
    return pathname + search
  }
  const open = async (name: string): Promise<Cache> => {
    const store = stores.get(name) ?? new Map<string, Kept>()
    stores.set(name, store)
    const cache: Pick<Cache, 'put' | 'match' | 'delete' | 'keys'> = {
      put: async (key, response) => {
        if (left <= 0) throw new DOMException('no room', 'QuotaExceededError')
        left -= 1
        store.set(pathOf(key), { bytes: await response.arrayBuffer(), headers: new Headers(response.headers) })
      },
      match: async (key) => {
        const kept = store.get(pathOf(key))
        return kept === undefined ? undefined : new Response(kept.bytes, { headers: kept.headers })
      },
      delete: async (key) => store.delete(pathOf(key)),
      keys: async () => [...store.keys()].map((path) => new Request(`https://terrain.example${path}`)),
    }
    return cache as Cache
  }
  return {
    has: async (name) => stores.has(name),
    open,
    held: (name) => [...(stores.get(name)?.keys() ?? [])],
    fillAfter: (puts) => {
      left = puts
    },
  }
}
