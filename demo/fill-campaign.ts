import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import type { ChangeEnvelope } from '#domain/change.ts'
import type { Sha256 } from '#domain/ids.ts'
import { createQuestionId } from '#domain/new-ids.ts'
import { importTable } from '#exchange/import-table.ts'
import type { ImportedTable } from '#exchange/import-table.ts'
import { hashContent } from '#protocol/chain.ts'
import { entriesResponseSchema, entryResponseSchema } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import { ScriptDevice, sendOver, systemDeps } from './script-device.ts'
import { writeReport } from './write-report.ts'

export interface DemoCounts {
  readonly challenges: number
  readonly actions: number
  readonly approved: number
  readonly asked: number
  /** Where the published report stands. */
  readonly report: string
}

type Invite = (role: 'volunteer' | 'coordinator', uses: number) => Promise<string>
type Row = ImportedTable['accepted'][number]

const people = [
  { name: 'Mirlande', organisation: 'Fanm Vanyan', language: 'fr' }, { name: 'Jean-Robert', organisation: 'Radio Lakay', language: 'fr' },
  { name: 'Nadège', organisation: 'Kay Timoun', language: 'fr' }, { name: 'Wilner', organisation: 'Kafou Solidarite', language: 'fr' },
  { name: 'Rose', organisation: 'Fanm Vanyan', language: 'en' }, { name: 'Samir', organisation: 'Neighbours’ Table', language: 'en' },
] as const

/**
 * Fills a campaign over HTTP: the volunteers' phones record the messages, the coordinator imports the 3W list, translates,
 * approves, asks and rejects. Every step is a sealed change; nothing goes through the database's back door.
 */
export async function fillCampaign(baseUrl: string, invite: Invite): Promise<DemoCounts> {
  const deps = systemDeps(baseUrl)
  const volunteerLink = await invite('volunteer', people.length)
  const volunteers: ScriptDevice[] = []
  for (const person of people) volunteers.push(await ScriptDevice.join(deps, volunteerLink, person))
  const coordinator = await ScriptDevice.join(deps, await invite('coordinator', 1), { name: 'Ruth', organisation: 'Solidarity Network', language: 'en' })
  const messages = importTable(await excerpt('disaster-response-messages.excerpt.csv'))?.accepted ?? []
  const records = await recordMessages(volunteers, messages)
  const decided = await review(coordinator, records)
  const actions = await importActions(baseUrl, coordinator)
  const approvedActions = await approveActions(coordinator)
  const { url } = await writeReport(baseUrl, coordinator)
  return { challenges: records.length, actions, ...decided, approved: decided.approved + approvedActions, report: url }
}

function excerpt(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, 'data', name), 'utf8')
}

interface Recorded {
  readonly row: Row
  readonly change: ChangeEnvelope
}

async function recordMessages(volunteers: readonly ScriptDevice[], rows: readonly Row[]): Promise<readonly Recorded[]> {
  const recorded: Recorded[] = []
  for (const [index, volunteer] of volunteers.entries()) {
    const own = rows.filter((_, row) => row % volunteers.length === index).map((row) => ({ row, change: volunteer.change('record', { content: row.content }) }))
    await volunteer.push(own.map(({ change }) => change))
    recorded.push(...own)
  }
  return recorded
}

/** Most are approved as written, some get a question, a few are not used, and the rest still wait to be read. */
async function review(coordinator: ScriptDevice, records: readonly Recorded[]): Promise<Pick<DemoCounts, 'approved' | 'asked'>> {
  const counts = { approved: 0, asked: 0 }
  const changes: ChangeEnvelope[] = []
  for (const [index, { row, change }] of records.entries()) {
    const corrections = Object.fromEntries(Object.entries(row.corrections ?? {}).map(([field, value]) => [field, { value }]))
    const correction = row.corrections === undefined ? null : coordinator.change('correct', { set: row.corrections, unset: [] }, { entryId: change.entryId, base: change.id })
    if (correction !== null) changes.push(correction)
    const read = correction ?? change
    const verdict = verdictFor(index)
    if (verdict === null) continue
    const contentHash = await hashContent({ content: row.content, corrections }, (text) => Promise.resolve(sha256Of(text)))
    const question = { id: createQuestionId({ now: () => Date.now() }, { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) }), field: 'placeName', text: 'Which town or neighbourhood is this?' }
    changes.push(coordinator.change('decide', {
      revision: read.id, contentHash, verdict, questions: verdict === 'askBack' ? [question] : [], ...(verdict === 'reject' ? { reason: 'It does not say what people need.' } : {}),
      ...(verdict === 'approve' ? { grades: { reliability: 'C' as const, credibility: '3' as const } } : {}),
    }, { entryId: change.entryId, base: read.id }))
    if (verdict === 'approve') counts.approved += 1
    if (verdict === 'askBack') counts.asked += 1
  }
  for (let start = 0; start < changes.length; start += 500) await coordinator.push(changes.slice(start, start + 500))
  return counts
}

function verdictFor(index: number): 'approve' | 'askBack' | 'reject' | null {
  if (index % 10 < 5) return 'approve'
  if (index % 10 === 5) return 'askBack'
  return index % 10 === 6 ? 'reject' : null
}

async function importActions(baseUrl: string, coordinator: ScriptDevice): Promise<number> {
  const response = await sendOver(baseUrl)(`${apiPrefix}/import?format=hxl`, { method: 'POST', headers: { ...coordinator.headers, 'content-type': 'text/csv' }, body: await excerpt('unhcr-3w-2014.excerpt.hxl.csv') })
  if (response.status !== 200) throw new Error(`the import was refused: ${response.text}`)
  return (JSON.parse(response.text) as { readonly accepted: number }).accepted
}

/** Two in three: the rest wait to be read. */
async function approveActions(coordinator: ScriptDevice): Promise<number> {
  const { entries } = v.parse(entriesResponseSchema, await coordinator.get('/entries?kind=action&sort=oldest&limit=200'))
  const read = await Promise.all(entries.map(async ({ id }) => ({ id, ...v.parse(entryResponseSchema, await coordinator.get(`/entries/${id}`)) })))
  // Only now: a device numbers its changes as it makes them.
  const changes = read.map(({ id, changes: own, contentHash }) => {
    const record = own.find(({ change }) => change.type === 'record')?.change
    if (record === undefined || contentHash === null) throw new Error(`the action ${id} cannot be read`)
    return coordinator.change('decide', { revision: record.id, contentHash: contentHash as Sha256, verdict: 'approve', questions: [], grades: { reliability: 'B', credibility: '2' } }, { entryId: id, base: record.id })
  })
  const { results } = await coordinator.push(changes)
  return results.filter(({ status }) => status === 'stored').length
}
