import { areaName } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { ageBands, sexes } from '#domain/codes/code-lists.ts'
import { coarseCell } from '#domain/disclosure.ts'
import type { DisclosedContent } from '#domain/disclosure.ts'
import { nameKey } from '#domain/name-key.ts'
import type { LabelList } from '#i18n/labels.ts'
import type { Cell } from '#exchange/csv.ts'
import { derivedValue } from '#exchange/derived.ts'
import { readerOf } from '#exchange/entry-columns.ts'
import { columnName } from '#exchange/entry-table.ts'
import type { FileSpeech } from '#exchange/file-speech.ts'
import { numberCell, textCell } from '#exchange/file-table.ts'
import type { ExportedEntry, FileTable } from '#exchange/file-table.ts'

interface Row {
  readonly entry: ExportedEntry
  readonly disclosed: DisclosedContent
}

interface Column {
  readonly header: string
  readonly tag: string
  readonly cell: (row: Row) => Cell
}

interface Ground {
  readonly speech: FileSpeech
  readonly areas: ReadonlyMap<string, Area>
  readonly spelling: (name: string) => string
}

/** Who does what, where, when and for whom: the actions in the columns and the order of OCHA's 5W, codes and their labels side by side. */
export function fiveWTable({ speech, areas }: { readonly speech: FileSpeech; readonly areas: readonly Area[] }): FileTable {
  const ground = { speech, areas: new Map(areas.map((area) => [area.code, area] as const)), spelling: firstSpelling() }
  const columns = [...who(ground), ...what(ground), ...where(ground), ...when(ground), ...forWhom(ground), { header: speech.say('exports.ref'), tag: '#meta+ref', cell: ({ entry }: Row) => entry.ref }]
  return {
    header: columns.map(({ header }) => header),
    tags: columns.map(({ tag }) => tag),
    row: (entry) => {
      const { disclosed } = entry
      // It has no column for how something is known, and names who is said to act: what was only heard would stand there as done.
      return disclosed === null || disclosed.kind !== 'action' || disclosed['sourceType'] === 'rumour' ? null : columns.map(({ cell }) => cell({ entry, disclosed }))
    },
  }
}

/** Organisations have no ids and are written as it comes: the first spelling stands for all that are compared as the same name. */
function firstSpelling(): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    const plain = name.trim().replaceAll(/\s+/g, ' ')
    const key = nameKey(name) || plain
    const first = known.get(key) ?? plain
    known.set(key, first)
    return first
  }
}

function who({ speech: { say, short, code }, spelling }: Ground): readonly Column[] {
  const spelt = (value: unknown) => (Array.isArray(value) ? value.map((name) => spelling(String(name))) : typeof value === 'string' ? spelling(value) : undefined)
  return [
    { header: say('exports.reporting'), tag: '#org+name+reporting', cell: ({ entry }) => (entry.organisation === null ? undefined : spelling(entry.organisation)) },
    { header: say('exports.org'), tag: '#org+impl+name', cell: ({ disclosed }) => textCell(spelt(disclosed['orgName'])) },
    ...coded({ header: say('exports.orgType'), field: 'orgType', list: 'orgType', tags: ['#org+code+impl+type', '#org+impl+name+type'] }, { say, code }),
    { header: short('partners'), tag: '#org+name+prog', cell: ({ disclosed }) => textCell(spelt(disclosed['partners'])) },
    { header: short('funder'), tag: '#org+funding+name', cell: ({ disclosed }) => textCell(spelt(disclosed['funder'])) },
  ]
}

function what({ speech: { say, short, code } }: Ground): readonly Column[] {
  const sectorOf = ({ entry }: Row) => textCell(derivedValue(entry.subject, 'sectorIasc', 'iasc'))
  const sectorName = (sector: string) => code(sector.includes('-') ? 'sectorIascAor' : 'sectorIasc', sector)
  return [
    { header: say('exports.codeOf', { name: say('exports.cluster') }), tag: '#sector+cluster+code', cell: sectorOf },
    { header: say('exports.cluster'), tag: '#sector+cluster+name', cell: (row) => mapped(sectorOf(row), sectorName) },
    ...coded({ header: short('topic'), field: 'topic', list: 'topic', tags: ['#sector+code+topic', '#sector+name+topic'] }, { say, code }),
    ...coded({ header: say('exports.activity'), field: 'actionType', list: 'actionType', tags: ['#activity+code+type', '#activity+name+type'] }, { say, code }),
    { header: short('title'), tag: '#activity+name', cell: ({ disclosed }) => textCell(disclosed['title']) },
    { header: short('description'), tag: '#activity+description', cell: ({ disclosed }) => textCell(disclosed['description']) },
    ...coded({ header: short('status'), field: 'status', list: 'actionStatus', tags: ['#status+code', '#status+name'] }, { say, code }),
  ]
}

function where({ speech: { say, short, country, locale }, areas }: Ground): readonly Column[] {
  const named = (field: 'adm1Code' | 'adm2Code') => ({ disclosed }: Row) => {
    const area = areas.get(String(disclosed[field]))
    return area === undefined ? undefined : areaName(area, locale)
  }
  const plain = (field: string) => ({ disclosed }: Row) => textCell(disclosed[field])
  return [
    { header: say('exports.codeOf', { name: short('country') }), tag: '#country+code', cell: plain('country') },
    { header: short('country'), tag: '#country+name', cell: ({ disclosed }) => mapped(textCell(disclosed['country']), country) },
    { header: short('adm1Code'), tag: '#adm1+code', cell: plain('adm1Code') },
    { header: short('adm1Name'), tag: '#adm1+name', cell: (row) => named('adm1Code')(row) ?? plain('adm1Name')(row) },
    { header: say('exports.codeOf', { name: short('adm2Code') }), tag: '#adm2+code', cell: plain('adm2Code') },
    { header: short('adm2Code'), tag: '#adm2+name', cell: named('adm2Code') },
    { header: short('placeName'), tag: '#loc+name', cell: plain('placeName') },
  ]
}

function when({ speech: { short } }: Ground): readonly Column[] {
  return [
    { header: short('startOn'), tag: '#date+start', cell: ({ disclosed }) => textCell(disclosed['startOn']) },
    { header: short('endOn'), tag: '#date+end', cell: ({ disclosed }) => textCell(disclosed['endOn']) },
  ]
}

/** Counts of one to four could name somebody, and are empty like what nobody knows. */
function forWhom({ speech }: Ground): readonly Column[] {
  const { say, short, code } = speech
  const people = (field: string) => {
    const read = readerOf(field)
    return ({ disclosed }: Row) => numberCell(coarseCell(read(disclosed)))
  }
  const bySexAndAge = sexes.flatMap((sex) => ageBands.map((band): Column => {
    const field = `reachedSadd.${sex}.${band}`
    return { header: columnName({ field }, speech, (name) => `${short('reached')}, ${short(name)}`), tag: `#reached+age_${band}+${sex}`, cell: people(field) }
  }))
  return [
    ...coded({ header: say('exports.targetGroup'), field: 'populationGroup', list: 'populationGroup', tags: ['#beneficiary+code+status', '#beneficiary+name+status'] }, { say, code }),
    ...coded({ header: short('focusGroup'), field: 'focusGroup', list: 'focusGroup', tags: ['#beneficiary+code+group', '#beneficiary+group+name'] }, { say, code }),
    { header: short('targeted'), tag: '#targeted', cell: people('targeted') },
    { header: short('reached'), tag: '#reached', cell: people('reached') },
    ...coded({ header: short('reachedUnit'), field: 'reachedUnit', list: 'unit', tags: ['#meta+code+reached+unit', '#meta+name+reached+unit'] }, { say, code }),
    ...coded({ header: short('reachedMethod'), field: 'reachedMethod', list: 'estimateMethod', tags: ['#meta+code+method+reached', '#meta+method+name+reached'] }, { say, code }),
    ...bySexAndAge,
    { header: `${short('reached')}, ${short('reachedDisability')}`, tag: '#reached+disabled', cell: people('reachedDisability') },
  ]
}

/** The code and, beside it, what it means: programs read the one, people the other. */
function coded({ header, field, list, tags: [codeTag, nameTag] }: { readonly header: string; readonly field: string; readonly list: LabelList; readonly tags: readonly [string, string] }, { say, code }: Pick<FileSpeech, 'say' | 'code'>): readonly Column[] {
  return [
    { header: say('exports.codeOf', { name: header }), tag: codeTag, cell: ({ disclosed }) => textCell(disclosed[field]) },
    { header, tag: nameTag, cell: ({ disclosed }) => {
      const value = disclosed[field]
      return textCell(Array.isArray(value) ? value.map((one) => code(list, String(one))) : mapped(textCell(value), (one) => code(list, one)))
    } },
  ]
}

function mapped(text: string | undefined, to: (text: string) => string): string | undefined {
  return text === undefined ? undefined : to(text)
}
