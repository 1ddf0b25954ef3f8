import type * as v from 'valibot'
import type { Coverage, Sensitivity } from '#domain/codes/code-lists.ts'
import { coarsePoint, digestSource, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { correctedContent } from '#domain/fold-correction.ts'
import type { CampaignId, EntryId, Sha256 } from '#domain/ids.ts'
import { filesIn, namedFiles } from '#domain/named-files.ts'
import { findPersonalData } from '#domain/personal-data.ts'
import { countingChanges } from '#domain/fold.ts'
import type { KnownChange } from '#domain/change.ts'
import { foldedWords } from '#server/store/sql/folded-words.ts'
import type { Tx } from '#server/store/sql/db.ts'
import type { EntryLinkRow, EntryTableRow } from '#server/store/sql/schema.ts'
import type { entryRowSchema } from '#protocol/desk.ts'

/** The steps in which the gap matrix counts. */
const coverageSteps: Readonly<Record<Coverage, number>> = { unknown: 1, little: 1, partly: 2, mostly: 3, fully: 3 }

export interface ProjectedEntry {
  readonly row: EntryTableRow | null
  readonly files: readonly Sha256[]
  readonly links: readonly ProjectedLink[]
}

export type ProjectedLink = Omit<EntryLinkRow, 'campaign_id' | 'from_id'>

/** The EntryRow as it is kept: the author's name is joined when it is read. */
export type KeptRow = v.InferOutput<v.ObjectSchema<Omit<(typeof entryRowSchema)['entries'], 'author'>, undefined>>

/** What the projection keeps of an entry: a pure function of its changes, so that it can be made anew at any time. */
export function projectedEntry(campaign: { readonly id: CampaignId; readonly defaultSensitivity: Sensitivity }, entry: EntryState | null, changes: readonly KnownChange[]): ProjectedEntry {
  const seq = entry?.trail.find(({ step }) => step === 'recorded')?.seq ?? null
  if (entry === null || entry.ref === null || entry.receivedAt === null || seq === null) return { row: null, files: [], links: [] }
  const content: Readonly<Record<string, unknown>> = correctedContent(entry)
  const severity = Number(content['severity'] ?? 0)
  const row: EntryTableRow = {
    campaign_id: campaign.id, id: entry.id, seq, ref: entry.ref, author_id: entry.author, kind: entry.kind, state: entry.review,
    topic: textOf(content['topic']) ?? 'OTH', country: textOf(content['country']) ?? '', adm1: adm1Of(content), severity: Number.isInteger(severity) ? severity : 0,
    observed_on: textOf(content['observedOn']) ?? '', search: searchWords(entry), row: JSON.stringify(keptRow({ ...entry, ref: entry.ref, receivedAt: entry.receivedAt }, campaign.defaultSensitivity)),
    public_key: publicKeyOf(entry, campaign.defaultSensitivity), ...pointOf(content),
  }
  return { row, files: [...new Set(countingChanges(changes).flatMap(({ change }) => namedFiles(change)))], links: linksOf(entry) }
}

/** Writes what an entry is now; an entry of which nothing counts any more leaves the projection. */
export async function writeProjection(tx: Tx, campaign: CampaignId, id: EntryId, { row, files, links }: ProjectedEntry): Promise<void> {
  await tx.deleteFrom('entry_links').where('campaign_id', '=', campaign).where('from_id', '=', id).execute()
  if (links.length > 0) await tx.insertInto('entry_links').values(links.map((link) => ({ campaign_id: campaign, from_id: id, ...link }))).execute()
  await tx.deleteFrom('entry_files').where('campaign_id', '=', campaign).where('entry_id', '=', id).execute()
  if (files.length > 0) await tx.insertInto('entry_files').values(files.map((sha256) => ({ campaign_id: campaign, sha256, entry_id: id }))).execute()
  if (row === null) {
    await tx.deleteFrom('entries').where('campaign_id', '=', campaign).where('id', '=', id).execute()
    return
  }
  await tx.insertInto('entries').values(row).onConflict((oc) => oc.columns(['campaign_id', 'id']).doUpdateSet(row)).execute()
}

/** Names what volunteers may see of it now: another revision, or a place that may no longer be shown, is another digest. */
function publicKeyOf(entry: EntryState, campaignDefault: Sensitivity): string | null {
  const source = digestSource(entry, campaignDefault)
  if (source === null || entry.approved === null) return null
  return source.content.consentPlace === false ? `${entry.approved.revision} region` : entry.approved.revision
}

function keptRow(entry: EntryState & Pick<KeptRow, 'ref' | 'receivedAt'>, campaignDefault: Sensitivity): KeptRow {
  const content: Readonly<Record<string, unknown>> = correctedContent(entry)
  const severity = content['severity']
  return {
    id: entry.id, ref: entry.ref, kind: entry.kind, state: entry.review, contested: entry.contested, hasConflict: entry.conflicts.length > 0,
    answered: entry.questions.some(({ answeredBy, settled }) => answeredBy !== null && !settled),
    topic: textOf(content['topic']) ?? 'OTH', severity: severity === undefined ? null : Number(severity),
    actionStatus: textOf(content['status']), country: textOf(content['country']) ?? '', adm1: adm1Of(content), place: textOf(content['placeName']),
    observedOn: textOf(content['observedOn']) ?? '', receivedAt: entry.receivedAt,
    text: textOf(content['description']) ?? textOf(content['title']) ?? '', lang: textOf(content['lang']) ?? 'und',
    photos: photoCount(content), sensitivity: sensitivityOf(entry, campaignDefault), warnings: warningsOf(entry),
  }
}

/** One for each kind and target, with the best that anybody said of it; in a settled order, so that two projections compare. */
function linksOf({ links }: EntryState): readonly ProjectedLink[] {
  const best = new Map<string, ProjectedLink>()
  for (const { to, kind, coverage } of links) {
    const [key, reach] = [`${kind} ${to}`, coverage === undefined ? 1 : coverageSteps[coverage]]
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
  const found = new Set(texts.flatMap((text) => findPersonalData(text)).map(({ kind }) => `personal-${kind}`))
  return [...found].toSorted()
}

function searchWords(entry: EntryState): string {
  const words = [entry.ref, ...[entry.content, correctedContent(entry)].flatMap((content) => {
    const { description, quote, placeName, adm1Name, adm1Code, title, orgName, consequenceText, result, lesson } = content as Readonly<Record<string, unknown>>
    return [description, quote, placeName, adm1Name, adm1Code, title, orgName, consequenceText, result, lesson].map(textOf)
  })]
  return foldedWords([...new Set(words.filter((text) => text !== null))].join('\n'))
}

function adm1Of(content: Readonly<Record<string, unknown>>): string | null {
  return textOf(content['adm1Code']) ?? textOf(content['adm1Name'])
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
