import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvRows } from '#exchange/csv.ts'
import { hashContent } from '#protocol/chain.ts'
import { createInvite } from '#server/auth/invites.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('files in and out, on %s', (database) => {
  let server: TestServer
  let coordinator: ScriptDevice
  beforeAll(async () => {
    server = await startTestServer({ database })
    coordinator = await server.join('coordinator')
  })
  afterAll(() => server.close())

  const post = (device: ScriptDevice, query: string, text: string) => server.send(`/api/v1/import?${query}`, { method: 'POST', headers: device.headers, body: text })

  it('[SE35] an export holds what was approved as it was approved, and nothing else', async () => {
    const volunteer = await server.join('volunteer', { organisation: 'Fanm Vanyan' })
    const [approved, waiting, edited] = ['The well is dry since Monday.', 'Nobody has read this one yet.', 'Approved at first, then changed.'].map((description) => volunteer.change('record', { content: aChallenge({ description }) }))
    if (approved === undefined || waiting === undefined || edited === undefined) throw new Error('three records')
    await volunteer.push([approved, waiting, edited])
    const verdicts = await Promise.all([approved, edited].map(async ({ id, entryId, body }) => coordinator.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id })))
    const { results } = await coordinator.push(verdicts)
    expect(results.map(({ status }) => status)).toEqual(['stored', 'stored'])
    await volunteer.push([volunteer.change('revise', { set: { description: 'Changed after the approval.' }, unset: [], answers: [] }, { entryId: edited.entryId, base: edited.id })])
    const exported = await server.send('/api/v1/export?format=csv&kind=challenge', { method: 'GET', headers: { ...coordinator.headers, ...(await coordinator.proof('GET', '/export?format=csv&kind=challenge')) } })
    const [, tags = [], ...rows] = csvRows(exported.text)
    // As the report: what was approved stands while a later edit waits, and the edit is nowhere.
    expect(rows.map((row) => row[tags.indexOf('#description')])).toEqual(['The well is dry since Monday.', 'Approved at first, then changed.'])
    expect(rows[0]?.[tags.indexOf('#org+name+reporting')]).toBe('Fanm Vanyan')
    expect(exported.text).not.toContain('Awa')
  })

  it('[EX113] [EX774] an export that comes back where its entries are makes no second one, in CSV as in GeoJSON, also of what was edited or withdrawn since or put right in the file, and brings back nothing that was erased', async () => {
    const volunteer = await server.join('volunteer')
    const records = ['The bridge is gone.\r\nNobody came.\rNobody called.', 'Edited once it was out.', 'Withdrawn once it was out.'].map((description) => volunteer.change('record', { content: aChallenge({ description: `${description} Call +509 3705-1234.` }) }))
    await volunteer.push(records)
    const verdicts = await Promise.all(records.map(async ({ id, entryId, body }) => coordinator.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text))), verdict: 'approve', questions: [] }, { entryId, base: id })))
    await coordinator.push(verdicts)
    const out = async (query: string) => (await server.send(`/api/v1/export?${query}`, { method: 'GET', headers: { ...coordinator.headers, ...(await coordinator.proof('GET', `/export?${query}`)) } })).text
    const [csv, points] = [await out('format=csv&kind=challenge'), await out('format=geojson')]
    const [, edited, withdrawn] = records
    if (edited === undefined || withdrawn === undefined) throw new Error('three records')
    await volunteer.push([
      volunteer.change('revise', { set: { description: 'Nobody can cross it any more.' }, unset: [], answers: [] }, { entryId: edited.entryId, base: edited.id }),
      volunteer.change('withdraw', {}, { entryId: withdrawn.entryId, base: withdrawn.id }),
    ])
    const before = await server.context.store.entries.ids(server.campaign.id, {})
    const outcomes = []
    for (const [format, text] of [['csv', csv], ['geojson', points]] as const) outcomes.push(JSON.parse((await post(coordinator, `format=${format}`, text)).text) as { readonly duplicates: number })
    const rows = csvRows(csv).length - 2
    expect(outcomes).toMatchObject([{ accepted: 0, duplicates: rows, refused: [], mapping: 'terrain' }, { accepted: 0, duplicates: rows, refused: [], mapping: 'terrain' }])
    expect(await server.context.store.entries.ids(server.campaign.id, {})).toEqual(before)
    // What was erased since stays away: the file still has its words.
    const [gone] = records
    if (gone === undefined) throw new Error('three records')
    await volunteer.push([volunteer.change('erase', { reason: 'asked for' }, { entryId: gone.entryId, base: gone.id })])
    const left = await server.context.store.entries.ids(server.campaign.id, {})
    for (const [format, text] of [['csv', csv], ['geojson', points]] as const) expect(JSON.parse((await post(coordinator, `format=${format}`, text)).text)).toMatchObject({ accepted: 0, duplicates: rows - 1, refused: [{ reason: 'erased-here' }] })
    expect(await server.context.store.entries.ids(server.campaign.id, {})).toEqual(left)
    expect(left).not.toContain(gone.entryId)
    // Words that were put right in the file make no second entry, unless somebody says so.
    const corrected = csv.replaceAll('Edited once it was out.', 'Put right in a spreadsheet.')
    expect(JSON.parse((await post(coordinator, 'format=csv', corrected)).text)).toMatchObject({ accepted: 0, otherwise: 1, duplicates: rows - 2 })
    const [head = '', tags = '', ...lines] = corrected.split('\r\n').filter((line) => !line.includes('bridge'))
    const alone = [head, tags, ...lines.filter((line) => line.includes('Put right'))].join('\r\n')
    expect(JSON.parse((await post(coordinator, 'format=csv', alone)).text)).toMatchObject({ accepted: 0, otherwise: 1 })
    expect(await server.context.store.entries.ids(server.campaign.id, {})).toEqual(left)
    // Where they are not, the same names mean other entries: they come in, once.
    const elsewhere = await startTestServer({ database })
    const colleague = await elsewhere.join('coordinator')
    const own = colleague.change('record', { content: aChallenge({ description: 'Another entry under the name of the first.' }) })
    await colleague.push([own])
    const bring = async () => JSON.parse((await elsewhere.send('/api/v1/import?format=geojson', { method: 'POST', headers: colleague.headers, body: points })).text) as object
    expect([await bring(), await bring()]).toMatchObject([{ accepted: rows, duplicates: 0 }, { accepted: 0, duplicates: rows }])
    await elsewhere.close()
  })

  it('[SE36] a carried bundle is the author’s, once however often it is brought; an altered one is quarantined', async () => {
    const [author, courier] = [await server.join('volunteer', { name: 'Author' }), await server.join('volunteer', { name: 'Courier' })]
    const record = author.change('record', { content: aChallenge({ description: 'Written three valleys away.' }) })
    const { run } = await author.requestFor([record])
    const bundle = { format: 'terrain-bundle', v: 1, campaignId: server.campaign.id, deviceId: author.deviceId, publicKey: author.publicKey, credential: author.joined.credential, createdAt: '2026-03-01T08:00:00Z', runs: [run], files: [] }
    expect(JSON.parse((await post(courier, 'format=bundle', JSON.stringify(bundle))).text)).toMatchObject({ accepted: 1, duplicates: 0, refused: [] })
    expect(JSON.parse((await post(coordinator, 'format=bundle', JSON.stringify(bundle))).text)).toMatchObject({ accepted: 0, duplicates: 1 })
    const [stored] = await server.context.store.changes.ofEntry(server.campaign.id, record.entryId)
    expect([stored?.memberId, stored?.carriedBy]).toEqual([author.joined.member.id, courier.joined.member.id])

    const other = author.change('record', { content: aChallenge() })
    await author.advance([record])
    const sealed = (await author.requestFor([other])).run
    const altered = JSON.stringify({ ...bundle, runs: [sealed] }).replace('one phone for four children', 'one phone for nine children')
    expect(JSON.parse((await post(courier, 'format=bundle', altered)).text)).toMatchObject({ accepted: 0, refused: [{ row: 1, reason: 'bad-seal' }] })
    expect(await server.context.store.entries.row(server.campaign.id, other.entryId)).toBeNull()
  })

  it('[SE36] an author whom the server has lost is known again by the credential in the bundle, and by no other', async () => {
    const lost = await startTestServer({ database })
    const author = await server.join('volunteer', { name: 'Author' })
    await lost.context.store.campaigns.create(server.campaign, '2026-03-01T08:00:00Z' as never)
    const { url } = await createInvite(lost.context, { campaignId: server.campaign.id, role: 'volunteer', uses: 1, days: 1, note: null, createdBy: null })
    const courier = await ScriptDevice.join({ send: lost.send, clock: lost.context.clock, chance: lost.context.chance }, url, { name: 'Courier', language: 'fr' })
    const record = author.change('record', { content: aChallenge() })
    const { run } = await author.requestFor([record])
    const stranger = await server.joinOther('volunteer')
    const bundle = { format: 'terrain-bundle', v: 1, campaignId: server.campaign.id, deviceId: author.deviceId, publicKey: author.publicKey, credential: stranger.joined.credential, createdAt: '2026-03-01T08:00:00Z', runs: [run], files: [] }
    const bring = (body: unknown) => lost.send('/api/v1/import?format=bundle', { method: 'POST', headers: courier.headers, body: JSON.stringify(body) })
    expect(JSON.parse((await bring(bundle)).text)).toMatchObject({ code: 'bundle-foreign' })
    expect(JSON.parse((await bring({ ...bundle, campaignId: stranger.joined.campaign.id })).text)).toMatchObject({ code: 'bundle-foreign' })
    expect(JSON.parse((await bring({ ...bundle, credential: author.joined.credential })).text)).toMatchObject({ accepted: 1, refused: [] })
    const [stored] = await lost.context.store.changes.ofEntry(server.campaign.id, record.entryId)
    expect([stored?.memberId, stored?.carriedBy, stored?.proven]).toEqual([author.joined.member.id, courier.joined.member.id, true])
    expect(await lost.context.store.members.get(server.campaign.id, author.joined.member.id)).toMatchObject({ name: 'Author', role: 'volunteer' })
    await lost.close()
  })

  it('[SE118] a table is read by the plan that came with it, exactly as the desk showed it, and twice adds nothing', async () => {
    const text = 'Land,What\nHaiti,"The school has been closed since the storm."\nAtlantis,"Nobody has come since the flood."\n'
    const plan = { kind: 'challenge', columns: { country: 0, description: 1 }, constants: { topic: 'EDU', severity: '3', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', observedOn: '2026-02-01', placeName: 'Jacmel' }, values: {}, dayOrder: 'dmy' }
    const order = JSON.stringify({ text, plan })
    const first = JSON.parse((await post(coordinator, 'format=table', order)).text) as object
    expect(first).toMatchObject({ mapping: 'plan', accepted: 1, duplicates: 0, refused: [{ row: 3, reason: 'country-unknown', field: 'country' }] })
    expect(JSON.parse((await post(coordinator, 'format=table', order)).text)).toMatchObject({ accepted: 0, duplicates: 1 })
    expect((await post(coordinator, 'format=table', JSON.stringify({ text, plan: { ...plan, kind: 'rumour' } }))).status).toBe(400)
    expect((await post(coordinator, 'format=table', 'Land,What')).status).toBe(400)
    expect((await post(coordinator, 'format=geojson', '{}')).status).toBe(422)
    const volunteer = await server.join('volunteer')
    expect((await post(volunteer, 'format=table', order)).status).toBe(403)
  })

  it('[SE118] the answer names what was left out and shortened by row, and what was filled in', async () => {
    const ebola = readFileSync(join(import.meta.dirname, '../../exchange/fixtures/ebola-3w.csv'), 'utf8')
    const answer = JSON.parse((await post(coordinator, 'format=csv', ebola)).text) as object
    expect(answer).toMatchObject({ accepted: 5, leftOut: [{ row: 2, field: 'adm2Code', reason: 'code-of-another-country' }], shortened: [], assumed: expect.arrayContaining([{ field: 'status', rows: 5 }]) as unknown })
    const plan = { kind: 'challenge', columns: { description: 0, adm1Name: 1 }, constants: { topic: 'EDU', severity: '3', country: 'HTI', populationGroup: 'GEN', lang: 'en', sourceType: 'secondary', observedOn: '2026-02-01' }, values: {}, dayOrder: 'dmy' }
    expect(JSON.parse((await post(coordinator, 'format=table', JSON.stringify({ text: `What,Where\nThe school is shut.,${'x'.repeat(90)}\n`, plan }))).text)).toMatchObject({ accepted: 1, shortened: [{ row: 2, field: 'adm1Name' }], leftOut: [] })
  })

  it('[EX40] a table that is not UTF-8 is refused whole: no letter of it is lost in an entry', async () => {
    const bytes = Buffer.from('Pays,Probl\u00e8me\n', 'latin1')
    const sent = await server.send('/api/v1/import?format=csv', { method: 'POST', headers: coordinator.headers, body: bytes as unknown as string })
    expect([sent.status, JSON.parse(sent.text)]).toMatchObject([422, { code: 'invalid', title: 'the text is not UTF-8' }])
  })

  it('[SE37] a table imported twice makes no second entry, and its equal rows stay two', async () => {
    const text = readFileSync(join(import.meta.dirname, '../../exchange/fixtures/unhcr-3w.csv'), 'utf8')
    const twice = `${text}${text.split('\n')[2] ?? ''}\n`
    const first = JSON.parse((await post(coordinator, 'format=hxl', twice)).text) as { readonly accepted: number }
    expect(first).toMatchObject({ accepted: 7, duplicates: 0, refused: [{ reason: 'country-unknown' }] })
    expect(JSON.parse((await post(coordinator, 'format=hxl', twice)).text)).toMatchObject({ accepted: 0, duplicates: 7 })
    expect(JSON.parse((await post(coordinator, 'format=csv', 'a,b\n1,2\n')).text)).toMatchObject({ code: 'invalid', status: 422 })
    expect(JSON.parse((await post(coordinator, 'format=csv', '"a,b\n1,2\n')).text)).toMatchObject({ code: 'invalid', title: 'the quotation marks of row 1 do not fit together' })
  })
})
