import { keptAtHeader, keptBytesHeader, keptNotice, reportsCache, slugIn } from '#device/report-pages.ts'
import { dropPhotos } from '#worker/report-photos.ts'

export interface ReportGround {
  readonly caches: Pick<CacheStorage, 'open'>
  readonly fetch: (request: Request) => Promise<Response>
  readonly now: () => number
  readonly after: (ms: number) => Promise<void>
  /** What says that nothing is kept. */
  readonly shell: () => Promise<Response>
  /** Goes on behind the answer. */
  readonly meanwhile: (work: Promise<unknown>) => void
}

/** Of a page that is still coming over a bad line after this time, the kept one is shown; what comes takes its place for the next time. */
const patienceMs = 10_000
const [mostPages, mostBytes] = [6, 3_000_000]
/** Longer than that no page is shown that was not asked for anew: what its report has had to take back would live on here. */
const longestMs = 60 * 86_400_000

/**
 * A published report: from the network as long as there is one, because words are taken back from what is published; without it as
 * it was kept when it was read last.
 */
export async function openReport(request: Request, ground: ReportGround): Promise<Response> {
  const coming = ground.fetch(request).then((answer) => heard(request, answer, ground), () => null)
  const first = await Promise.race([coming, ground.after(patienceMs).then(() => 'late' as const)])
  if (first !== 'late' && first !== null && !isFailing(first)) return first
  const copy = await keptCopy(request, ground)
  if (copy !== null) {
    ground.meanwhile(coming)
    return copy
  }
  const answer = await coming
  return answer ?? (request.mode === 'navigate' ? notHere(await ground.shell()) : Response.error())
}

/** The app, which says so at this address; by the status it knows that the server was not asked. */
function notHere(shell: Response): Response {
  return shell.type === 'error' ? shell : new Response(shell.body, { status: 503, headers: shell.headers })
}

/** The server has no word on the report, or something before it refuses: then the kept one is better than their excuse. */
function isFailing(answer: Response): boolean {
  return answer.status >= 400 && !isGone(answer)
}

/** What the server says holds here too: its page is kept, and a report that it no longer has goes. */
function heard(request: Request, answer: Response, ground: ReportGround): Response {
  if (isReport(answer)) ground.meanwhile(keep(request, answer.clone(), ground).catch(() => undefined))
  else if (isGone(answer)) ground.meanwhile(forget(request, ground).catch(() => undefined))
  return answer
}

/** Only the server's own page: in its language and under its policy, by which nothing in it runs. A portal's page is neither. */
function isReport({ status, redirected, type, headers }: Response): boolean {
  const isPage = headers.get('content-type')?.startsWith('text/html') === true && headers.has('content-language') && headers.get('content-security-policy')?.startsWith("default-src 'none'") === true
  return status === 200 && !redirected && type !== 'opaque' && isPage
}

/** Where there is no report the server answers with the app, known by the policy that only the app has. A filter or a proxy that knows no such address has no say in it. */
function isGone({ status, headers }: Response): boolean {
  return (status === 404 || status === 200) && headers.get('content-security-policy')?.includes('trusted-types terrain-worker') === true
}

async function keep(request: Request, answer: Response, ground: ReportGround): Promise<void> {
  const { caches, now } = ground
  const body = await answer.arrayBuffer()
  const cache = await caches.open(reportsCache)
  const headers = new Headers(answer.headers)
  // They told how the bytes travelled.
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name)
  headers.set(keptAtHeader, String(now()))
  headers.set(keptBytesHeader, String(body.byteLength))
  if (body.byteLength <= mostBytes) await cache.put(keyOf(request), new Response(body, { headers }))
  else await cache.delete(keyOf(request))
  await drop(cache, ground)
  const slug = slugOf(request)
  if (slug !== null) await dropPhotos(slug, new TextDecoder().decode(body), ground)
}

/** The newest stay, as many and as much as there is room for. */
async function drop(cache: Cache, ground: ReportGround): Promise<void> {
  const nowMs = ground.now()
  const pages = await Promise.all((await cache.keys()).map(async (key) => ({ key, page: await cache.match(key) })))
  const newestFirst = pages.toSorted((one, other) => keptAt(other.page) - keptAt(one.page))
  let bytes = 0
  for (const [n, { key, page }] of newestFirst.entries()) {
    bytes += Number(page?.headers.get(keptBytesHeader))
    if (n < mostPages && bytes <= mostBytes && nowMs - keptAt(page) <= longestMs) continue
    await cache.delete(key)
    const slug = slugOf(key)
    if (slug !== null && !newestFirst.slice(0, n).some((other) => slugOf(other.key) === slug)) await dropPhotos(slug, null, ground)
  }
}

function keptAt(page: Response | undefined): number {
  return Number(page?.headers.get(keptAtHeader))
}

async function forget(request: Request, ground: ReportGround): Promise<void> {
  const cache = await ground.caches.open(reportsCache)
  const slug = slugOf(request)
  if (slug !== null) await dropPhotos(slug, null, ground)
  for (const key of await cache.keys()) if (slugOf(key) === slugOf(request)) await cache.delete(key)
}

/** In the language that was asked for, else as it was kept last: a report in another language is better than none. */
async function keptCopy(request: Request, ground: ReportGround): Promise<Response | null> {
  const cache = await ground.caches.open(reportsCache).catch(() => null)
  if (cache === null) return null
  await drop(cache, ground)
  const exact = await cache.match(keyOf(request))
  if (exact !== undefined) return asCopy(exact)
  const others = await Promise.all((await cache.keys()).filter((key) => slugOf(key) === slugOf(request)).map((key) => cache.match(key)))
  const [last] = others.toSorted((one, other) => keptAt(other) - keptAt(one))
  return last === undefined ? null : asCopy(last)
}

/** A copy says that it is one: what was taken back since does not show in it. */
async function asCopy(page: Response): Promise<Response> {
  return new Response((await page.text()).replace(keptNotice.hidden, keptNotice.shown), { headers: page.headers })
}

/** Path and language; whatever else stands in the address is not the report's. */
function keyOf({ url }: Request): string {
  const { origin, pathname, searchParams } = new URL(url)
  const language = searchParams.get('language')
  return `${origin}${pathname}${language === null ? '' : `?language=${encodeURIComponent(language.slice(0, 20))}`}`
}

function slugOf({ url }: Request): string | null {
  return slugIn(new URL(url).pathname)
}
