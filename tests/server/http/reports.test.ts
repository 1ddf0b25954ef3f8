import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashContent } from '#protocol/chain.ts'
import { reportHeader } from '#protocol/report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ScriptDevice } from '../../../demo/script-device.ts'
import { aChallenge } from '../../support/contents.ts'
import { databases } from '../../support/databases.ts'
import { startTestServer } from '../../support/test-server.ts'
import type { TestServer } from '../../support/test-server.ts'

describe.each(databases)('the report over HTTP, on %s', (database) => {
  let server: TestServer
  let ruth: ScriptDevice
  let awa: ScriptDevice
  const period = 'from=2026-02-01&to=2026-03-31'
  const ask = async (who: ScriptDevice, query: string) => server.app.inject({ method: 'GET', url: `/api/v1/reports/working?${query}`, headers: { ...who.headers, ...(await who.proof('GET', `/reports/working?${query}`)) } })
  const digest = (text: string) => Promise.resolve(sha256Of(text))

  beforeAll(async () => {
    server = await startTestServer({ database })
    ruth = await server.join('coordinator')
    awa = await server.join('volunteer', { organisation: 'Fanm Vanyan' })
    const said = (n: number, quote: string) => awa.change('record', { content: aChallenge({ observedOn: '2026-02-26', quote, quoteRole: 'mother', consentQuote: true, description: `The family carries water from far away, house ${n}.` }) })
    const records = [...Array.from({ length: 6 }, (_, n) => said(n, 'The well is dry since Monday.')), said(7, 'Nobody has read this one yet.')]
    await awa.push(records)
    const verdicts = await Promise.all(records.slice(0, 6).map(async ({ id, entryId, body }) => ruth.change('decide', { revision: id, contentHash: await hashContent({ content: body.content, corrections: {} }, digest), verdict: 'approve', questions: [] }, { entryId, base: id })))
    await ruth.push(verdicts)
  })
  afterAll(() => server.close())

  it('[SE175] is composed of what is approved at this moment, and says that it is a working one', async () => {
    const answer = await ask(ruth, `${period}&language=en`)
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['cache-control'], answer.headers[reportHeader]]).toEqual([200, 'text/html; charset=utf-8', 'no-store', '1'])
    expect(answer.body).toContain('Working draft, not published')
    expect(answer.body).not.toContain('issue 1')
    expect(answer.body).toContain('The well is dry since Monday.')
    expect(answer.body).toContain('6 challenges reported')
    for (const kept of ['Nobody has read this one yet.', 'Awa', 'far away']) expect(answer.body).not.toContain(kept)
    const { body } = await ask(ruth, 'from=2025-01-01&to=2025-12-31&language=fr')
    expect(body).not.toContain('The well is dry')
    expect(body).toContain('Aucune fiche approuvée ne date de cette période.')
  })

  it('[SE175] its policy allows its one style sheet, the photos that stand in it, and nothing else', async () => {
    const { body, headers } = await ask(ruth, `${period}&language=ar`)
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? ''
    expect(style.length).toBeGreaterThan(1000)
    expect(headers['content-security-policy']).toBe(`default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`)
    expect(headers['content-language']).toBe('ar')
  })

  it('[SE175] comes as a document for a word processor as well, with its pictures', async () => {
    const { statusCode, headers, rawPayload } = await ask(ruth, `${period}&language=en&format=docx`)
    expect([statusCode, headers['content-type'], headers[reportHeader], headers['content-disposition']]).toEqual([200, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', '1', 'attachment; filename="report-2026-02-01-2026-03-31.en.docx"'])
    expect(rawPayload.toString('latin1', 0, 2)).toBe('PK')
    expect((rawPayload.toString('latin1').match(/word\/media\/\w+\.png/g) ?? []).length).toBeGreaterThan(1)
  })

  it('[SE271] who took it out, as what, stands in the log', async () => {
    await ask(ruth, `${period}&language=fr&format=docx`)
    await ask(ruth, `${period}&language=fr`)
    const { lines } = (await server.app.inject({ url: '/api/v1/audit?type=report.exported&limit=2', headers: ruth.headers })).json<{ readonly lines: readonly { readonly by: { readonly name: string }; readonly subject: string }[] }>()
    expect(lines.map(({ by, subject }) => [by.name, subject])).toEqual([['Ruth', 'html'], ['Ruth', 'docx']])
  })

  it('[SE175] is for coordinators, in a language that there is, of days that there are', async () => {
    const status = async (who: ScriptDevice, query: string) => (await ask(who, query)).statusCode
    expect(await status(awa, `${period}&language=en`)).toBe(403)
    for (const wrong of [`${period}&language=xx`, 'from=2026-03-02&to=2026-03-01&language=en', 'from=2026-02-30x&to=2026-03-01&language=en', 'language=en']) expect([wrong, [400, 422].includes(await status(ruth, wrong))]).toEqual([wrong, true])
  })

  it('[SE951] of days that no campaign has, such as a year that somebody is still typing, nothing is composed and nothing kept', async () => {
    const write = async (method: 'PUT' | 'GET', path: string, payload?: object) => server.app.inject({ method, url: `/api/v1${path}`, headers: ruth.headers, ...(payload === undefined ? {} : { payload }) })
    const { settings } = (await write('GET', '/reports/draft')).json<{ readonly settings: { readonly from: string; readonly to: string; readonly version: number } }>()
    for (const [from, to] of [['0202-02-01', '2026-03-31'], ['1900-01-01', '2026-03-31'], ['2026-02-01', '9999-12-31'], ['0000-01-01', '0000-02-01'], ['2026-02-30', '2026-03-31'], ['2026-02-01', '2026-02-29']] as const) {
      const asked = [await ask(ruth, `from=${from}&to=${to}&language=en`), await write('PUT', '/reports/draft', { from, to, next: null, was: settings.version }), await write('GET', `/reports/draft/figures?id=challenges&from=${from}&to=${to}`)]
      expect([from, ...asked.map((answer) => answer.json<{ at?: unknown; code: string }>().code)]).toEqual([from, 'malformed-request', 'malformed-request', 'malformed-request'])
    }
    // What a server of before has kept of such a year gives way to the usual days, under its version.
    expect(await server.context.store.reports.saveSettings(server.campaign.id, { from: '0202-02-01', to: '2026-03-31', next: null, was: settings.version, by: { memberId: ruth.joined.member.id, deviceId: ruth.deviceId, at: '2026-03-01T08:00:00Z' as never } })).toBe(settings.version + 1)
    expect((await write('GET', '/reports/draft')).json()).toMatchObject({ settings: { from: settings.from, to: settings.to, version: settings.version + 1 } })
    expect((await write('GET', '/reports/draft/evidence?language=en')).statusCode).toBe(200)
    expect((await ask(ruth, 'from=1926-03-01&to=2026-03-31&language=en')).statusCode).toBe(200)
  })
})
