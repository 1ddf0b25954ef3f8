import { alpha3Of, isCountry } from '#domain/codes/countries.ts'
import { countryInEnglish, countryOfName } from '#exchange/country-names.ts'

/** What a shape says of itself in its properties, whatever its makers call them. Keys are compared in lower case. */
export interface AreaFacts {
  /** 0 is a country, 1 a region, 2 a district; null where nothing tells. */
  readonly level: number | null
  readonly code: string
  readonly name: string
  readonly names: Readonly<Record<string, string>>
  /** Alpha-3, or '' where neither a property nor the code tells. */
  readonly country: string
  /** Of a district: the code and the name of its region. */
  readonly region: { readonly code: string; readonly name: string; readonly names: Readonly<Record<string, string>> } | null
}

type Texts = ReadonlyMap<string, string>

/**
 * The common operational data (`ADM1_PCODE`, `ADM1_EN`, or `adm1_name` with `lang`), geoBoundaries (`shapeISO`, `shapeName`),
 * Natural Earth (`iso_3166_2`, `name_fr`), and the plain `pcode` and `name` that people make themselves.
 */
export function areaFacts(properties: Readonly<Record<string, unknown>>): AreaFacts {
  const texts: Texts = new Map(Object.entries(properties).flatMap(([key, value]) => {
    const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
    return text === '' ? [] : [[plainKey(key), text.slice(0, 80)] as const]
  }))
  const level = levelOf(texts)
  const code = level === null ? first(texts, ['iso_3166_2', 'shapeiso', 'pcode', 'p_code', 'code', 'iso']) : first(texts, [`adm${level}_pcode`, `adm${level}_pc`, `adm${level}_code`, 'shapeiso'])
  const own = namesAt(texts, level)
  return { level, code, ...own, country: countryOf(texts, code), region: level === 2 ? { code: first(texts, ['adm1_pcode', 'adm1_pc', 'adm1_code']), ...namesAt(texts, 1) } : null }
}

/** `admin1Name_en` and `ADM1_NAME_EN` are one. */
function plainKey(key: string): string {
  return key.toLowerCase().replace(/^admin(\d)/, 'adm$1').replace(/^adm(\d)(name|pcode)/, 'adm$1_$2')
}

function levelOf(texts: Texts): number | null {
  for (let level = 4; level >= 0; level -= 1) if (first(texts, [`adm${level}_pcode`, `adm${level}_pc`, `adm${level}_code`]) !== '') return level
  const [, shape] = /^ADM(\d)$/.exec(first(texts, ['shapetype'])) ?? []
  if (shape !== undefined) return Number(shape)
  // A shape that only has the names or numbers of a country is one.
  const isCode = first(texts, ['iso_3166_2', 'shapeiso', 'pcode', 'p_code', 'code', 'iso']) !== ''
  return !isCode && countryInEnglish(first(texts, ['name', 'admin'])) !== null ? 0 : null
}

function namesAt(texts: Texts, level: number | null): Pick<AreaFacts, 'name' | 'names'> {
  const prefix = level === null ? 'name' : `adm${level}`
  const byKey = [...texts].flatMap(([key, text]): readonly (readonly [string, string])[] => {
    const [, language] = key.startsWith(`${prefix}_`) ? (/_([a-z]{2})$/.exec(key) ?? []) : []
    return language === undefined || language === 'pc' ? [] : [[language, text]]
  })
  // The newer form numbers the names, and says beside them in which language each is.
  const byNumber = ['', '1', '2', '3'].flatMap((number): readonly (readonly [string, string])[] => {
    const [language, text] = [first(texts, [`lang${number}`]), first(texts, [`${prefix}_name${number}`])]
    return /^[a-z]{2}$/.test(language) && text !== '' ? [[language, text]] : []
  })
  const names = Object.fromEntries([...byKey, ...byNumber])
  const name = names['en'] ?? (first(texts, [`${prefix}_name`, 'shapename', 'name', `${prefix}_ref`]) || (Object.values(names)[0] ?? ''))
  return { name, names: Object.fromEntries(Object.entries(names).filter(([, text]) => text !== name)) }
}

function countryOf(texts: Texts, code: string): string {
  const named = first(texts, ['adm0_pcode', 'adm0_pc', 'iso3', 'iso_3', 'adm0_a3', 'shapegroup', 'adm0_en', 'adm0_name', 'country'])
  return alpha3Of(named) ?? countryOfName(named) ?? countryOfCode(code)
}

/** `HTI-01` before `HT01`: three letters that are a country, else two. */
function countryOfCode(code: string): string {
  const [letters = ''] = /^[A-Z]{2,3}/.exec(code) ?? []
  if (letters.length === 3 && isCountry(letters)) return letters
  return alpha3Of(letters.slice(0, 2)) ?? ''
}

function first(texts: Texts, keys: readonly string[]): string {
  return keys.map((key) => texts.get(key)).find((text) => text !== undefined) ?? ''
}
