import type { MemberId } from '#domain/ids.ts'
import { assignedToNobody } from '#protocol/assignment.ts'
import type { FacetName } from '#protocol/desk.ts'
import { secondFor } from '#server/store/entry-filters.ts'
import type { Cells, Column, ColumnName, EntryColumns } from '#server/store/sql/entry-columns.ts'

/** People as lists need them. */
export interface ListedMember {
  readonly id: MemberId
  readonly name: string
  readonly organisation: string | null
}

const columnByFacet: Readonly<Record<FacetName, ColumnName>> = {
  kind: 'kind', state: 'state', severity: 'severity', topic: 'topic', sensitivity: 'sensitivity', country: 'country', adm1: 'adm1', organisation: 'author_id', author: 'author_id',
  device: 'device_id', lang: 'lang', source: 'source', photo: 'photos', conflict: 'conflict', question: 'question', warning: 'warnings', assignee: 'assignee', second: 'second',
}

/** One facet over the columns: which codes a value of its column stands for, and whether one of them was chosen. */
export interface Facet {
  readonly name: FacetName
  readonly cells: Cells
  readonly values: readonly string[]
  readonly codesOf: (value: string) => readonly string[]
  /** 1 where the value has a chosen code; null when nothing is chosen. */
  readonly chosen: Uint8Array | null
}

interface FacetAsk {
  readonly chosen: readonly string[]
  /** Of each author, since the columns know only who. */
  readonly organisations: ReadonlyMap<string, string>
  /** Of what the report counts the topic is that with which it does, which stands behind its day. */
  readonly isCounted: boolean
}

export function facetOf(columns: EntryColumns, name: FacetName, { chosen, organisations, isCounted }: FacetAsk): Facet {
  const isCountedTopic = isCounted && name === 'topic'
  const column: Column = columns.column(isCountedTopic ? 'counted' : columnByFacet[name])
  const called = name === 'adm1' ? chosen.flatMap((written) => columns.regionsCalled(written).map((code) => ({ code, written }))) : []
  const codesOf = (value: string) => [...codesIn(name, isCountedTopic ? (value.split(' ')[1] ?? '') : value, organisations), ...called.flatMap(({ code, written }) => (code === value ? [written] : []))]
  const wanted = new Set(chosen)
  const seconds = name === 'second' ? chosen.flatMap((code) => (code.startsWith(secondFor) ? [code.slice(secondFor.length)] : [])) : []
  const isWanted = (value: string) => codesOf(value).some((code) => wanted.has(code)) || seconds.some((reader) => isSecondFor(reader, value))
  return {
    name, cells: column.cells, values: column.values, codesOf,
    chosen: wanted.size === 0 ? null : Uint8Array.from(column.values, (value) => (isWanted(value) ? 1 : 0)),
  }
}

/** Whoever decided cannot confirm it. */
function isSecondFor(reader: string, value: string): boolean {
  const [state, first] = value.split(' ')
  return state === 'wanted' && first !== reader
}

/** Most columns hold their code; nothing is no code, and some hold several with a blank between. */
function codesIn(name: FacetName, value: string, organisations: ReadonlyMap<string, string>): readonly string[] {
  switch (name) {
    case 'organisation': {
      const organisation = organisations.get(value)
      return organisation === undefined ? [] : [organisation]
    }
    case 'photo':
      return [value === '0' ? 'no' : 'yes']
    case 'second':
      return value === '' ? [] : [value.split(' ')[0] ?? '']
    case 'assignee':
      return [value === '' ? assignedToNobody : value]
    case 'severity':
      return value === '0' ? [] : [value]
    case 'conflict':
    case 'question':
    case 'warning':
      return value === '' ? [] : value.split(' ')
    default:
      return value === '' ? [] : [value]
  }
}

/** A long facet is cut: who looks for a rare code among thousands narrows the list by something else first. */
const maxCodes = 500

/** Counts by code from counts by value, most first, without what counts none. */
export function countsByCode({ values, codesOf }: Facet, counts: Uint32Array): Readonly<Record<string, number>> {
  const byCode = new Map<string, number>()
  values.forEach((value, number) => {
    const count = counts[number] ?? 0
    if (count > 0) for (const code of codesOf(value)) byCode.set(code, (byCode.get(code) ?? 0) + count)
  })
  return Object.fromEntries([...byCode].toSorted(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1)).slice(0, maxCodes))
}
