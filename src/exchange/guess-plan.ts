import type { Kind } from '#domain/entry.ts'
import { kinds } from '#domain/kinds.ts'
import { wordsIn } from '#exchange/csv.ts'
import { isOfCollection } from '#exchange/foreign-id.ts'
import { tagFor } from '#exchange/hxl.ts'
import { isCell } from '#exchange/mapping.ts'
import { likelyLanguage } from '#exchange/message-language.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'
import { codesOfField, fieldsNeeded, planColumns, usualConstants } from '#exchange/plan-fields.ts'
import type { Plan } from '#exchange/plan.ts'
import { partsOf } from '#exchange/read-cells.ts'
import { topicOfSector } from '#exchange/sector-names.ts'
import { guessRowId } from '#exchange/row-number.ts'
import type { Table } from '#exchange/table.ts'

/** Tags that say less than Terrain's own, in the order in which they are tried. */
const looseTags: readonly (readonly [string, RegExp])[] = [
  ['country', /^#country/], ['adm1Code', /^#adm1.*\+(code|pcode)/], ['adm1Name', /^#adm1/], ['adm2Code', /^#adm2.*\+(code|pcode)/], ['placeName', /^#(loc|adm2|adm3)/], ['lat', /^#(geo\+lat|lat_deg)/],
  ['lon', /^#(geo\+lon|lon_deg)/], ['topic', /^#(sector|subsector)/], ['orgName', /^#org/], ['startOn', /^#date.*\+start/], ['endOn', /^#date.*\+end/], ['observedOn', /^#(date|period_date)/], ['title', /^#activity/],
  ['description', /^#(description|impact|need|activity)/], ['severity', /^#severity/], ['status', /^#status/], ['populationGroup', /^#beneficiary/], ['affectedMin', /^#affected/], ['reached', /^#reached/], ['targeted', /^#targeted/],
]

/** What people call their columns, in the six languages; without case and marks. What is more special stands before what is less. */
const headers: readonly (readonly [string, RegExp])[] = [
  ['lat', /^(lat|latitude|latitud|широта|纬度|خط العرض|.*[ _.]latitude|.*\.lat|lat \d+ .*)$/], ['lon', /^(lon|long|lng|longitude|longitud|долгота|经度|خط الطول|.*[ _.]longitude|.*\.(lon|lng)|long \d+ .*)$/],
  ['adm1Code', /(adm(in)? ?_?1|region|province|departement|departamento|provincia).*(p-?code|code|codigo)/], ['adm2Code', /(adm(in)? ?_?2|district|commune|municipio|distrito).*(p-?code|code|codigo)/],
  ['country', /^(country|pays|pais|страна|国家|البلد|الدولة|iso3?|adm(in)? ?_?0.*)/],
  ['adm1Name', /^(adm(in)? ?_?1|region|province|state|departement|departamento|governorate|provincia|регион|область|краи$|провинция|省|地区|الاقليم|المحافظة|الولاية|المنطقة)/],
  ['placeName', /^(organi[sz]ation unit( name)?$|place|location|locality|village|site|town|city|commune|district|lieu|localite|ville|lugar|localidad|municipio|comunidad|ciudad|место|населенныи пункт|город|село|район|地点|位置|城市|村|المكان|الموقع|القرية|المدينة|adm(in)? ?_?[23])/],
  ['endOn', /^(end|date de fin|fin|fecha (de )?(fin|termino|cierre)|конец|(дата )?(окончани|завершени)|结束|(تاريخ )?(الانتهاء|النهاية))/],
  ['startOn', /^(start|date de debut|debut|(fecha (de )?)?inicio|начало|дата начала|开始|(تاريخ )?(البدء|البداية))/],
  ['observedOn', /(^|\s)(date|day|datum|fecha|jour|дата|日期|التاريخ|تاريخ|reported on|when|today$)/],
  ['topic', /(sector|secteur|cluster|topic|theme|tema|sujet|сектор|кластер|тема|主题|部门|القطاع|الموضوع)/], ['severity', /(severity|gravite|gravedad|severidad|тяжесть|严重|الخطورة|الشدة)/], ['status', /^(status|statut|estado|статус|状态|الحالة)/],
  ['partners', /^(other )?(partners|partenaires|socios|партнеры|партнёры|合作伙伴|الشركاء)$/], ['funder', /(donor|funder|funded by|bailleur|donante|financ|донор|资助|捐助|المانح)/],
  ['orgType', /(org|partner|socio).*(type|tipo)|(type|tipo|тип|вид|نوع).*(org|partner|partenaire|socio|организац|منظم)|(组织|机构)类型/],
  ['actionType', /(action type|type of action|activity type|modality|type d.(action|activite)|tipo de (accion|actividad)|(вид|тип) (деятельности|деиствия|помощи)|(活动|行动)类型|نوع (النشاط|العمل|التدخل))/],
  ['orgName', /^(?!organi[sz]ation unit).*(org|partner|agency|ngo|ong|implement|организация|нко|нпо|机构|组织|المنظمة|الجمعية)/], ['title', /^(title|titre|titulo|activity name|project|projet|proyecto|название|проект|标题|项目|العنوان|المشروع)/],
  ['populationGroup', /(population group|beneficiar|groupe|target group|grupo|группа|人群|الفئة)/], ['reached', /(reached|atteint|alcanzad|achieved|охвачен|覆盖|受益人数|المستفيد|الوصول)/], ['targeted', /(targeted|cible|objetivo|^metas?$|запланирован|目标|المستهدف)/],
  ['affectedMin', /(affected|touche|afectad|пострадавш|受影响|受灾|المتضرر|المتاثر)/], ['lang', /^(language|langue|idioma|язык|语言|اللغة)/],
  ['description', /(description|message|text|comment|need|problem|what|activity|detail|descripcion|probleme|besoin|necesidad|описание|потребност|проблем|描述|说明|需求|问题|الوصف|التفاصيل|الاحتياج|المشكلة|النشاط)/],
]

/**
 * The first guess of how a table is to be read; a person sees it with samples and decides. `labelOf` gives the words of a code. The language is that of the words, never
 * that of whoever looks at them: two desks read one file alike, or somebody chooses. `list` is what the list
 * is called in which rows have their numbers, where a column holds such; without it none is looked for.
 */
export function guessPlan(table: Table, { kind, labelOf, list }: { readonly kind: Kind; readonly labelOf: (field: string, code: string) => string; readonly list?: string }): Plan {
  const numbers = list === undefined ? null : guessRowId(table, namesOf(table))
  const columns = guessColumns(table, kind, numbers)
  const lang = languageOfColumn(table, columns['description'])
  const constants = Object.fromEntries(Object.entries({ ...usualConstants, ...(lang === null ? {} : { lang }) }).filter(([field]) => fieldsNeeded(kind).includes(field) && columns[field] === undefined))
  const values = Object.fromEntries(Object.entries(columns).flatMap(([field, index]) => (codesOfField(field) === null ? [] : [[field, valuesOf(table, { field, index }, labelOf)] as const])))
  return { kind, columns, constants, values, dayOrder: guessDayOrder(table, columns), ...(numbers === null || list === undefined ? {} : { rowId: { column: numbers, list } }) }
}

const wordsEnough = 200

/** The language in which a column speaks; null where nobody can tell, and without a column. */
export function languageOfColumn({ rows }: Table, index: number | undefined): string | null {
  return index === undefined ? null : likelyLanguage(rows.slice(0, wordsEnough).map(({ cells }) => wordsIn(cells[index])).join(' '))
}

function guessColumns(table: Table, kind: Kind, numbers: number | null): Readonly<Record<string, number>> {
  const wanted = planColumns(kind)
  const fields = new Set(wanted.map(({ field }) => field))
  const found: Record<string, number> = {}
  const taken = new Set<number>(numbers === null ? [] : [numbers])
  const take = (field: string, index: number): void => {
    if (index < 0 || taken.has(index) || found[field] !== undefined || !fields.has(field)) return
    found[field] = index
    taken.add(index)
  }
  for (const { field, tag } of wanted) take(field, table.tags.indexOf(tagFor(table.tags, tag) || '\u0000'))
  for (const [field, pattern] of looseTags) take(field, table.tags.findIndex((tag, index) => !taken.has(index) && pattern.test(tag)))
  const names = namesOf(table)
  for (const [field, pattern] of headers) take(field, names.findIndex((name, index) => !taken.has(index) && pattern.test(name)))
  return found
}

/** `14.523456 -4.092345 270.1 4.5`, as forms write a point into one cell. It names no place, and is finer than what may leave. */
const blankOrPoint = /^\s*(?:[+-]?\d{1,3}\.\d+[\s,;]+[+-]?\d{1,3}\.\d+(?:[\s,;]+[\d.-]+)*\s*)?$/

/**
 * What the columns of a table are called, '' for those that can be none: where nothing stands in any row (as of a form's notes) or points alone, and of a tool of collection what tells of
 * each answer whether it was given (0 or 1), and when the form was opened and left. Such tools put groups before the name of a question, and Epicollect5 a number.
 */
function namesOf({ headers: found, rows }: Table): readonly string[] {
  const isCollected = isOfCollection(found)
  const saysNothing = isCollected ? /^\s*[01]?\s*$/ : /^\s*$/
  const [groups, number] = isCollected ? [found.includes('KEY') ? /^.*[/-](?=.)/u : /^.*\/(?=.)/u, /^\d+_/] : ['', '']
  return found.map((header, index) => {
    const isNone = (isCollected && /^(start|end)$/i.test(header)) || (rows.length > 0 && rows.every(({ cells }) => saysNothing.test(cells[index] ?? '')))
    const isPoint = rows.length > 0 && rows.every(({ cells }) => blankOrPoint.test(cells[index] ?? ''))
    return isNone || isPoint ? '' : plain(header.replace(groups, '').replace(number, '').replaceAll(/(?<=[^_])_(?=[^_])/g, ' '))
  })
}

/** Which code each word of a column means, as far as that can be guessed; so many are enough to map by hand. Where a field holds several codes, its cells do. */
export function valuesOf(table: Table, { field, index }: { readonly field: string; readonly index: number }, labelOf: (field: string, code: string) => string): Readonly<Record<string, string>> {
  const cells = distinct(table, index)
  if (!holdsSeveral(field)) return guessValues(field, cells.slice(0, mostValues), labelOf)
  const whole = guessValues(field, cells, labelOf)
  const known = new Set([...(codesOfField(field) ?? []), ...cells, ...optionsOf(table, index)])
  const words = cells.flatMap((cell) => (whole[cell] === '' ? partsOf(cell, known) : [cell]))
  return guessValues(field, [...new Set(words)].slice(0, mostValues), labelOf)
}

function holdsSeveral(field: string): boolean {
  return kinds.some((kind) => planColumns(kind).some((column) => column.field === field && column.cell === 'codes'))
}

/** KoboToolbox and ODK write a column for each option behind the one of the question: `need`, `need/food`, `need/water`. */
function optionsOf({ headers: names }: Table, index: number): readonly string[] {
  const question = names[index] ?? ''
  return question === '' ? [] : names.flatMap((name) => (name.startsWith(`${question}/`) ? [name.slice(question.length + 1)] : []))
}

/** The different words of a column, the most frequent first. */
function distinct(table: Table, index: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const { cells } of table.rows) {
    const text = wordsIn(cells[index]).slice(0, 300)
    if (isCell(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).map(([text]) => text)
}

const mostValues = 200

/** The code itself, its words in the language of the desk, what the clusters call it, or the only ones that begin alike; '' where nobody can tell. */
export function guessValues(field: string, texts: readonly string[], labelOf: (field: string, code: string) => string): Readonly<Record<string, string>> {
  const codes = codesOfField(field) ?? []
  const labels = codes.map((code) => [code, plain(labelOf(field, code))] as const)
  return Object.fromEntries(texts.map((text) => {
    const word = plain(text)
    const exact = codes.find((code) => plain(code) === word) ?? labels.find(([, label]) => label === word)?.[0] ?? (field === 'topic' ? topicOfSector(word) : null)
    const alike = word.length < 4 ? [] : labels.filter(([, label]) => label.startsWith(word) || label.split(/[^\p{L}]+/u).includes(word))
    return [text, exact ?? (alike.length === 1 ? (alike[0]?.[0] ?? '') : '')]
  }))
}

/** A number above twelve can only be a day. */
function guessDayOrder(table: Table, columns: Readonly<Record<string, number>>): Plan['dayOrder'] {
  const days = ['observedOn', 'startOn', 'endOn'].flatMap((field) => (columns[field] === undefined ? [] : distinct(table, columns[field])))
  return days.some((text) => Number(/^\d{1,2}[-/.](\d{1,2})[-/.]/.exec(inPlainSigns(text))?.[1] ?? 0) > 12) ? 'mdy' : 'dmy'
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim()
}
