import { batchAddress, partAddress, sharedCache, shareFields, sharedScreen } from '#device/shared-address.ts'

export interface ShareGround {
  readonly caches: Pick<CacheStorage, 'open'>
  /** Later ones sort behind earlier ones. */
  readonly newId: () => string
  /** The picture without what its camera wrote beside it; null when it is none. */
  readonly redraw: (file: Blob) => Promise<Blob | null>
}

/** Any page may post to this address: what nobody would share in one go is not kept, and its number is said. */
const mostFiles = 10

/**
 * Keeps what another app has shared, without any network, and leads to the screen that shows it. Everything is in the cache before
 * the answer goes out: a worker may be ended at any moment after it. What could not be kept is said there.
 */
export async function keepShared(request: Request, ground: ShareGround): Promise<Response> {
  const isKept = await keep(await request.formData().catch(() => null), ground).catch(() => false)
  return Response.redirect(new URL(isKept ? sharedScreen : `${sharedScreen}?failed`, request.url).href, 303)
}

async function keep(form: FormData | null, { caches, newId, redraw }: ShareGround): Promise<boolean> {
  if (form === null) return false
  const text = textIn(form)
  const all = form.getAll(shareFields.files).flatMap((file) => (typeof file === 'string' || file.size === 0 ? [] : [file]))
  const files = all.slice(0, mostFiles)
  if (text === '' && files.length === 0) return true
  const [cache, id] = [await caches.open(sharedCache), newId()]
  const kept: { readonly n: number; readonly type: string; readonly size: number }[] = []
  for (const [n, file] of files.entries()) {
    // What is no picture has an empty place: the screen says that it could not be read, and nothing of it is stored.
    const part = (await redraw(file)) ?? new Blob([], { type: file.type })
    await cache.put(partAddress(id, n), new Response(part, { headers: { 'content-type': part.type } }))
    kept.push({ n, type: part.type, size: part.size })
  }
  await cache.put(batchAddress(id), Response.json({ id, text, files: kept, ...(all.length > files.length && { notKept: all.length - files.length }) }))
  return true
}

/** Title, words and address, each once: many apps put the address into the words as well. */
function textIn(form: FormData): string {
  const said: string[] = []
  for (const field of [shareFields.title, shareFields.text, shareFields.link]) {
    const value = form.get(field)
    const words = typeof value === 'string' ? value.trim() : ''
    if (words !== '' && !said.some((before) => before.includes(words))) said.push(words)
  }
  return said.join('\n')
}
