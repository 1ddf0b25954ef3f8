import * as v from 'valibot'
import { createQuestionId } from '#domain/new-ids.ts'
import type { Citation } from '#domain/written-report.ts'
import { hashContent } from '#protocol/chain.ts'
import { publishResponseSchema } from '#protocol/written-report.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice, sendOver, systemDeps } from '../../demo/script-device.ts'
import { startAppServer } from './app-server.ts'
import type { AppServer } from './app-server.ts'
import { aChallenge, anAction } from './contents.ts'

/** A server that already holds a few entries in several states, so that the desk has something to show. */
export async function startFilledServer(): Promise<AppServer & { readonly entryId: string; readonly reportPath: string }> {
  const server = await startAppServer()
  const deps = systemDeps(server.url)
  const volunteer = await ScriptDevice.join(deps, await server.invite('volunteer'), { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' })
  const coordinator = await ScriptDevice.join(deps, await server.invite('coordinator'), { name: 'Jean', organisation: 'Solidarity Network', language: 'en' })
  const contents = [
    aChallenge(), aChallenge({ topic: 'WSH', severity: 5, description: 'Le point d’eau est loin ; les filles y vont avant l’aube, seules. Appelez le +509 3712 3456.', lang: 'fr' }),
    aChallenge({ topic: 'HEA', severity: 1, description: 'نقطة المياه بعيدة والناس ينتظرون منذ الفجر.', lang: 'ar', country: 'LBN', placeName: 'طرابلس' }), anAction(), anAction({ status: 'planned', reached: undefined } as never),
  ].map((content) => Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as typeof content)
  const records = contents.map((content) => volunteer.change('record', { content: content as never }))
  await volunteer.push(records)
  const [asked, , approved] = records
  if (asked === undefined || approved === undefined) throw new Error('records are missing')
  const hashOf = (record: typeof asked) => hashContent({ content: record.body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text)))
  await coordinator.push([
    coordinator.change('decide', { revision: asked.id, contentHash: await hashOf(asked), verdict: 'askBack', questions: [{ id: createQuestionId(deps.clock, deps.chance), field: 'placeName', text: 'Which part of the town?' }] }, { entryId: asked.entryId, base: asked.id }),
    coordinator.change('decide', { revision: approved.id, contentHash: await hashOf(approved), verdict: 'approve', questions: [] }, { entryId: approved.entryId, base: approved.id }),
  ])
  return { ...server, entryId: asked.entryId, reportPath: await publishOne(server.url, coordinator, { entryId: approved.entryId, revision: approved.id, contentHash: await hashOf(approved) }) }
}

/** A finding with a sentence on this entry, published and corrected; it stays in the draft. */
async function publishOne(url: string, coordinator: ScriptDevice, cite: Citation): Promise<string> {
  const send = async (method: string, path: string, body: unknown) => {
    const { status, text } = await sendOver(url)(`/api/v1/reports/${path}`, { method, headers: { ...coordinator.headers, ...(await coordinator.proof(method, `/reports/${path}`, body)) }, body: JSON.stringify(body) })
    if (status >= 300) throw new Error(`${path} was refused: ${status} ${text}`)
    return text === '' ? null : (JSON.parse(text) as unknown)
  }
  const [id, sentence] = ['70000000-0000-7000-8000-000000000001', '70000000-0000-7000-8000-000000000002']
  const sentences = [{ id: sentence, text: 'Water was reported far away {1} times.', lang: 'en', cites: [cite], figures: { 1: 'challenges' } }]
  await send('PUT', 'draft', { from: '2026-01-01', to: '2026-12-31', next: '2027-02-01', was: 0 })
  await send('PUT', `draft/parts/${id}`, { part: { kind: 'finding', id, question: 1, topic: null, sentences, quotes: [], against: [] }, place: 1, was: 0 })
  const { slug } = v.parse(publishResponseSchema, await send('POST', 'draft/publish', { settings: 1, parts: [{ id, version: 1 }] }))
  await send('POST', 'issues/1/corrections', { id: sentence, sentence, text: 'It has been brought nearer since.', lang: 'en' })
  return `/r/${slug}`
}
