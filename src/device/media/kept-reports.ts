import { keptAtHeader, keptBytesHeader, reportsCache } from '#device/report-pages.ts'

/** A published report that can be read without a connection. */
export interface KeptReport {
  /** Path and language, as it is asked for. */
  readonly path: string
  readonly keptAtMs: number
  readonly bytes: number
}

/** The one that came last first. */
export async function readKeptReports(caches: Pick<CacheStorage, 'has' | 'open'>): Promise<readonly KeptReport[]> {
  if (!(await caches.has(reportsCache))) return []
  const cache = await caches.open(reportsCache)
  const kept = await Promise.all((await cache.keys()).map(async (request): Promise<readonly KeptReport[]> => {
    const page = await cache.match(request, { ignoreVary: true })
    const { pathname, search } = new URL(request.url)
    return page === undefined ? [] : [{ path: pathname + search, keptAtMs: Number(page.headers.get(keptAtHeader)), bytes: Number(page.headers.get(keptBytesHeader)) }]
  }))
  return kept.flat().toSorted((one, other) => other.keptAtMs - one.keptAtMs)
}
