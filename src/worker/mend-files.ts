export interface MendGround {
  readonly caches: Pick<CacheStorage, 'open'>
  /** The cache in which the version that runs was installed. */
  readonly precache: string
  /** What it has to hold: the whole address under which each file lies there, by the file's path. */
  readonly keys: ReadonlyMap<string, string>
  /** From the server, and only as the build has made it; rejects where it comes otherwise or not at all. */
  readonly bring: (path: string) => Promise<Response>
}

/**
 * A browser may throw a cache away, or one damaged file of it, and leave worker and entries. The worker stays installed then, every start takes what is missing from
 * the server, and the first one without a connection finds nothing. Ends at the first file that does not come, or for which there is no room: what was mended stays.
 */
export async function mendFiles({ caches, precache, keys, bring }: MendGround): Promise<void> {
  try {
    const cache = await caches.open(precache)
    const held = new Set((await cache.keys()).map(({ url }) => url))
    for (const [path, key] of keys) {
      if (held.has(key)) continue
      const file = await bring(path)
      if (!file.ok || file.redirected) return
      await cache.put(key, file)
    }
  } catch {
    // No connection, no room, or a newer version at the server, which brings its own files: the next start looks again.
  }
}
