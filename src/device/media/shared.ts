import * as v from 'valibot'
import { batchAddress, partAddress, sharedCache } from '#device/shared-address.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const batchSchema = v.object({ id: v.string(), text: v.string(), files: v.array(v.object({ n: count, type: v.string(), size: count })), notKept: v.optional(count) })

/** What was shared at once from another app and has not become a note yet. */
export type SharedBatch = v.InferOutput<typeof batchSchema>

export type SharedCaches = Pick<CacheStorage, 'has' | 'open'>

/** The oldest first. */
export async function readShared(caches: SharedCaches): Promise<readonly SharedBatch[]> {
  if (!(await caches.has(sharedCache))) return []
  const cache = await caches.open(sharedCache)
  const batches: SharedBatch[] = []
  for (const request of await cache.keys()) {
    if (!/^\/shared\/[^/]+$/.test(new URL(request.url).pathname)) continue
    const parsed = v.safeParse(batchSchema, await (await cache.match(request))?.json().catch(() => null))
    if (parsed.success) batches.push(parsed.output)
  }
  return batches.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Null when the browser has let it go. */
export async function readSharedFile(caches: SharedCaches, { id }: SharedBatch, n: number): Promise<Blob | null> {
  const part = await (await caches.open(sharedCache)).match(partAddress(id, n))
  return part === undefined ? null : part.blob()
}

/** What is left of a batch; when nothing is, all of it goes. */
export async function keepRest(caches: SharedCaches, rest: SharedBatch): Promise<void> {
  const cache = await caches.open(sharedCache)
  const isDone = rest.text === '' && rest.files.length === 0
  if (isDone) await cache.delete(batchAddress(rest.id))
  else await cache.put(batchAddress(rest.id), Response.json(rest))
  // The bytes behind the word about them: a browser killed in between leaves too much, never too little.
  const named = new Set(rest.files.map(({ n }) => partAddress(rest.id, n)))
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname.startsWith(`${batchAddress(rest.id)}/`) && !named.has(pathname)) await cache.delete(pathname)
  }
}

export function dropShared(caches: SharedCaches, { id }: SharedBatch): Promise<void> {
  return keepRest(caches, { id, text: '', files: [] })
}
