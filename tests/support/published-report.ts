import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import { hashContent } from '#protocol/chain.ts'
import { draftResponseSchema, publishResponseSchema } from '#protocol/written-report.ts'
import type { PublishResponse } from '#protocol/written-report.ts'
import { apiPrefix } from '#protocol/version.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice, sendOver, systemDeps } from '../../demo/script-device.ts'
import { aChallenge } from './contents.ts'

/** A campaign on a running server, with a member whose approved entries stand in a published report. */
export interface ReportedCampaign {
  readonly author: ScriptDevice
  readonly coordinator: ScriptDevice
  readonly records: readonly ChangeEnvelope[]
  /** Publishes an issue with one finding: its sentence, its quotation, both of the first two entries. */
  readonly publish: (sentence: string) => Promise<PublishResponse>
  readonly withdraw: (n: number) => Promise<void>
  /** A link by which another browser joins as the author. */
  readonly moveLink: () => Promise<string>
}

const partId = '70000000-0000-7000-8000-000000000001'
const sentenceId = '70000000-0000-7000-8000-000000000101'

export async function reportedCampaign(url: string, { author: authorLink, coordinator: coordinatorLink }: { readonly author: string; readonly coordinator: string }): Promise<ReportedCampaign> {
  const [deps, send] = [systemDeps(url), sendOver(url)]
  const coordinator = await ScriptDevice.join(deps, coordinatorLink, { name: 'Ruth', language: 'en' })
  const author = await ScriptDevice.join(deps, authorLink, { name: 'Awa', language: 'en' })
  const records = Array.from({ length: 6 }, (_, n) => author.change('record', { content: aChallenge({ observedOn: '2026-02-26', quote: `We have one phone, said the ${n}.`, quoteRole: 'mother', consentQuote: true, description: `The school beyond the river is closed, ${n}.` }) }))
  await author.push(records)
  const hashes = await Promise.all(records.map(({ body }) => hashContent({ content: body.content, corrections: {} }, (text) => Promise.resolve(sha256Of(text)))))
  await coordinator.push(records.map(({ id, entryId }, n) => coordinator.change('decide', { revision: id, contentHash: hashes[n] ?? sha256Of(''), verdict: 'approve', questions: [] }, { entryId, base: id })))

  const call = async (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<unknown> => {
    const { status, text } = await send(`${apiPrefix}${path}`, { method, headers: { ...coordinator.headers, ...(await coordinator.proof(method, path, body)) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (status >= 300) throw new Error(`${method} ${path} was refused: ${status} ${text}`)
    return text === '' ? null : JSON.parse(text)
  }
  const draft = async () => v.parse(draftResponseSchema, await call('GET', '/reports/draft'))
  const cite = (n: number) => ({ entryId: records[n]?.entryId, revision: records[n]?.id, contentHash: hashes[n] })
  return {
    author, coordinator, records,
    publish: async (sentence) => {
      const { settings: before } = await draft()
      await call('PUT', '/reports/draft', { from: '2026-02-01', to: '2026-02-28', next: null, was: before.version })
      const part = { kind: 'finding', id: partId, question: 1, topic: 'EDU', quotes: [cite(0)], against: [], sentences: [{ id: sentenceId, text: sentence, lang: 'en', cites: [cite(0), cite(1)], figures: {} }] }
      await call('PUT', `/reports/draft/parts/${partId}`, { part, place: 1, was: 0 })
      const { settings, parts } = await draft()
      return v.parse(publishResponseSchema, await call('POST', '/reports/draft/publish', { settings: settings.version, parts: parts.map(({ part: { id }, version }) => ({ id, version })) }))
    },
    withdraw: async (n) => {
      const record = records[n]
      if (record !== undefined) await author.push([author.change('withdraw', {}, { entryId: record.entryId, base: record.id })])
    },
    moveLink: async () => {
      const { status, text } = await send(`${apiPrefix}/devices/move`, { method: 'POST', headers: author.headers, body: '{}' })
      if (status !== 201) throw new Error(`moving was refused: ${status} ${text}`)
      return `${url}/join#${v.parse(v.looseObject({ invite: v.string() }), JSON.parse(text)).invite}`
    },
  }
}
