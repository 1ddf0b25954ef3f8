import * as v from 'valibot'
import { createEntryId } from '#domain/new-ids.ts'
import type { WrittenFinding, WrittenPart, WrittenPriority } from '#domain/written-report.ts'
import { entriesResponseSchema, entryResponseSchema } from '#protocol/desk.ts'
import { apiPrefix } from '#protocol/version.ts'
import { draftResponseSchema, publishResponseSchema } from '#protocol/written-report.ts'
import type { PublishResponse } from '#protocol/written-report.ts'
import { sendOver } from './script-device.ts'
import type { ScriptDevice } from './script-device.ts'

type Cites = WrittenFinding['quotes']

/** An approved entry with its words, as a coordinator finds it when looking for evidence. */
interface Found {
  readonly topic: string
  readonly words: string
  readonly cite: Cites[number]
}

const mostCites = 12
const period = { from: '2010-01-12', to: '2014-12-31' } as const

/** The first report on the demonstration: what its rows say, with the entries that say it, and no more. */
export async function writeReport(baseUrl: string, coordinator: ScriptDevice): Promise<PublishResponse> {
  const put = (path: string, method: 'PUT' | 'POST', body: unknown) => sent(baseUrl, coordinator, { path, method, body })
  await put('/reports/draft', 'PUT', { ...period, next: null, was: 0 })
  for (const [place, part] of partsOf(await approvedChallenges(coordinator)).entries()) await put(`/reports/draft/parts/${part.id}`, 'PUT', { part, place, was: 0 })
  const { settings, parts } = v.parse(draftResponseSchema, await coordinator.get('/reports/draft'))
  const issue = v.parse(publishResponseSchema, await put('/reports/draft/publish', 'POST', { settings: settings.version, parts: parts.map(({ part, version }) => ({ id: part.id, version })) }))
  // The next one goes on with the same days: there are no later rows.
  await put('/reports/draft', 'PUT', { ...period, next: null, was: settings.version + 1 })
  return issue
}

async function sent(baseUrl: string, coordinator: ScriptDevice, { path, method, body }: { readonly path: string; readonly method: string; readonly body: unknown }): Promise<unknown> {
  const { status, text } = await sendOver(baseUrl)(`${apiPrefix}${path}`, { method, headers: { ...coordinator.headers, ...(await coordinator.proof(method, path, body)) }, body: JSON.stringify(body) })
  if (status >= 300) throw new Error(`${path} was refused: ${status} ${text}`)
  return JSON.parse(text)
}

async function approvedChallenges(coordinator: ScriptDevice): Promise<readonly Found[]> {
  const { entries } = v.parse(entriesResponseSchema, await coordinator.get('/entries?kind=challenge&state=approved&sort=oldest&limit=200'))
  const read = await Promise.all(entries.map(async ({ id, topic }): Promise<readonly Found[]> => {
    const { changes, contentHash } = v.parse(entryResponseSchema, await coordinator.get(`/entries/${id}`))
    const record = changes.find(({ change }) => change.type === 'record')?.change
    const decision = changes.findLast(({ change }) => change.type === 'decide')?.change
    const revision = decision === undefined ? undefined : Reflect.get(decision.body as object, 'revision') as Cites[number]['revision']
    return record === undefined || revision === undefined || contentHash === null ? [] : [{ topic, words: JSON.stringify(changes.map(({ change }) => change.body)), cite: { entryId: id, revision, contentHash: contentHash as Cites[number]['contentHash'] } }]
  }))
  return read.flat()
}

/** Sentences say what the cited rows say; their numbers are counted by the report. */
function partsOf(found: readonly Found[]): readonly WrittenPart[] {
  const about = (topic: string, words: RegExp): Cites => found.filter((entry) => entry.topic === topic && words.test(entry.words)).slice(0, mostCites).map(({ cite }) => cite)
  const sentence = (text: string, cites: Cites, figures: Readonly<Record<string, string>> = {}) => ({ id: newId(), text, lang: 'en', cites, figures })
  const finding = (question: 1 | 2 | 3, topic: string | null, sentences: WrittenFinding['sentences']): WrittenFinding => ({ kind: 'finding', id: newId(), question, topic, sentences, quotes: [], against: [] })
  const counted = (topic: string) => ({ 1: `challenges/topic/${topic}`, 2: `challenges/topic/${topic}/authors` })
  const priority = (topic: string, text: string, cites: Cites, rest: Pick<WrittenPriority, 'horizon' | 'addressees' | 'programme' | 'sdgs'>): WrittenPriority => ({ kind: 'priority', id: newId(), topic, sentences: [sentence(text, cites)], quotes: [], against: [], ...rest })
  const [medicine, water, shelter] = [about('HEA', /medic|injur|wound|doctor|hospital/i), about('WSH', /water/i), about('SHL', /tent|sleep|shelter/i)]
  return [
    finding(1, 'HEA', [sentence('Health was reported {1} times, by {2} authors.', [], counted('HEA')), sentence('People ask for doctors and medicine, or tell of wounded people.', medicine)]),
    finding(1, 'WSH', [sentence('Water, sanitation or hygiene was reported {1} times, by {2} authors.', [], counted('WSH')), sentence('People ask for water that they can drink.', water)]),
    finding(1, 'SHL', [sentence('People say that they sleep outside, or ask for tents.', shelter)]),
    finding(2, null, [sentence('The {1} actions stand in a list of 2014, the messages in those of 2010 to 2012: nothing in them says that one answers the other.', [], { 1: 'actions' })]),
    priority('HEA', 'Bring medical care to where people report that they wait for it.', medicine, { horizon: 'now', addressees: ['government', 'unesco_un'], programme: 'XX', sdgs: [3] }),
    priority('WSH', 'Bring water, and tell by radio where it is given.', water, { horizon: 'now', addressees: ['local_authority', 'ngo'], programme: 'SC', sdgs: [6] }),
  ]
}

const newId = (): string => createEntryId({ now: () => Date.now() }, { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) })
