import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { WrittenFinding } from '#domain/written-report.ts'
import { hashContent } from '#protocol/chain.ts'
import { draftEvidenceSchema, draftResponseSchema, figureEntriesSchema, publishResponseSchema, usedResponseSchema } from '#protocol/written-report.ts'
import type { DraftResponse } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

const partId = (n: number) => `70000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const digest = (text: string) => Promise.resolve(sha256Of(text))

describe.each(databases)('a report that is written, published and read, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let jean: ScriptDevice
  let awa: ScriptDevice
  let records: readonly ChangeEnvelope[]
  let hashes: readonly string[]
  let slug = ''

  const call = async (device: ScriptDevice | null, method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown) => {
    const headers = { ...(device === null ? {} : { ...(await device.proof(method, path, body)), authorization: `Bearer ${device.joined.session?.token ?? ''}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const { status, text } = await server.send(path.startsWith('/r/') ? path : `/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    return { status, text, body: (/^[{[]/.test(text) ? JSON.parse(text) : null) as unknown }
  }
  const draft = async (): Promise<DraftResponse> => v.parse(draftResponseSchema, (await call(ruth, 'GET', '/reports/draft')).body)
  const cite = (n: number) => ({ entryId: records[n]?.entryId, revision: records[n]?.id, contentHash: hashes[n] }) as WrittenFinding['quotes'][number]
  const finding = (n: number, about: Partial<WrittenFinding> = {}): WrittenFinding => ({
    kind: 'finding', id: partId(n), question: 1, topic: 'EDU', quotes: [cite(0), cite(1)], against: [],
    sentences: [{ id: partId(n + 100), text: 'Schools were reported closed {1} times.', lang: 'en', cites: [cite(0), cite(1)], figures: { 1: 'challenges/topic/EDU' } }], ...about,
  })
  const put = async (device: ScriptDevice, part: WrittenFinding, was: number, place = 1) => call(device, 'PUT', `/reports/draft/parts/${part.id}`, { part, place, was })
  const publish = async () => {
    const { settings, parts } = await draft()
    return call(ruth, 'POST', '/reports/draft/publish', { settings: settings.version, parts: parts.map(({ part, version }) => ({ id: part.id, version })) })
  }

  beforeAll(async () => {
    server = await startTestServer({ database })
    ruth = await server.join('coordinator')
    jean = await server.join('coordinator', { name: 'Jean' })
    awa = await server.join('volunteer')
    records = Array.from({ length: 6 }, (_, n) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', quote: `We have one phone, said the ${n}.`, quoteRole: 'mother', consentQuote: true, description: 'The far house beyond the river.' }) }))
    await awa.push([...records])
    hashes = await Promise.all(records.map(({ body }) => hashContent({ content: (body as { readonly content: never }).content, corrections: {} }, digest)))
    await ruth.push(records.map(({ id, entryId }, n) => ruth.change('decide', { revision: id, contentHash: hashes[n] as never, verdict: 'approve', questions: [] }, { entryId, base: id })))
    await call(ruth, 'PUT', '/reports/draft', { from: '2026-02-01', to: '2026-02-28', next: '2026-04-01', was: 0 })
  })
  afterAll(() => server.close())

  it('[SE180] what two write at once is told and overwrites nothing', async () => {
    expect((await put(ruth, finding(1), 0)).body).toEqual({ version: 1 })
    expect((await put(jean, finding(1, { topic: null }), 0)).status).toBe(412)
    expect((await put(jean, finding(1), 1)).body).toEqual({ version: 2 })
    expect((await put(ruth, finding(2), 0, 0.5)).body).toEqual({ version: 1 })
    const { parts, settings, number } = await draft()
    expect([number, settings, parts.map(({ part, version, by }) => [part.id, version, by?.name])]).toEqual([1, { from: '2026-02-01', to: '2026-02-28', next: '2026-04-01', version: 1 }, [[partId(2), 1, 'Ruth'], [partId(1), 2, 'Jean']]])
    expect((await call(jean, 'PUT', '/reports/draft', { from: '2026-01-01', to: '2026-02-28', next: null, was: 0 })).status).toBe(412)
    expect((await call(jean, 'DELETE', `/reports/draft/parts/${partId(2)}?was=7`)).status).toBe(412)
    expect((await call(jean, 'DELETE', `/reports/draft/parts/${partId(2)}?was=1`)).status).toBe(204)
    expect((await call(jean, 'DELETE', `/reports/draft/parts/${partId(2)}?was=1`)).status).toBe(204)
    for (const wrong of [{ ...finding(3), id: partId(4) }, { ...finding(3), question: 4 }, { ...finding(3), sentences: [] }]) expect([400, 422]).toContain((await call(ruth, 'PUT', `/reports/draft/parts/${partId(3)}`, { part: wrong, place: 1, was: 0 })).status)
  })

  it('[SE181] the desk is told what each part rests on, which numbers may stand in it, and what may be quoted', async () => {
    const { parts, numbers, quotes } = v.parse(draftEvidenceSchema, (await call(ruth, 'GET', '/reports/draft/evidence?language=fr')).body)
    expect(parts).toMatchObject([{ id: partId(1), computed: 'case', entries: 2, authors: 1, unsupported: [], founded: null }])
    expect(numbers).toContainEqual({ id: 'challenges/topic/EDU', say: 'Défis par thème\u00a0: signalements, et leurs auteurs · Éducation et apprentissage · signalements', count: 6 })
    expect([quotes.length, quotes[0]?.text.startsWith('We have one phone')]).toEqual([6, true])
    expect((await call(ruth, 'GET', '/reports/working?from=2026-02-01&to=2026-02-28&language=en')).text).toContain('Schools were reported closed 6 times.')
  })

  it('[SE181] a sentence whose entries are all of other days than those of the issue is told from one that has none', async () => {
    const { settings } = await draft()
    await call(ruth, 'PUT', '/reports/draft', { from: '2026-01-01', to: '2026-01-31', next: null, was: settings.version })
    const { parts: [part] } = v.parse(draftEvidenceSchema, (await call(ruth, 'GET', '/reports/draft/evidence?language=en')).body)
    expect([part?.unsupported, part?.outside]).toEqual([[partId(101)], [partId(101)]])
    await call(ruth, 'PUT', '/reports/draft', { from: settings.from, to: settings.to, next: settings.next, was: settings.version + 1 })
    const { parts: [again] } = v.parse(draftEvidenceSchema, (await call(ruth, 'GET', '/reports/draft/evidence?language=en')).body)
    expect([again?.unsupported, again?.outside]).toEqual([[], []])
  })

  it('[SE188] each number of the report leads coordinators to every entry behind it', async () => {
    const { count, entries } = v.parse(figureEntriesSchema, (await call(ruth, 'GET', '/reports/draft/figures?id=challenges/topic/EDU')).body)
    expect([count, entries.length, entries.map(({ id }) => id).toSorted()]).toEqual([6, 6, records.map(({ entryId }) => entryId).toSorted()])
    expect(entries[0]?.words).toContain('The far house')
    const authors = v.parse(figureEntriesSchema, (await call(ruth, 'GET', '/reports/draft/figures?id=challenges/topic/EDU/authors')).body)
    expect([authors.count, authors.entries.length]).toEqual([null, 6])
    expect((await call(ruth, 'GET', '/reports/draft/figures?id=no/such/figure')).status).toBe(404)
  })

  it('[SE182] what was read is published, once, and stands at its address for anybody in their language', async () => {
    const { settings, parts } = await draft()
    const read = { settings: settings.version, parts: parts.map(({ part, version }) => ({ id: part.id, version })) }
    await put(jean, finding(1, { confidence: 'case' }), 2)
    expect((await call(ruth, 'POST', '/reports/draft/publish', read)).status).toBe(412)
    const done = await publish()
    expect(done.status).toBe(201)
    const issue = v.parse(publishResponseSchema, done.body)
    slug = issue.slug
    expect([issue.number, issue.url.endsWith(`/r/${slug}`), /-1-[0-9a-f]{6}$/.test(slug)]).toEqual([1, true, true])
    const page = await call(null, 'GET', `/r/${slug}?language=en`)
    expect(page.text).toContain('Schools were reported closed 6 times.')
    expect(page.text).toContain('We have one phone, said the 0.')
    for (const kept of ['Working draft', 'The far house', 'Awa', records[0]?.entryId ?? '']) expect(page.text).not.toContain(kept)
    const arabic = await server.send(`/r/${slug}`, { method: 'GET', headers: { 'accept-language': 'xx, ar;q=0.8, fr;q=0.5' } })
    expect(arabic.text).toContain('<html lang="ar" dir="rtl"')
    expect((await call(null, 'GET', '/r/no-such-report?language=en')).status).toBe(404)
    const { headers } = await server.app.inject({ method: 'GET', url: `/r/${slug}?language=en` })
    const again = await server.app.inject({ method: 'GET', url: `/r/${slug}?language=en`, headers: { 'if-none-match': headers.etag ?? '' } })
    expect([headers['cache-control'], again.statusCode, again.body]).toEqual(['no-cache', 304, ''])
  })

  it('[SE182] its data are what was published, byte for byte, and its digest is theirs', async () => {
    const data = await call(null, 'GET', `/r/${slug}/report.json`)
    const [issue] = (await draft()).issues
    expect(sha256Of(data.text)).toBe(issue?.digest)
    for (const secret of [records[0]?.entryId ?? '', records[0]?.id ?? '', awa.joined.member.id]) expect(data.text).not.toContain(secret)
    expect((await call(null, 'GET', `/r/${slug}/evidence.csv?language=en`)).text).toMatch(/^\ufeffEntry,Kind,Month/)
    expect((await call(null, 'GET', `/r/${slug}?language=fr`)).text).toContain(`<meta property="og:image" content="http://localhost:8080/r/${slug}/preview.png?language=fr"/>`)
    const preview = await server.app.inject({ method: 'GET', url: `/r/${slug}/preview.png?language=fr` })
    expect([preview.statusCode, preview.headers['content-type'], preview.rawPayload.readUInt32BE(16), preview.rawPayload.readUInt32BE(20)]).toEqual([200, 'image/png', 1200, 630])
    const docx = await server.app.inject({ method: 'GET', url: `/r/${slug}/report.docx?language=en` })
    expect([docx.statusCode, docx.rawPayload.toString('latin1', 0, 2)]).toEqual([200, 'PK'])
  })

  it('[SE183] an author learns in which issue an entry counts and which sentences cite it; others learn nothing', async () => {
    const { used } = v.parse(usedResponseSchema, (await call(awa, 'GET', '/reports/used')).body)
    expect(used).toHaveLength(6)
    expect(used.find(({ entryId }) => entryId === records[0]?.entryId)).toMatchObject({ number: 1, sentences: [{ text: 'Schools were reported closed 6 times.', lang: 'en' }] })
    expect(used.find(({ entryId }) => entryId === records[5]?.entryId)?.sentences).toEqual([])
    expect(v.parse(usedResponseSchema, (await call(jean, 'GET', '/reports/used')).body).used).toEqual([])
  })

  it('[SE184] the next issue begins with what was written, after the period, and says what is new', async () => {
    const { number, settings, parts } = await draft()
    expect([number, settings.from, settings.to, settings.next, parts.length]).toEqual([2, '2026-03-01', '2026-03-28', null, 1])
    await call(ruth, 'PUT', '/reports/draft', { from: '2026-02-01', to: '2026-03-28', next: null, was: settings.version })
    await put(ruth, finding(9), 0, 2)
    const working = (await call(ruth, 'GET', '/reports/working?from=2026-02-01&to=2026-03-28&language=en')).text
    expect(working.match(/New since the issue before/g)).toHaveLength(1)
  })

  it('[SE185] [SE280] what a correction says stands above the report, where its sentence is', async () => {
    const correction = { id: partId(900), sentence: partId(101), text: 'The school of Saut-d’Eau has opened.', lang: 'en' }
    expect((await call(ruth, 'POST', '/reports/issues/1/corrections', correction)).status).toBe(204)
    expect((await call(ruth, 'POST', '/reports/issues/1/corrections', correction)).status).toBe(204)
    expect((await call(ruth, 'POST', '/reports/issues/7/corrections', correction)).status).toBe(404)
    expect((await call(ruth, 'POST', '/reports/issues/1/corrections', { ...correction, text: 'It has opened, half of it.' })).status).toBe(412)
    const { text } = await call(null, 'GET', `/r/${slug}?language=en`)
    expect(text.match(/The school of Saut-d’Eau has opened\./g)).toHaveLength(1)
    expect(text).toContain(`href="#sentence-${partId(101)}"`)
  })

  it('[SE505] what was corrected stands in a file beside the data, which stay as they were published and whose name says so', async () => {
    const file = (name: string) => server.app.inject({ method: 'GET', url: `/r/${slug}/${name}` })
    const [data, table, changes] = [await file('report.json'), await file('evidence.csv?language=en'), await file('changes.csv?language=fr')]
    expect(sha256Of(data.body)).toBe((await draft()).issues[0]?.digest)
    const beside = `</r/${slug}/changes.csv>; rel="related"; type="text/csv"`
    expect([data.headers['content-disposition'], data.headers['link'], table.headers['link']]).toEqual([`attachment; filename="${slug}.as-published.json"`, beside, beside])
    expect(changes.body).toMatch(/^\ufeffJour,À propos de,Changement\r\n\d{4}-\d\d-\d\d,Schools were reported closed 6 times\.,The school of Saut-d’Eau has opened\.\r\n$/)
    const page = (await call(null, 'GET', `/r/${slug}?language=en`)).text
    for (const told of [`href="/r/${slug}/changes.csv?language=en"`, 'The issue as data stays as it was published']) expect(page).toContain(told)
  })

  it('[SE186] whoever withdraws an entry finds its words gone from what was published, at once and everywhere; the desk is told which sentence', async () => {
    const [first] = records
    if (first === undefined) throw new Error('no record')
    await awa.push([awa.change('withdraw', { reason: 'other' }, { entryId: first.entryId, base: first.id })])
    const page = (await call(null, 'GET', `/r/${slug}?language=en`)).text
    expect(page).not.toContain('We have one phone, said the 0.')
    expect(page).toContain('C-000001: the entry can no longer be shown.')
    const data = (await call(null, 'GET', `/r/${slug}/report.json`)).text
    expect(data).not.toContain('We have one phone, said the 0.')
    expect(JSON.parse(data)).toMatchObject({ gone: ['C-000001'], withdrawn: 0, corrections: [{ sentence: partId(101), text: 'The school of Saut-d’Eau has opened.' }] })
    expect((await call(null, 'GET', `/r/${slug}/evidence.csv?language=en`)).text).toMatch(/,Proof,Change\r\n(?:.*\r\n)*C-000001,,,,,,,,,C-000001: the entry can no longer be shown\./)
    expect((await call(null, 'GET', `/r/${slug}/changes.csv?language=en`)).text).toContain('\r\n,C-000001,C-000001: the entry can no longer be shown.')
    expect(page).not.toContain('The issue as data stays as it was published')
    const { issues, flags } = await draft()
    expect(issues[0]?.flags).toMatchObject([{ finding: partId(1), sentence: partId(101), changed: [{ ref: 'C-000001', changes: ['withdrawn'] }] }, { finding: partId(1), sentence: null, changed: [{ ref: 'C-000001' }] }])
    expect(issues[0]?.sentences).toEqual({ [partId(101)]: 'Schools were reported closed 6 times.' })
    expect(flags.map(({ finding: id }) => id)).toContain(partId(9))
  })

  it('[SE187] what was done with a report stands in the log', async () => {
    const { text } = await call(ruth, 'GET', '/audit')
    for (const act of ['report.published', 'report.corrected', 'report.partRemoved']) expect(text).toContain(act)
  })

  it('[SE272] who wrote a finding stands in the log once for one go, and each confidence set by hand, without words', async () => {
    const of = async (type: string) => (JSON.parse((await call(ruth, 'GET', `/audit?type=${type}`)).text) as { readonly lines: readonly { readonly by: { readonly name: string }; readonly subject: string | null; readonly reason: string | null }[] }).lines.map(({ by, subject, reason }) => [by.name, subject, reason])
    const [written, lowered] = [await of('report.partWritten'), await of('report.confidence')]
    await put(ruth, finding(40), 0)
    await put(ruth, finding(40, { question: 2 }), 1)
    await put(ruth, finding(40, { question: 2, confidence: 'low' }), 2)
    expect(await of('report.partWritten')).toEqual([['Ruth', 'EDU', null], ...written])
    await put(jean, finding(40, { question: 2, confidence: 'low' }), 3, 9)
    expect(await of('report.partWritten')).toHaveLength(written.length + 1)
    await put(ruth, finding(40, { question: 2, confidence: 'low' }), 4)
    await put(jean, finding(40, { question: 3 }), 5)
    expect(await of('report.partWritten')).toEqual([['Jean', 'EDU', null], ['Ruth', 'EDU', null], ...written])
    expect(await of('report.confidence')).toEqual([['Jean', 'EDU', null], ['Ruth', 'EDU', null], ...lowered])
    await call(ruth, 'DELETE', `/reports/draft/parts/${partId(40)}?was=6`)
  })

  it('[SE186] [ST127] the words of an entry that is erased are in no published issue any more, on the disk neither, and its digest stays', async () => {
    const [, second] = records
    if (second === undefined) throw new Error('no record')
    const before = await server.context.store.reports.issueAt(slug)
    expect((await awa.push([awa.change('erase', { reason: 'my wish' }, { entryId: second.entryId, base: second.id })])).results.map(({ status }) => status)).toEqual(['stored'])
    const after = await server.context.store.reports.issueAt(slug)
    expect([before?.document.includes('said the 1.'), after?.document.includes('said the 1.'), after?.digest === before?.digest]).toEqual([true, false, true])
    expect((await call(null, 'GET', `/r/${slug}?language=en`)).text).toContain('C-000002: the entry can no longer be shown.')
  })
})
