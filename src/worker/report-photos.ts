import { keptAtHeader, keptBytesHeader, photoIn, reportPhotosCache } from '#device/report-pages.ts'
import type { ReportGround } from '#worker/report-pages.ts'

const mostBytes = 3_000_000

/** A photo of a published report: from the network as long as there is one, like its page; without it as it was seen last. */
export async function openReportPhoto(request: Request, ground: Pick<ReportGround, 'caches' | 'fetch' | 'now' | 'meanwhile'>): Promise<Response> {
  const answer = await ground.fetch(request).catch(() => null)
  const isGone = answer?.status === 404 && isOf(answer, 'application/problem+json')
  if (answer === null || (answer.status >= 400 && !isGone)) return (await keptPhoto(request, ground)) ?? answer ?? Response.error()
  if (answer.status === 200 && isOf(answer, 'image/')) ground.meanwhile(keep(request, answer.clone(), ground).catch(() => undefined))
  else if (isGone) ground.meanwhile(ground.caches.open(reportPhotosCache).then((cache) => cache.delete(keyOf(request))).catch(() => undefined))
  return answer
}

/** The server says by a problem what it has no more; what something before it says is a page of its own. */
function isOf({ headers }: Response, type: string): boolean {
  return headers.get('content-type')?.startsWith(type) === true
}

/** Of a report's photos only those stay that its page shows; with a page that is no more (null) all go. */
export async function dropPhotos(slug: string, html: string | null, { caches }: Pick<ReportGround, 'caches'>): Promise<void> {
  const cache = await caches.open(reportPhotosCache)
  for (const key of await cache.keys()) {
    const found = photoIn(new URL(key.url).pathname)
    if (found?.slug === slug && html?.includes(found.photo) !== true) await cache.delete(key)
  }
}

/** One width of each is enough to be read without a connection. */
function keyOf({ url }: Request): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

async function keep(request: Request, answer: Response, { caches, now }: Pick<ReportGround, 'caches' | 'now'>): Promise<void> {
  const body = await answer.arrayBuffer()
  const cache = await caches.open(reportPhotosCache)
  const headers = { 'content-type': answer.headers.get('content-type') ?? '', 'content-security-policy': "default-src 'none'; sandbox", [keptAtHeader]: String(now()), [keptBytesHeader]: String(body.byteLength) }
  await cache.put(keyOf(request), new Response(body, { headers }))
  await makeRoom(cache)
}

/** The ones that were seen last stay, as many as there is room for. */
async function makeRoom(cache: Cache): Promise<void> {
  const photos = await Promise.all((await cache.keys()).map(async (key) => ({ key, about: (await cache.match(key))?.headers })))
  const at = ({ about }: (typeof photos)[number]) => Number(about?.get(keptAtHeader))
  let bytes = 0
  for (const { key, about } of photos.toSorted((one, other) => at(other) - at(one))) {
    bytes += Number(about?.get(keptBytesHeader))
    if (bytes > mostBytes) await cache.delete(key)
  }
}

async function keptPhoto(request: Request, { caches }: Pick<ReportGround, 'caches'>): Promise<Response | null> {
  const cache = await caches.open(reportPhotosCache).catch(() => null)
  return (await cache?.match(keyOf(request))) ?? null
}
