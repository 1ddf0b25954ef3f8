import { ageBands, sexes } from '#domain/codes/code-lists.ts'
import type { Kind } from '#domain/entry.ts'

/** What a column holds, and how a cell of it is read back. */
export type CellKind = 'text' | 'code' | 'codes' | 'texts' | 'number' | 'date' | 'yesNo'

/** One column of the entries file: the field it shows, its HXL tag (canonical: attributes in order of the alphabet), its kind. */
export interface EntryColumn {
  readonly field: string
  readonly tag: string
  readonly cell: CellKind
}

const column = (field: string, tag: string, cell: CellKind): EntryColumn => ({ field, tag, cell })

const whatWhereWhen: readonly EntryColumn[] = [
  column('observedOn', '#date+occurred', 'date'), column('datePrecision', '#date+occurred+type', 'code'), column('country', '#country+code', 'code'),
  column('adm1Code', '#adm1+code', 'code'), column('adm1Name', '#adm1+name', 'text'), column('adm2Code', '#adm2+code', 'code'), column('placeName', '#loc+name', 'text'),
  column('setting', '#loc+type', 'code'), column('lat', '#geo+lat', 'number'), column('lon', '#geo+lon', 'number'), column('geoPrecisionM', '#geo+precision', 'number'),
  column('topic', '#sector+code+topic', 'code'), column('populationGroup', '#beneficiary+code+status', 'codes'), column('focusGroup', '#beneficiary+code+group', 'codes'),
  column('description', '#description', 'text'), column('lang', '#description+lang', 'code'), column('quote', '#description+quote', 'text'), column('quoteRole', '#respondee+type', 'text'),
  column('sourceType', '#meta+source+type', 'code'), column('independentSources', '#meta+num+source', 'code'),
]

/** By sex and age: `affectedSadd.f.5_17` under `#affected+age_5_17+f`. */
const byAgeAndSex = (field: string, tag: string): readonly EntryColumn[] =>
  sexes.flatMap((sex) => ageBands.map((band) => column(`${field}.${sex}.${band}`, `${tag}+age_${band}+${sex}`, 'number')))

const challengeColumns: readonly EntryColumn[] = [
  column('severity', '#severity+code', 'number'), column('trend', '#status+trend', 'code'), column('since', '#date+start+type', 'code'),
  column('affectedMin', '#affected+min', 'number'), column('affectedMax', '#affected+max', 'number'), column('affectedUnit', '#meta+affected+unit', 'code'), column('estimateMethod', '#meta+affected+method', 'code'),
  ...byAgeAndSex('affectedSadd', '#affected'), column('affectedDisability', '#affected+disabled', 'number'), column('cause', '#cause+code', 'codes'), column('consequence', '#impact+code', 'codes'),
  column('consequenceText', '#impact+description', 'text'), column('coping', '#impact+coping', 'codes'), column('need', '#need+code+priority', 'codes'), column('barrier', '#access+code', 'codes'),
  column('responseSeen', '#status+response', 'code'),
]

const actionColumns: readonly EntryColumn[] = [
  column('title', '#activity+name', 'text'), column('actionType', '#activity+code+type', 'codes'), column('orgName', '#org+impl+name', 'text'), column('orgType', '#org+code+impl+type', 'code'),
  column('partners', '#org+name+prog', 'texts'), column('funder', '#org+funding+name', 'texts'), column('resourceSource', '#capacity+code+source', 'codes'), column('novelty', '#activity+origin', 'code'),
  column('status', '#status', 'code'), column('startOn', '#date+start', 'date'), column('endOn', '#date+end', 'date'), column('modality', '#modality', 'code'),
  column('targeted', '#targeted', 'number'), column('reached', '#reached', 'number'), column('reachedUnit', '#meta+reached+unit', 'code'), column('reachedMethod', '#meta+method+reached', 'code'),
  column('reachedFrequency', '#meta+frequency+reached', 'code'), ...byAgeAndSex('reachedSadd', '#reached'), column('reachedDisability', '#reached+disabled', 'number'),
  column('volunteers', '#capacity+num+volunteers', 'number'), column('volunteerHours', '#capacity+hours+num', 'number'), column('value.amount', '#value+total', 'number'), column('value.currency', '#currency+code', 'code'),
  column('result', '#output+description', 'text'), column('works', '#indicator+code+works', 'code'), column('obstacles', '#access+description', 'text'), column('lesson', '#output+lesson', 'text'),
  column('noneListed', '#meta+challenge+none', 'yesNo'), column('priorityText', '#need+description+future', 'text'), column('priorityHorizon', '#date+horizon', 'code'), column('priorityAddressee', '#org+addressee+type', 'codes'),
]

/** Three columns for each thing that was given: `output.0.item` under `#output+item+n1+name`. */
const outputColumns = (count: number): readonly EntryColumn[] =>
  Array.from({ length: count }, (_, index) => [
    column(`output.${index}.item`, `#output+item+n${index + 1}+name`, 'text'), column(`output.${index}.quantity`, `#output+n${index + 1}+num`, 'number'), column(`output.${index}.unit`, `#output+n${index + 1}+unit`, 'text'),
  ]).flat()

/** The columns of one kind, in order, with room for so many outputs; each HXL tag stands once. */
export function entryColumns(kind: Kind, outputs = 0): readonly EntryColumn[] {
  return [...whatWhereWhen, ...(kind === 'challenge' ? challengeColumns : [...actionColumns, ...outputColumns(outputs)])]
}

/** An action holds no more outputs than this. */
export const mostOutputs = 10

/** The value under `affectedSadd.f.5_17` in nested content. */
export function valueAt(content: Readonly<Record<string, unknown>>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined), content)
}

/** `valueAt` of one path for many contents, of which few have anything there. */
export function readerOf(path: string): (content: Readonly<Record<string, unknown>>) => unknown {
  const [first = path] = path.split('.')
  return (content) => (!Object.hasOwn(content, first) ? undefined : first === path ? content[path] : valueAt(content, path))
}
