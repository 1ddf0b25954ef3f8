import { areaName } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { countries } from '#domain/codes/countries.ts'
import { actionFieldNames, challengeFieldNames } from '#domain/entry.ts'
import type { Kind } from '#domain/entry.ts'
import { kinds } from '#domain/kinds.ts'
import { listOfField } from '#i18n/field-lists.ts'
import type { LabelList } from '#i18n/labels.ts'
import type { Cell } from '#exchange/csv.ts'
import { entryColumns } from '#exchange/entry-columns.ts'
import { listCell } from '#exchange/listed.ts'
import type { EntryColumn } from '#exchange/entry-columns.ts'
import { columnName, metaColumns } from '#exchange/entry-table.ts'
import type { FileSpeech } from '#exchange/file-speech.ts'
import type { FileTable } from '#exchange/file-table.ts'
import { linkKinds, linkTags } from '#exchange/links-table.ts'

export interface CodeBook extends Pick<FileTable, 'header' | 'tags'> {
  readonly rows: Iterable<readonly Cell[]>
}

interface Field {
  readonly name: string
  readonly usedIn: readonly Kind[]
  readonly label: string
  readonly meaning: string
  readonly type: Type
  readonly list: string
  readonly tag: string
}

type Type = EntryColumn['cell'] | 'file'

/** What is asked and kept, and never stands in a table: agreements, pictures and voices. */
const typesWithoutColumn: Readonly<Record<string, Type>> = { consentBasis: 'code', consentQuote: 'yesNo', consentPhoto: 'yesNo', consentPlace: 'yesNo', consentWording: 'text', photos: 'file', audio: 'file' }
const listsOfDerived: Readonly<Record<string, LabelList>> = { kind: 'kind', sectorIasc: 'sectorIasc', unescoProgramme: 'unescoProgramme', sdg: 'sdg', sensitivity: 'sensitivity' }
const typesOfDerived: Readonly<Record<string, Type>> = { receivedOn: 'date', sectorIasc: 'code', unescoProgramme: 'code', sdg: 'codes', sensitivity: 'code', kind: 'code' }
/** Not lists of codes: the questions themselves, and the sentences that stand beside the levels of severity. */
const noLists = new Set<string>(['field', 'severityAnchor'])

/**
 * What every column and every code means, in one language: first the fields with their type, list and tag, then each code of each list, the
 * campaign's own areas and the names of its themes included.
 */
export function codeBook({ speech, areas }: { readonly speech: FileSpeech; readonly areas: readonly Area[] }): CodeBook {
  const { say } = speech
  const words = ['row', 'usedIn', 'name', 'label', 'meaning', 'type', 'list', 'tag'] as const
  return {
    header: words.map((word) => say(`exports.book.${word}`)),
    tags: ['#meta+row', '#meta+used', '#meta+name', '#meta+label', '#description', '#meta+type', '#meta+list', '#meta+hxl'],
    rows: rowsOf(speech, areas),
  }
}

function* rowsOf(speech: FileSpeech, areas: readonly Area[]): Generator<readonly Cell[]> {
  const { say, code } = speech
  for (const field of fieldsOf(speech)) {
    yield [say('exports.book.field'), listCell(field.usedIn.map((kind) => code('kind', kind))), field.name, field.label, field.meaning, say(`exports.type.${field.type}`), field.list, field.tag]
  }
  const coded = (name: string, label: string, tag: string): readonly Cell[] => [say('exports.book.field'), undefined, name, label, undefined, say('exports.type.code'), name, tag]
  yield coded('link', say('exports.link'), linkTags.link)
  yield coded('coverage', say('exports.coverage'), linkTags.coverage)
  const one = (list: string, name: string, label: string, meaning?: string): readonly Cell[] => [say('exports.book.code'), undefined, name, label, meaning, undefined, list, undefined]
  const { labels } = speech
  for (const list of Object.keys(labels).filter((name): name is LabelList => !noLists.has(name))) {
    for (const name of Object.keys(labels[list])) yield one(list, name, code(list, name), list === 'severity' ? code('severityAnchor', name) : usualName(speech, list, name))
  }
  for (const kind of linkKinds) yield one('link', kind, speech.link(kind))
  for (const country of countries) yield one('country', country, speech.country(country))
  for (const area of areas) yield one(area.within === undefined ? 'adm1Code' : 'adm2Code', area.code, areaName(area, speech.locale), area.within ?? area.country)
}

/** Where the campaign has a name of its own for a topic, the one that it has everywhere else. */
function usualName({ code, labels }: FileSpeech, list: LabelList, name: string): string | undefined {
  const usual = (labels[list] as Readonly<Record<string, string>>)[name]
  return usual === code(list, name) ? undefined : usual
}

/** The columns in their order, those of both kinds once; then what is asked without having a column. */
function fieldsOf(speech: FileSpeech): readonly Field[] {
  const columns = kinds.flatMap((kind) => entryColumns(kind, 1))
  const unique = [...new Map(columns.map((column) => [column.field, column] as const)).values()]
  const hasColumn = new Set(unique.map(({ field }) => field.split('.')[0]))
  const others = [...new Set<string>([...challengeFieldNames, ...actionFieldNames])].filter((name) => !hasColumn.has(name))
  return [
    ...metaColumns.map(({ name, header, tag }): Field => ({ name, usedIn: kinds, label: header(speech), meaning: '', type: typesOfDerived[name] ?? 'text', list: listsOfDerived[name] ?? '', tag })),
    ...unique.map(({ field, cell, tag }): Field => {
      const list = listOfField(field) ?? (field === 'country' || field === 'adm1Code' || field === 'adm2Code' ? field : '')
      // Levels are numbers in the file, and codes of a list all the same. The short name of a latitude is that of its point.
      return { name: field, usedIn: usedIn(field), label: columnName({ field }, speech, field === 'lat' ? speech.question : speech.short), meaning: speech.question(field.split('.')[0] ?? field), type: cell === 'number' && list !== '' ? 'code' : cell, list, tag }
    }),
    ...others.map((name): Field => ({ name, usedIn: usedIn(name), label: speech.short(name), meaning: speech.question(name), type: typesWithoutColumn[name] ?? 'text', list: listOfField(name) ?? '', tag: '' })),
  ]
}

function usedIn(field: string): readonly Kind[] {
  const [name = field] = field.split('.')
  return kinds.filter((kind) => (kind === 'challenge' ? challengeFieldNames : actionFieldNames).some((one) => one === name))
}
