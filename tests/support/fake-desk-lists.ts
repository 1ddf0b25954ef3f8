import type { EntriesFilter } from '#device/sync/desk-api.ts'
import { changeFrom } from '#domain/change.ts'
import { reportSource } from '#domain/disclosure.ts'
import { foldEntry } from '#domain/fold.ts'
import { facetNames } from '#protocol/desk.ts'
import type { EntryRow, FacetName } from '#protocol/desk.ts'
import { deskIds } from './desk-entries.ts'
import type { DeskEntry } from './desk-entries.ts'

/** Ruth, who sits at the desk. */
const me = deskIds.member(1)

const codesByFacet: Readonly<Record<FacetName, (row: EntryRow) => readonly string[]>> = {
  kind: ({ kind }) => [kind], state: ({ state }) => [state], severity: ({ severity }) => (severity === null ? [] : [String(severity)]), topic: ({ topic }) => [topic],
  sensitivity: ({ sensitivity }) => [sensitivity], country: ({ country }) => [country], adm1: ({ adm1 }) => (adm1 === null ? [] : [adm1]), author: ({ author }) => [author.id],
  organisation: ({ author }) => (author.organisation === undefined ? [] : [author.organisation]), device: () => [], lang: ({ lang }) => [lang], source: () => [],
  photo: ({ photos }) => [photos > 0 ? 'yes' : 'no'], conflict: ({ hasConflict, contested }) => [...(hasConflict ? ['fields'] : []), ...(contested ? ['verdicts'] : [])],
  question: ({ answered }) => (answered ? ['answered'] : []), warning: ({ warnings }) => warnings, assignee: ({ assignee }) => [assignee?.id ?? 'nobody', ...(assignee?.id === me ? ['me'] : [])],
  second: ({ second }) => (second === undefined ? [] : [second.state, ...(second.state === 'wanted' && second.by !== me ? ['me'] : [])]),
}

/** As the server does: any of the codes chosen of a facet, and each facet. */
export function fits(row: EntryRow, filter: EntriesFilter): boolean {
  const isIn = (name: FacetName) => filter[name] === undefined || codesByFacet[name](row).some((code) => filter[name]?.includes(code) === true)
  return facetNames.every(isIn) && `${row.text} ${row.ref} ${row.place ?? ''}`.toLowerCase().includes((filter.q ?? '').toLowerCase())
}

/** Whether the report counts it, as its own code says. */
export function isCounted({ changes }: DeskEntry): boolean {
  const entry = foldEntry(changes.flatMap((item) => {
    const change = changeFrom(item.change)
    return change === null ? [] : [{ ...item, change, quarantined: item.quarantined !== undefined }]
  }))
  return entry !== null && reportSource(entry) !== null
}

export function sorted(rows: readonly EntryRow[], { sort }: EntriesFilter): readonly EntryRow[] {
  if (sort === 'severity') return rows.toSorted((a, b) => (b.severity ?? 0) - (a.severity ?? 0))
  return rows.toSorted((a, b) => (sort === 'newest' ? b.receivedAt.localeCompare(a.receivedAt) : a.receivedAt.localeCompare(b.receivedAt)))
}

export function facetsOf(rows: readonly EntryRow[], filter: EntriesFilter): Record<string, Record<string, number>> {
  return Object.fromEntries((filter.facets ?? []).map((name) => {
    const { [name]: _, ...others } = filter
    const counts: Record<string, number> = {}
    for (const row of rows) if (fits(row, others)) for (const code of codesByFacet[name](row).filter((one) => one !== 'me')) counts[code] = (counts[code] ?? 0) + 1
    return [name, counts]
  }))
}

export function namesOf(rows: readonly EntryRow[]): Record<string, Record<string, string>> {
  return { author: Object.fromEntries(rows.map(({ author }) => [author.id, author.name])), assignee: Object.fromEntries(rows.flatMap(({ assignee }) => (assignee === undefined ? [] : [[assignee.id, assignee.name]]))) }
}
