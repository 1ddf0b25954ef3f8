import type * as v from 'valibot'
import type { Sensitivity } from '#domain/codes/code-lists.ts'
import { mayPlaceBeTold, takenOut } from '#domain/consent.ts'
import { disclosedEntry, outputsOf } from '#domain/disclosed-entry.ts'
import { coarsePoint, digestSource, reportSource, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import type { Sha256 } from '#domain/ids.ts'
import { filesIn, namedFiles } from '#domain/named-files.ts'
import { findPersonalData } from '#domain/personal-data.ts'
import { countingChanges } from '#domain/fold.ts'
import type { KnownChange } from '#domain/change.ts'
import { reachOf } from '#domain/reach.ts'
import { sameEventKinds, tellsOfOneEvent } from '#domain/same-event.ts'
import { secondReading, wantsSecondReading } from '#domain/second-reading.ts'
import { searchableWords } from '#domain/words.ts'
import type { ProjectionGround } from '#server/store/sql/projection-ground.ts'
import type { DisclosedRow, EntryLinkRow } from '#server/store/sql/beside-entries.ts'
import type { EntryTableRow } from '#server/store/sql/schema.ts'
import type { entryRowSchema } from '#protocol/desk.ts'

export interface ProjectedEntry {
  readonly row: EntryTableRow | null
  readonly files: readonly Sha256[]
  readonly links: readonly ProjectedLink[]
  /** Undefined where nobody has ever approved it: then there is none to write, and none to take away. */
  readonly disclosed: ProjectedDisclosure | null | undefined
}

export type ProjectedDisclosure = Omit<DisclosedRow, 'campaign_id' | 'entry_id'>

export type ProjectedLink = Omit<EntryLinkRow, 'campaign_id' | 'from_id'>

/** The EntryRow as it is kept: the names of people are joined when it is read, and `words` are shown only where a search found them. */
export type KeptRow = v.InferOutput<v.ObjectSchema<Omit<(typeof entryRowSchema)['entries'], 'author' | 'assignee' | 'found'>, undefined>> & { readonly words?: readonly FieldWords[] }

/** What somebody wrote into a field, original or correction. */
export interface FieldWords {
  readonly field: string
  readonly text: string
}

type ReceivedEntry = EntryState & Pick<KeptRow, 'ref' | 'receivedAt'>

/** What the projection keeps of an entry: a pure function of its changes, so that it can be made anew at any time. */
export function projectedEntry(campaign: ProjectionGround, entry: EntryState | null, changes: readonly KnownChange[]): ProjectedEntry {
  const seq = entry?.trail.find(({ step }) => step === 'recorded')?.seq ?? null
  if (entry === null || entry.ref === null || entry.receivedAt === null || seq === null) return { row: null, files: [], links: [], disclosed: null }
  const disclosed = changes.some(({ change }) => change.type === 'decide' && change.body.verdict === 'approve') ? disclosureOf(entry, campaign) : undefined
  return { row: tableRow(campaign, { ...entry, ref: entry.ref, receivedAt: entry.receivedAt }, seq), files: filesOf(changes), links: linksOf(entry), disclosed }
}

function disclosureOf(entry: EntryState, { defaultSensitivity }: ProjectionGround): ProjectedDisclosure | null {
  const disclosed = disclosedEntry(entry, defaultSensitivity)
  if (disclosed === null) return null
  const { author, ...body } = disclosed
  return { author_id: author, kind: entry.kind, ref: disclosed.ref, outputs: outputsOf(disclosed.disclosed), body: JSON.stringify(body) }
}

function filesOf(changes: readonly KnownChange[]): readonly Sha256[] {
  const named = countingChanges(changes).flatMap(({ change }) => namedFiles(change))
  return named.length === 0 ? named : [...new Set(named)]
}

function tableRow(campaign: ProjectionGround, entry: ReceivedEntry, seq: number): EntryTableRow {
  const content: Readonly<Record<string, unknown>> = correctedContent(entry)
  const severity = Number(content['severity'] ?? 0)
  const written = writtenWords(entry)
  const kept = keptRow(entry, campaign, written)
  const isOpenQuestion = entry.review === 'hasIssues' && entry.questions.some(({ answeredBy, settled }) => answeredBy === null && !settled)
  return {
    campaign_id: campaign.id, id: entry.id, seq, ref: entry.ref, author_id: entry.author, kind: entry.kind, state: entry.review,
    topic: kept.topic, country: kept.country, adm1: kept.adm1, adm1_name: kept.adm1Name ?? null, severity: Number.isInteger(severity) ? severity : 0, observed_on: kept.observedOn,
    device_id: entry.device, lang: kept.lang, source: textOf(content['sourceType']) ?? '', sensitivity: kept.sensitivity, photos: kept.photos,
    conflict: flags({ fields: kept.hasConflict, verdicts: kept.contested }), question: flags({ answered: kept.answered, open: isOpenQuestion }), warnings: kept.warnings.join(' '), second: kept.second === undefined ? '' : kept.second.state === 'wanted' ? `wanted ${kept.second.by}` : kept.second.state,
    since_seq: entry.trail.findLast((step) => step.seq !== null)?.seq ?? seq, touched_seq: entry.seq ?? seq,
    search: searchableWords(written.map(({ text }) => text)), row: JSON.stringify(kept), public_key: publicKeyOf(entry, campaign.defaultSensitivity), ...pointOf(content), org: textOf(content['orgName']), counted: countedOf(entry),
  }
}

/** With which day and topic the report counts it. */
function countedOf(entry: EntryState): string {
  const counted: Readonly<Record<string, unknown>> | undefined = reportSource(entry)?.content
  return counted === undefined ? '' : `${textOf(counted['observedOn']) ?? ''} ${textOf(counted['topic']) ?? 'OTH'}`
}

function flags(isByName: Readonly<Record<string, boolean>>): string {
  return Object.keys(isByName).filter((name) => isByName[name] === true).join(' ')
}

/** Names what volunteers may see of it now: another revision, or a place that may no longer be shown, is another digest. */
function publicKeyOf(entry: EntryState, campaignDefault: Sensitivity): string | null {
  const source = digestSource(entry, campaignDefault)
  if (source === null || entry.approved === null) return null
  if (!mayPlaceBeTold(source.content)) return `${entry.approved.revision} region`
  return [entry.approved.revision, ...takenOut(entry.approved.content, entry.content)].join(' ')
}

function keptRow(entry: ReceivedEntry, { defaultSensitivity, secondReading: { percent, draw } }: ProjectionGround, written: readonly FieldWords[]): KeptRow {
  const sensitivity = sensitivityOf(entry, defaultSensitivity)
  const second = secondOf(entry, { sensitivity, percent, draw })
  const content: Readonly<Record<string, unknown>> = correctedContent(entry)
  const severity = content['severity']
  return {
    id: entry.id, ref: entry.ref, kind: entry.kind, state: entry.review, contested: entry.contested, hasConflict: entry.conflicts.length > 0,
    answered: entry.questions.some(({ answeredBy, settled }) => answeredBy !== null && !settled),
    topic: textOf(content['topic']) ?? 'OTH', severity: severity === undefined ? null : Number(severity),
    actionStatus: textOf(content['status']), country: textOf(content['country']) ?? '', ...regionOf(content), place: textOf(content['placeName']),
    observedOn: textOf(content['observedOn']) ?? '', receivedAt: entry.receivedAt,
    text: textOf(content['description']) ?? textOf(content['title']) ?? '', lang: textOf(content['lang']) ?? 'und',
    photos: photoCount(content), sensitivity, warnings: warningsOf(entry),
    since: entry.trail.findLast(({ at }) => at !== null)?.at ?? entry.receivedAt, words: otherWords(content, written),
    ...(second === null ? {} : { second }),
  }
}

/** Nothing is drawn for what nobody has decided. */
function secondOf(entry: ReceivedEntry, { sensitivity, percent, draw }: { readonly sensitivity: Sensitivity } & ProjectionGround['secondReading']): NonNullable<KeptRow['second']> | null {
  const reading = secondReading(entry)
  if (reading === null) return null
  if (reading.state !== 'alone') return { state: reading.state, by: reading.first.memberId }
  return wantsSecondReading(entry, sensitivity, { percent, draw: draw(entry.id, entry.revision) }) ? { state: 'wanted', by: reading.first.memberId } : null
}

/** One for each kind and target, with the best that anybody said of it; in a settled order, so that two projections compare. */
function linksOf(entry: EntryState): readonly ProjectedLink[] {
  // By the rule of the report: what was approved answers also while a later edit waits to be read.
  const counted: Readonly<Record<string, unknown>> | undefined = reportSource(entry)?.content
  const best = new Map<string, ProjectedLink>()
  for (const link of entry.links) {
    const { to, kind, coverage } = link
    const said = (sameEventKinds as readonly string[]).includes(kind) ? Number(tellsOfOneEvent(link, entry.author)) : counted === undefined ? 0 : reachOf({ status: counted['status'], sourceType: counted['sourceType'], coverage })
    const [key, reach] = [`${kind} ${to}`, said]
    best.set(key, { to_id: to, kind, coverage: Math.max(reach, best.get(key)?.coverage ?? 0) })
  }
  return [...best.keys()].toSorted().flatMap((key) => best.get(key) ?? [])
}

function pointOf({ lat, lon }: Readonly<Record<string, unknown>>): Pick<EntryTableRow, 'lat' | 'lon'> {
  return typeof lat === 'number' && typeof lon === 'number' ? coarsePoint(lat, lon) : { lat: null, lon: null }
}

function photoCount(content: Readonly<Record<string, unknown>>): number {
  // Each photo names two files, itself and its thumbnail.
  return filesIn({ photos: content['photos'] }).length / 2
}

/** Codes of what a reviewer should look at; the author's own words are searched, not the corrections. */
function warningsOf(entry: EntryState): string[] {
  const { description, quote, placeName, result, lesson } = entry.content as Readonly<Record<string, unknown>>
  const texts = [description, quote, placeName, result, lesson].map(textOf).filter((text) => text !== null)
  const found = texts.flatMap((text) => findPersonalData(text))
  return found.length === 0 ? [] : [...new Set(found.map(({ kind }) => `personal-${kind}`))].toSorted()
}

const wordFields = [
  'description', 'descriptionEn', 'title', 'placeName', 'adm1Name', 'adm1Code', 'quote', 'orgName', 'consequenceText', 'result', 'lesson', 'obstacles', 'priorityText',
] as const

/** Original, corrections and what was approved alike. What was withdrawn is found by its ref and its author alone: its words were taken back. */
function writtenWords(entry: EntryState): readonly FieldWords[] {
  if (entry.review === 'withdrawn') return []
  const counted = reportSource(entry)?.content
  const contents = new Set<Readonly<Record<string, unknown>>>([entry.content, correctedContent(entry), ...(counted === undefined ? [] : [counted])])
  const fieldOf = new Map<string, (typeof wordFields)[number]>()
  for (const field of wordFields) {
    for (const content of contents) {
      const text = textOf(content[field])
      if (text !== null && !fieldOf.has(text)) fieldOf.set(text, field)
    }
  }
  return [...fieldOf].map(([text, field]) => ({ field, text }))
}

/** What is searched and stands in no other part of the row. */
function otherWords({ description, title, placeName, adm1Code, adm1Name }: Readonly<Record<string, unknown>>, written: readonly FieldWords[]): readonly FieldWords[] {
  const shown: readonly unknown[] = [description ?? title, placeName, adm1Code, adm1Name]
  return written.filter(({ text }) => !shown.includes(text))
}

/** The name beside a code is for whoever has no name for that code. */
function regionOf(content: Readonly<Record<string, unknown>>): Pick<KeptRow, 'adm1' | 'adm1Name'> {
  const [code, name] = [textOf(content['adm1Code']), textOf(content['adm1Name'])]
  return code !== null && name !== null ? { adm1: code, adm1Name: name } : { adm1: code ?? name ?? textOf(content['adm2Code']) }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
