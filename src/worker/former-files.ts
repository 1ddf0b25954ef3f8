import { isBuiltAsset, onDemandCache } from '#worker/addresses.ts'

/** Files of the version before, for windows that still run it. */
export const formerCache = 'terrain-former'

type Caches = Pick<CacheStorage, 'has' | 'open' | 'delete'>

export interface FormerFiles {
  readonly caches: Caches
  /** The cache in which a version lies as it was installed. */
  readonly precache: string
  /** The paths that the new version brings itself. */
  readonly brought: ReadonlySet<string>
}

/**
 * Once a window has taken a new version, the files of the one before are in no precache and on no server; another window in which somebody
 * writes would miss the next screen. So they are laid aside while they are still there, which is when the new version is installed. On a
 * phone that is too full for it nothing is: a new version does not fail for that.
 */
export async function keepFormer(former: FormerFiles): Promise<void> {
  try {
    for (const name of [former.precache, onDemandCache]) await copyFrom(name, former)
  } catch {
    await former.caches.delete(formerCache)
  }
}

async function copyFrom(name: string, { caches, brought }: FormerFiles): Promise<void> {
  if (!(await caches.has(name))) return
  const from = await caches.open(name)
  for (const key of await from.keys()) {
    const { pathname } = new URL(key.url)
    if (!isBuiltAsset(pathname) || brought.has(pathname)) continue
    const file = await from.match(key)
    if (file !== undefined) await (await caches.open(formerCache)).put(key, file)
  }
}

export interface FormerUse {
  readonly caches: Caches
  /** How many windows are open before the one that is just being opened. */
  readonly windows: () => Promise<number>
  /** A version that was installed and not taken has laid aside what the windows of this one will need. */
  readonly isNewerWaiting: boolean
}

/** Where no window is open, none runs a version before. */
export async function dropFormer({ caches, windows, isNewerWaiting }: FormerUse): Promise<void> {
  if (isNewerWaiting || !(await caches.has(formerCache)) || (await windows()) > 0) return
  await caches.delete(formerCache)
}
