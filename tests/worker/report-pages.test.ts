import { expect, it } from 'vitest'
import { readKeptReports } from '#device/media/kept-reports.ts'
import { isReportPage, reportPath, reportPhotosCache, reportsCache } from '#device/report-pages.ts'
import { appAddress, serverAddresses } from '#worker/addresses.ts'
import { openReport } from '#worker/report-pages.ts'
import type { ReportGround } from '#worker/report-pages.ts'
import { openReportPhoto } from '#worker/report-photos.ts'
import { createFakeCaches } from '../support/fake-caches.ts'

const origin = 'https://terrain.example'
const day = 86_400_000
const page = (text: string, language = 'en') => new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8', 'content-language': language, 'content-security-policy': "default-src 'none'; style-src 'sha256-x'", vary: 'accept-language' } })
const app = (status = 200) => new Response('the app', { status, headers: { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'; script-src 'self'; trusted-types terrain-worker" } })

/** A worker whose server answers by path; null is no connection, `late` an answer that does not come in time. */
function aWorker() {
  const caches = createFakeCaches()
  const parts: { now: number; answer: ((url: string) => Response) | null; late: Promise<unknown> | null } = { now: Date.UTC(2026, 10, 26), answer: null, late: null }
  const work: Promise<unknown>[] = []
  const open = async (path: string, { isNavigation = true } = {}) => {
    const request = new Request(`${origin}${path}`)
    // Node makes no request for a navigation.
    if (isNavigation) Object.defineProperty(request, 'mode', { value: 'navigate' })
    const answer = await openReport(request, ground)
    if (parts.late === null) await settled()
    return [answer.status, answer.type === 'error' ? 'error' : await answer.text()]
  }
  const photo = async (path: string) => {
    const answer = await openReportPhoto(new Request(`${origin}${path}`), ground)
    await settled()
    return [answer.status, (await answer.arrayBuffer()).byteLength]
  }
  const ground: ReportGround = {
    caches,
    now: () => parts.now,
    fetch: async ({ url }) => {
      await parts.late
      if (parts.answer === null) throw new TypeError('Failed to fetch')
      return parts.answer(url.replace(origin, ''))
    },
    after: () => (parts.late === null ? new Promise(() => undefined) : Promise.resolve()),
    shell: () => Promise.resolve(app()),
    meanwhile: (more) => void work.push(more),
  }
  const settled = async () => {
    for (const one of work.splice(0)) await one
    for (const one of work.splice(0)) await one
  }
  return { caches, parts, open, settled, photo, held: () => caches.held(reportsCache), seen: () => caches.held(reportPhotosCache), kept: () => readKeptReports(caches) }
}

it('[WO30] a report that was opened is read at its address without a connection, and its files are not kept', async () => {
  const { parts, open, held } = aWorker()
  parts.answer = () => page('Schools were closed.')
  expect(await open('/r/spring-1-abcdef?language=en')).toEqual([200, 'Schools were closed.'])
  expect(held()).toEqual(['/r/spring-1-abcdef?language=en'])
  parts.answer = null
  expect(await open('/r/spring-1-abcdef?language=en&from=mail')).toEqual([200, 'Schools were closed.'])
  expect([isReportPage('/r/spring-1-abcdef'), isReportPage('/r/spring-1-abcdef/report.docx'), isReportPage('/r/spring/report.json'), isReportPage('/r'), isReportPage('/reports')]).toEqual([true, false, false, false, false])
  expect(serverAddresses.some((address) => address.test('/r/spring-1-abcdef')) && appAddress.test('/r/spring-1-abcdef')).toBe(true)
})

it('[WO30] what is kept says so, what comes from the server does not', async () => {
  const { parts, open } = aWorker()
  const html = '<p class="newer" id="kept-copy" hidden="">Kept.</p><p hidden="">Other.</p>'
  parts.answer = () => page(html)
  expect((await open('/r/spring-1'))[1]).toBe(html)
  parts.answer = null
  expect((await open('/r/spring-1'))[1]).toBe('<p class="newer" id="kept-copy">Kept.</p><p hidden="">Other.</p>')
})

it('[WO30] without a connection another language is better than none, the one that was asked for first', async () => {
  const { parts, open } = aWorker()
  parts.answer = (url) => page(url, url.endsWith('fr') ? 'fr' : 'ar')
  await open('/r/spring-1?language=fr')
  parts.now += 1000
  await open('/r/spring-1?language=ar')
  parts.answer = null
  expect((await open('/r/spring-1?language=fr'))[1]).toBe('/r/spring-1?language=fr')
  expect((await open('/r/spring-1'))[1]).toBe('/r/spring-1?language=ar')
  expect((await open('/r/spring-1?language=zh'))[1]).toBe('/r/spring-1?language=ar')
})

it('[WO31] as long as the server answers its word is shown and kept: what was taken back is gone here too', async () => {
  const { parts, open, held } = aWorker()
  parts.answer = () => page('We have one phone, said the mother.')
  await open('/r/spring-1?language=en')
  parts.answer = () => page('The words are no longer shown.')
  expect((await open('/r/spring-1?language=en'))[1]).toBe('The words are no longer shown.')
  parts.answer = null
  expect((await open('/r/spring-1?language=en'))[1]).toBe('The words are no longer shown.')
  for (const gone of [() => app(), () => app(404)]) {
    parts.answer = () => page('Again.')
    await open('/r/spring-1?language=en')
    await open('/r/spring-1?language=fr')
    await open('/r/other-1?language=fr')
    parts.answer = gone
    await open('/r/spring-1?language=en')
    expect(held()).toEqual(['/r/other-1?language=fr'])
  }
})

it('[WO31] a server that fails is no word on the report, and a line that is too slow shows what is kept while the new one comes', async () => {
  const { parts, open, settled } = aWorker()
  parts.answer = () => page('As it was.')
  await open('/r/spring-1?language=en')
  for (const status of [500, 502, 503, 429]) {
    parts.answer = () => new Response('busy', { status })
    expect(await open('/r/spring-1?language=en')).toEqual([200, 'As it was.'])
    expect(await open('/r/never-opened?language=en')).toEqual([status, 'busy'])
  }
  parts.answer = () => page('As it is.')
  let come = (): void => undefined
  parts.late = new Promise<void>((resolve) => {
    come = resolve
  })
  expect((await open('/r/spring-1?language=en'))[1]).toBe('As it was.')
  come()
  await settled()
  parts.late = null
  parts.answer = null
  expect((await open('/r/spring-1?language=en'))[1]).toBe('As it is.')
})

it('[WO780] a page that a filter or a proxy has in place of the report neither hides nor takes away what is kept', async () => {
  const { parts, open, photo, held, seen } = aWorker()
  parts.answer = () => page(`<img src="/r/spring-1/photos/${one}">`)
  await open('/r/spring-1?language=en')
  parts.answer = () => photoOf(40)
  await photo(`/r/spring-1/photos/${one}?width=640`)
  for (const status of [403, 404, 410, 451, 511]) {
    parts.answer = () => new Response('Access denied', { status, headers: { 'content-type': 'text/html' } })
    expect((await open('/r/spring-1?language=en'))[0]).toBe(200)
    expect(await photo(`/r/spring-1/photos/${one}?width=640`)).toEqual([200, 40])
    expect(await open('/r/never-opened?language=en')).toEqual([status, 'Access denied'])
  }
  expect([held(), seen()]).toEqual([['/r/spring-1?language=en'], [`/r/spring-1/photos/${one}`]])
})

it('[WO32] where nothing is kept and nobody answers, the app says so; what is no page gets no page', async () => {
  const { open } = aWorker()
  expect(await open('/r/spring-1?language=en')).toEqual([503, 'the app'])
  expect((await open('/r/spring-1?language=en', { isNavigation: false }))[1]).toBe('error')
})

it('[WO33] the six pages that came last are kept, three megabytes at most, and none that was not asked for anew in sixty days', async () => {
  const { parts, open, held, kept } = aWorker()
  const openAll = async (...names: readonly string[]) => {
    for (const name of names) {
      parts.now += 1000
      await open(`/r/${name}`)
    }
  }
  parts.answer = () => page('x'.repeat(1000))
  await openAll('a', 'b', 'c', 'd', 'e', 'f', 'a', 'g')
  expect(held().toSorted()).toEqual(['/r/a', '/r/c', '/r/d', '/r/e', '/r/f', '/r/g'])
  expect((await kept()).map(({ path, bytes }) => [path, bytes])[0]).toEqual(['/r/g', 1000])
  parts.answer = () => page('x'.repeat(1_400_000))
  await openAll('h', 'i')
  expect((await kept()).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(3_000_000)
  expect((await kept()).slice(0, 2).map(({ path }) => path)).toEqual(['/r/i', '/r/h'])
  parts.answer = () => page('x'.repeat(3_000_001))
  await openAll('j')
  expect(held()).not.toContain('/r/j')
  parts.now += 61 * day
  parts.answer = null
  expect(await open('/r/i')).toEqual([503, 'the app'])
  expect(held()).toEqual([])
})

it('[WO34] only the server’s own page is kept, under the policy by which nothing in it runs; a full storage keeps nothing and still shows it', async () => {
  const { parts, open, held, caches } = aWorker()
  const portal = new Response('Log in here.', { headers: { 'content-type': 'text/html' } })
  const json = new Response('{}', { headers: { 'content-type': 'application/json', 'content-language': 'en', 'content-security-policy': "default-src 'none'" } })
  const running = new Response('x', { headers: { 'content-type': 'text/html', 'content-language': 'en', 'content-security-policy': "script-src 'self'" } })
  for (const other of [portal, json, running]) {
    parts.answer = () => other.clone()
    expect((await open('/r/spring-1'))[0]).toBe(200)
    expect(held()).toEqual([])
  }
  parts.answer = () => page('Schools were closed.')
  await open('/r/spring-1')
  expect((await (await caches.open(reportsCache)).match('/r/spring-1'))?.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'sha256-x'")
  caches.fillAfter(0)
  expect(await open('/r/other-1')).toEqual([200, 'Schools were closed.'])
  expect(held()).toEqual(['/r/spring-1'])
})

it('[WO30] pages and worker mean the same address: on this very origin, in the language, at the sentence', () => {
  expect(reportPath('https://other.example/r/spring-1-abcdef', { language: 'fr' })).toBe('/r/spring-1-abcdef?language=fr')
  expect(reportPath('https://other.example/r/spring-1-abcdef', { language: 'fr', sentence: 's1' })).toBe('/r/spring-1-abcdef?language=fr#sentence-s1')
  for (const wrong of ['https://other.example/r/UPPER', 'https://other.example/desk', 'javascript:alert(1)', '']) expect(reportPath(wrong, { language: 'fr' })).toBeNull()
})

const [one, two] = ['a'.repeat(64), 'b'.repeat(64)]
const photoOf = (bytes: number) => new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/webp' } })

it('[WO35] a photo that was seen stands in its report without a connection, whatever its width', async () => {
  const { parts, photo, seen } = aWorker()
  parts.answer = () => photoOf(40)
  expect(await photo(`/r/spring-1/photos/${one}?width=640`)).toEqual([200, 40])
  expect(seen()).toEqual([`/r/spring-1/photos/${one}`])
  parts.answer = null
  expect(await photo(`/r/spring-1/photos/${one}?width=960`)).toEqual([200, 40])
  expect(await photo(`/r/spring-1/photos/${two}?width=640`)).toEqual([0, 0])
  parts.answer = () => new Response('', { status: 503 })
  expect(await photo(`/r/spring-1/photos/${one}?width=960`)).toEqual([200, 40])
  // A portal's page is no photo.
  parts.answer = () => page('Log in')
  await photo(`/r/spring-1/photos/${two}?width=640`)
  expect(seen()).toEqual([`/r/spring-1/photos/${one}`])
})

it('[WO35] what was taken back goes: when the server has it no more, when its page shows it no more, and with its page', async () => {
  const { parts, open, photo, seen } = aWorker()
  const see = async () => {
    parts.answer = () => photoOf(40)
    for (const path of [`/r/spring-1/photos/${one}`, `/r/spring-1/photos/${two}`, `/r/other-1/photos/${one}`]) await photo(path)
  }
  await see()
  parts.answer = () => Response.json({}, { status: 404, headers: { 'content-type': 'application/problem+json; charset=utf-8' } })
  await photo(`/r/spring-1/photos/${one}?width=640`)
  expect(seen()).toEqual([`/r/spring-1/photos/${two}`, `/r/other-1/photos/${one}`])
  await see()
  parts.answer = () => page(`<img src="/r/spring-1/photos/${two}?width=640">`)
  await open('/r/spring-1?language=en')
  expect(seen().toSorted()).toEqual([`/r/other-1/photos/${one}`, `/r/spring-1/photos/${two}`])
  parts.answer = () => app()
  await open('/r/spring-1?language=en')
  expect(seen()).toEqual([`/r/other-1/photos/${one}`])
})

it('[WO35] three megabytes are the most, and photos go when their page has become too old', async () => {
  const { parts, open, photo, seen } = aWorker()
  parts.answer = () => page(`${one} ${two}`)
  await open('/r/spring-1?language=en')
  parts.answer = () => photoOf(1_900_000)
  for (const name of [one, two]) {
    parts.now += 1000
    await photo(`/r/spring-1/photos/${name}`)
  }
  expect(seen()).toEqual([`/r/spring-1/photos/${two}`])
  parts.now += 61 * day
  parts.answer = null
  await open('/r/spring-1?language=en')
  expect(seen()).toEqual([])
})
