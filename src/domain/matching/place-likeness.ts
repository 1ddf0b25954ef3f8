import type { EntryContent } from '#domain/entry.ts'
import { consonantsOf, foldedText, isHan, pairsOf, stemsOf, wordsOf } from '#domain/matching/wording.ts'
import { distanceKm } from '#domain/nearness.ts'

/** How the places of two reports compare, as far as each says where it was. */
export interface PlaceLikeness {
  readonly km: number | null
  /** How much of the shorter name is in the longer, 0 to 1; null when they cannot be compared (other scripts, no name). */
  readonly nameShare: number | null
  /** Each name has a word that the other has not: two parts of one town, or two camps of one place. */
  readonly bothNarrower: boolean
  /** The name of one stands in the words of the other. */
  readonly isMentioned: boolean
  /** True or false where both name a region that can be compared. */
  readonly sameRegion: boolean | null
}

/** Words that many places carry say nothing of which place it is. */
const common = new Set(words(`camp camps village villages town city district province prefecture county near neighbouring neighborhood neighbourhood area school primary market
 block street avenue north south east west centre center the and informal settlement hill ville camp pres autour quartier rue marche ecole commune campement
 ciudad pueblo barrio calle cerca campamento zona distrito comunidad город поселок село район махалля окраина улица лагерь около рядом
 مخيم قرب قريه مدينه جزيره حي شارع سوق منطقه محافظه`))
const commonHan = /[市区县村镇乡省]|营地|附近|堤坝|学校|小区|地区/gu

export function placeLikeness(a: EntryContent, b: EntryContent): PlaceLikeness {
  const [inA, inB] = [namesIn(a.placeName), namesIn(b.placeName)]
  return { ...namesLikeness(inA, inB), km: distanceKm({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon }), isMentioned: mentions(inA, b) || mentions(inB, a), sameRegion: sameRegion(a, b) }
}

/** The words by which a place is called, folded, without those that any place may carry. */
export function namesIn(name: string | undefined): readonly string[] {
  return wordsOf(foldedText(name ?? '').replaceAll(commonHan, ' ')).filter((word) => !common.has(word) && (word.length > 2 || isHan(word)))
}

function namesLikeness(a: readonly string[], b: readonly string[]): Pick<PlaceLikeness, 'nameShare' | 'bothNarrower'> {
  const [onlyA, onlyB] = [a.filter((word) => !b.some((other) => isSameName(word, other))), b.filter((word) => !a.some((other) => isSameName(word, other)))]
  const smaller = Math.min(a.length, b.length)
  const matched = Math.min(a.length - onlyA.length, b.length - onlyB.length)
  const isComparable = matched > 0 || (smaller > 0 && a.every((word) => b.every((other) => isHan(word) === isHan(other))))
  if (smaller === 0 || !isComparable) return { nameShare: null, bothNarrower: false }
  return { nameShare: matched / smaller, bothNarrower: onlyA.some((word) => onlyB.some((other) => scriptOf(word) === scriptOf(other))) }
}

/** The same name in another spelling or script: by its consonants, one of which may differ in a longer one. */
export function isSameName(a: string, b: string): boolean {
  if (a === b) return true
  if (isHan(a) || isHan(b)) return isHan(a) && isHan(b) && pairsOf(a).some((pair) => b.includes(pair))
  const [ofA, ofB] = [consonantsOf(a), consonantsOf(b)]
  if (ofA === ofB) return ofA.length >= (a.at(0) === b.at(0) ? 2 : 3) || (ofA.length === 2 && scriptOf(a) !== scriptOf(b))
  return Math.min(ofA.length, ofB.length) >= 4 && differsByOne(ofA, ofB)
}

function mentions(names: readonly string[], other: EntryContent): boolean {
  if (other.description === undefined) return false
  const [stems, text, said] = [stemsOf(other.description), foldedText(other.description), namesIn(other.description)]
  return names.some((name) => (isHan(name) ? pairsOf(name).some((pair) => text.includes(pair)) : stems.has(name.slice(0, 6)) || said.some((word) => isSpelledAlike(name, word))))
}

function isSpelledAlike(name: string, word: string): boolean {
  const consonants = consonantsOf(name)
  return consonants.length >= 4 && !isHan(word) && consonantsOf(word).startsWith(consonants)
}

function sameRegion(a: EntryContent, b: EntryContent): boolean | null {
  if (a.adm2Code !== undefined && b.adm2Code !== undefined && a.adm2Code !== b.adm2Code) return false
  if (a.adm1Code !== undefined && b.adm1Code !== undefined) return a.adm1Code === b.adm1Code
  const { nameShare } = namesLikeness(namesIn(a.adm1Name), namesIn(b.adm1Name))
  return nameShare === null ? null : nameShare > 0
}

function differsByOne(a: string, b: string): boolean {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a]
  if (longer.length - shorter.length > 1) return false
  const start = [...shorter].findIndex((letter, index) => letter !== longer[index])
  if (start === -1) return true
  return shorter.slice(longer.length === shorter.length ? start + 1 : start) === longer.slice(start + 1)
}

function scriptOf(word: string): string {
  if (isHan(word)) return 'han'
  if (/\p{Script=Arabic}/u.test(word)) return 'arabic'
  return /\p{Script=Cyrillic}/u.test(word) ? 'cyrillic' : 'latin'
}

function words(list: string): readonly string[] {
  return list.trim().split(/\s+/u).map(foldedText)
}
