import type { Kind } from '#domain/entry.ts'
import { wordsIn } from '#exchange/csv.ts'
import { tagFor } from '#exchange/hxl.ts'
import { isCell } from '#exchange/mapping.ts'
import { inPlainSigns } from '#exchange/plain-signs.ts'
import { codesOfField, fieldsNeeded, planColumns, usualConstants } from '#exchange/plan-fields.ts'
import type { Plan } from '#exchange/plan.ts'
import { topicOfSector } from '#exchange/sector-names.ts'
import type { Table } from '#exchange/table.ts'

/** Tags that say less than Terrain's own, in the order in which they are tried. */
const looseTags: readonly (readonly [string, RegExp])[] = [
  ['country', /^#country/], ['adm1Code', /^#adm1.*\+(code|pcode)/], ['adm1Name', /^#adm1/], ['adm2Code', /^#adm2.*\+(code|pcode)/], ['placeName', /^#(loc|adm2|adm3)/], ['lat', /^#(geo\+lat|lat_deg)/],
  ['lon', /^#(geo\+lon|lon_deg)/], ['topic', /^#(sector|subsector)/], ['orgName', /^#org/], ['startOn', /^#date.*\+start/], ['endOn', /^#date.*\+end/], ['observedOn', /^#(date|period_date)/], ['title', /^#activity/],
  ['description', /^#(description|impact|need|activity)/], ['severity', /^#severity/], ['status', /^#status/], ['populationGroup', /^#beneficiary/], ['affectedMin', /^#affected/], ['reached', /^#reached/], ['targeted', /^#targeted/],
]

/** What people call their columns, in the six languages; without case and marks. */
const headers: readonly (readonly [string, RegExp])[] = [
  ['lat', /^(lat|latitude|latitud|широта|纬度|خط العرض|.*_latitude)$/], ['lon', /^(lon|long|lng|longitude|longitud|долгота|经度|خط الطول|.*_longitude)$/],
  ['adm1Code', /(adm(in)? ?_?1|region|province|departement).*(p-?code|code)/], ['adm2Code', /(adm(in)? ?_?2|district|commune).*(p-?code|code)/],
  ['country', /^(country|pays|pais|страна|国家|البلد|الدولة|iso3?|adm(in)? ?_?0.*)/], ['adm1Name', /^(adm(in)? ?_?1|region|province|state|departement|governorate|provincia|регион|область|省|地区|الاقليم|المحافظة)/],
  ['placeName', /^(place|location|locality|village|site|town|city|commune|district|lieu|localite|lugar|localidad|место|地点|المكان|adm(in)? ?_?[23])/],
  ['endOn', /^(end|date de fin|fin|конец|结束)/], ['startOn', /^(start|date de debut|debut|inicio|начало|开始)/], ['observedOn', /(^|\s)(date|day|datum|fecha|jour|дата|日期|التاريخ|reported on|when)/],
  ['topic', /(sector|secteur|cluster|topic|theme|tema|sujet|сектор|тема|主题|القطاع|الموضوع)/], ['severity', /(severity|gravite|gravedad|тяжесть|严重|الخطورة)/], ['status', /^(status|statut|estado|статус|状态|الحالة)/],
  ['partners', /^(other )?(partners|partenaires|socios|партнеры|партнёры|合作伙伴|الشركاء)$/], ['funder', /(donor|funder|funded by|bailleur|donante|financ|донор|资助|المانح)/],
  ['orgType', /(org|partner).*(type|tipo)/], ['orgName', /(org|partner|agency|ngo|ong|implement|организация|机构|组织|المنظمة)/], ['title', /^(title|titre|titulo|activity name|project|название|标题|العنوان)/],
  ['populationGroup', /(population group|beneficiar|groupe|target group)/], ['reached', /(reached|atteint|alcanzad|achieved)/], ['targeted', /(targeted|cible)/], ['affectedMin', /(affected|touche|afectad|пострадавш|受影响)/],
  ['actionType', /(action type|type of action|activity type|modality)/], ['lang', /^(language|langue|idioma|язык|语言|اللغة)/],
  ['description', /(description|message|text|comment|need|problem|what|activity|detail|descripcion|probleme|описание|描述|الوصف)/],
]

/** The first guess of how a table is to be read; a person sees it with samples and decides. `labelOf` gives the words of a code. */
export function guessPlan(table: Table, { kind, lang, labelOf }: { readonly kind: Kind; readonly lang: string; readonly labelOf: (field: string, code: string) => string }): Plan {
  const columns = guessColumns(table, kind)
  const constants = Object.fromEntries(Object.entries({ ...usualConstants, lang }).filter(([field]) => fieldsNeeded(kind).includes(field) && columns[field] === undefined))
  const values = Object.fromEntries(Object.entries(columns).flatMap(([field, index]) => (codesOfField(field) === null ? [] : [[field, guessValues(field, distinct(table, index), labelOf)] as const])))
  return { kind, columns, constants, values, dayOrder: guessDayOrder(table, columns) }
}

function guessColumns(table: Table, kind: Kind): Readonly<Record<string, number>> {
  const wanted = planColumns(kind)
  const fields = new Set(wanted.map(({ field }) => field))
  const found: Record<string, number> = {}
  const taken = new Set<number>()
  const take = (field: string, index: number): void => {
    if (index < 0 || taken.has(index) || found[field] !== undefined || !fields.has(field)) return
    found[field] = index
    taken.add(index)
  }
  for (const { field, tag } of wanted) take(field, table.tags.indexOf(tagFor(table.tags, tag) || '\u0000'))
  for (const [field, pattern] of looseTags) take(field, table.tags.findIndex((tag, index) => !taken.has(index) && pattern.test(tag)))
  const names = table.headers.map(plain)
  for (const [field, pattern] of headers) take(field, names.findIndex((name, index) => !taken.has(index) && pattern.test(name)))
  return found
}

/** The different words of a column, the most frequent first; so many are enough to map by hand. */
export function distinct(table: Table, index: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const { cells } of table.rows) {
    const text = wordsIn(cells[index]).slice(0, 300)
    if (isCell(text)) counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return [...counts].toSorted((a, b) => b[1] - a[1]).slice(0, mostValues).map(([text]) => text)
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
