import { inLatinDigits } from '#domain/digits.ts'

/**
 * Soft warnings about words that may name a person. Never a block: a false alarm must cost the author one tap at most.
 * The same test runs on the phone, at review and at export.
 */
export const personalDataKinds = ['email', 'phone', 'handle', 'honorific', 'twoNames', 'houseNumber'] as const
export type PersonalDataKind = (typeof personalDataKinds)[number]

export interface PersonalDataFinding {
  readonly kind: PersonalDataKind
  /** Where it stands, in UTF-16 code units: `text.slice(start, end)`. */
  readonly start: number
  readonly end: number
}

/** Any digits a phone shows: Latin, Arabic-Indic, Persian, Devanagari … */
const digit = '\\p{Nd}'
/** What each is never without stands before it: it is found out sooner, and most texts have neither. */
const patterns: readonly (readonly [PersonalDataKind, RegExp | null, RegExp])[] = [
  ['email', /@/u, /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,5}/gu],
  ['handle', /@/u, /(?<![\p{L}\p{N}._%+-])@[\p{L}\p{N}_][\p{L}\p{N}_.]{2,29}/gu],
  ['phone', /\p{Nd}/u, new RegExp(`(?<![${digit}.,-])(?:\\+|00)?(?:\\(?${digit}{1,4}\\)?[ ./-]?){2,6}${digit}{2,4}(?![${digit}])`, 'gu')],
  ['honorific', null, /(?<![\p{L}])(?:Mrs|Mr|Ms|Miss|Dr|Prof|Mme|Mlle|Sra|Sr|Srta|Don|Doña|Monsieur|Madame|Señor|Señora|Sheikh|Imam|Pastor|Sister|Father|Г-н|Г-жа|السيدة|السيد|الدكتورة|الدكتور|الأستاذة|الأستاذ|الشيخ)\.?[ \u00A0](?:\p{Lu}[\p{L}'’-]+|[\p{Script=Arabic}]{2,})/gu],
  ['houseNumber', /\d/u, /(?<![\p{L}\p{N}])(?:(?:house|flat|apartment|no\.?|nr\.?|n°|№|maison|casa|дом)[ \u00A0]?\d{1,4}[a-z]?(?![\p{L}\p{N}])|\d{1,4}(?:bis|ter|[a-z])?,?[ \u00A0](?:rue|avenue|av\.|boulevard|bd|calle|impasse|улица|ул\.)[ \u00A0]\p{L}|\d{1,4}[a-z]?[ \u00A0]\p{Lu}[\p{L}'’-]+[ \u00A0](?:street|st|road|rd|avenue|ave|lane|drive)(?![\p{L}]))/giu],
]
/** Two capitalised words in a row; scripts without case never match. */
const capitalisedPair = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}[\p{L}'’-]*[ \u00A0]\p{Lu}\p{Ll}[\p{L}'’-]*/gu
const sentenceSigns = '.!?…:;\n«"“('

/** What in a text may name a person, in the order of the text; what an earlier kind has found is not found again. */
export function findPersonalData(text: string): readonly PersonalDataFinding[] {
  const findings = foundBy(patterns, text)
  for (const match of matchesOf(capitalisedPair, text)) add(findings, nameFinding(text, match.index, match[0]), text)
  return [...findings].sort((a, b) => a.start - b.start)
}

/** They come before the other kinds, so that none of those ever takes their place: what is found is the same without looking for the others. */
const contactPatterns = patterns.filter(([kind]) => kind === 'email' || kind === 'handle' || kind === 'phone')
/** No address and no handle is without the sign, and no phone with fewer digits so near to each other. Most words have neither. */
const contactSigns = new RegExp(`@|(?:${digit}[() ./-]{0,3}){6}${digit}`, 'u')

/** Degrees to some ten metres: four decimals or more, which no group of thousands has. */
const degrees = `[+−-]?${digit}{1,3}[.,٫]${digit}{4,20}(?: ?°)?`
/** Latitude and longitude beside each other, as maps and forms write them, with or without words for them between. */
const exactPoint = new RegExp(`(?<![${digit}.,])${degrees}[\\s,;،؛/]{0,3}(?:\\p{L}{1,12}\\.?[\\s,;:=]{0,3}){0,2}${degrees}`, 'gu')

/** The text with every e-mail address, phone number, handle and exact point blotted out, as it leaves the server: a place is never finer in words than beside them. */
export function withoutContacts(given: string): string {
  const text = given.replace(exactPoint, '[…]')
  if (!contactSigns.test(text)) return text
  const contacts = foundBy(contactPatterns, text).sort((a, b) => a.start - b.start)
  return contacts.reduceRight((kept, { start, end }) => `${kept.slice(0, start)}[…]${kept.slice(end)}`, text)
}

/** To go through all matches, the engine makes the pattern anew each time; most texts have none. */
function matchesOf(pattern: RegExp, text: string): Iterable<RegExpExecArray> {
  return text.search(pattern) === -1 ? [] : text.matchAll(pattern)
}

function foundBy(sought: typeof patterns, text: string): PersonalDataFinding[] {
  const findings: PersonalDataFinding[] = []
  for (const [kind, sign, pattern] of sought) {
    if (sign !== null && !sign.test(text)) continue
    for (const match of matchesOf(pattern, text)) add(findings, { kind, start: match.index, end: match.index + match[0].length }, text)
  }
  return findings
}

/** Read backwards from the word: a pattern that looks for this end of the text tries every empty line before it, again for each pair. */
function isSentenceStart(text: string, index: number): boolean {
  let at = index
  while (at > 0 && ' \u00A0'.includes(text.charAt(at - 1))) at -= 1
  return index === 0 || (at > 0 && sentenceSigns.includes(text.charAt(at - 1)))
}

/** At the start of a sentence the first capital says nothing: only the words behind it may make a pair. */
function nameFinding(text: string, index: number, pair: string): PersonalDataFinding | null {
  if (!isSentenceStart(text, index)) return { kind: 'twoNames', start: index, end: index + pair.length }
  const second = index + pair.search(/[ \u00A0]/) + 1
  const following = new RegExp(capitalisedPair.source, 'uy')
  following.lastIndex = second
  const next = following.exec(text)
  return next === null ? null : { kind: 'twoNames', start: second, end: second + next[0].length }
}

function add(findings: PersonalDataFinding[], finding: PersonalDataFinding | null, text: string): void {
  if (finding === null || (finding.kind === 'phone' && !isPhone(text, finding))) return
  if (findings.some(({ start, end }) => finding.start < end && start < finding.end)) return
  findings.push(finding)
}

/** Words before a number that make it one to call, whatever it looks like. */
const callWords = /(?:tel|phone|call|whatsapp|mobile|cell|appel|numéro|portable|llam|número|celular|тел|звон|номер|هاتف|اتصل|رقم|جوال|واتس|电话|手机|致电|拨打)\P{Nd}{0,25}$/iu

function isPhone(text: string, { start, end }: PersonalDataFinding): boolean {
  const match = text.slice(start, end)
  return looksLikePhone(match) && (!(isRange(match) || isRound(match)) || callWords.test(text.slice(Math.max(0, start - 40), start)))
}

/**
 * “1 200 000” people, ten million as “10000000”, or “100 200 300” of a row: no phone ends in so many zeros, unless a word says that it is one.
 * Groups of three alone say nothing, because phones have them too.
 */
function isRound(match: string): boolean {
  const plain = inLatinDigits(match.trim())
  return /^[1-9]\d{0,2}(?<sign>[ .])(?:\d{3}\k<sign>)*\d\d0\k<sign>000$/.test(plain) || /^[1-9]\d{0,2}0{5,}$/.test(plain) || /^[1-9]00(?: [1-9]00)+$/.test(plain)
}

/**
 * “1500-2000” people, or the years 2015-2019: numbers, each larger than the one before, all round or all years. Phones are written in two
 * such halves too, but seldom in round ones; where a word says so, it is a phone all the same.
 */
function isRange(match: string): boolean {
  const halves = match.trim().split(/[-/]/u)
  if (halves.length < 2 || !halves.every((half) => /^(?:\p{Nd}{1,7}|\p{Nd}{1,3}(?:[ .]\p{Nd}{3})+)$/u.test(half) && !inLatinDigits(half).startsWith('0'))) return false
  const numbers = halves.map(numberIn)
  const areRound = numbers.every((number) => number % 50 === 0)
  const areYears = numbers.every((number) => number >= 1950 && number < 2050)
  return (areRound || areYears) && numbers.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0))
}

function numberIn(half: string): number {
  return Number(inLatinDigits(half).replaceAll(/\D/gu, ''))
}

/** 7 to 15 digits (E.164), and no date such as 2020-04-17 or 17.04.2020. */
function looksLikePhone(match: string): boolean {
  const digits = match.replaceAll(/\P{Nd}/gu, '').length
  const isDate = /^\p{Nd}{4}[-/.]\p{Nd}{1,2}[-/.]\p{Nd}{1,2}$|^\p{Nd}{1,2}[-/.]\p{Nd}{1,2}[-/.]\p{Nd}{4}$/u.test(match.trim())
  const isBigNumber = /^\p{Nd}{1,3}(?:[ .]000)+$/u.test(match.trim())
  return digits >= 7 && digits <= 15 && !isDate && !isBigNumber
}
