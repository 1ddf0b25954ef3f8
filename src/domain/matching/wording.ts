/**
 * Words made comparable: without case and accents, Arabic without vowel signs and with one form of each letter that people type in different
 * ways; names across scripts by their consonants alone. Small on purpose: it compares, it never shows.
 */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD').replaceAll(/\p{M}/gu, '')
    .replaceAll(/[أإآٱ]/gu, 'ا').replaceAll('ى', 'ي').replaceAll('ة', 'ه').replaceAll('ـ', '')
    .toLowerCase()
}

export function wordsOf(folded: string): readonly string[] {
  return folded.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Runs of two letters of Chinese, which has no blanks between words; the words of everything else, cut to their beginning. */
export function stemsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(foldedText(text)).flatMap((word) => (isHan(word) ? pairsOf(word) : word.length >= 4 ? [word.slice(0, 6)] : [])))
}

/** Numbers from ten on that stand in a text in digits of any script, without years and thousands separators. */
export function numbersOf(text: string): ReadonlySet<number> {
  const plain = text.replaceAll(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) % 16)).replaceAll(/(?<=\d)[ ,.\u00A0\u202F](?=\d{3}(?!\d))/gu, '')
  const numbers = (plain.match(/\d+/gu) ?? []).map(Number)
  return new Set(numbers.filter((number) => number >= 10 && number <= 1e7 && !(number >= 1990 && number <= 2039)))
}

export function isHan(word: string): boolean {
  return /\p{Script=Han}/u.test(word)
}

export function pairsOf(word: string): readonly string[] {
  const letters = [...word]
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`)
}

const cyrillic = zip('абвгдеёжзийклмнопрстуфхцчшщыэюя', 'a b v g d e e s s i i k l m n o p r s t u f k s s s s i e u a')
const arabic = zip('ابتثجحخدذرزسشصضطظعغفقكلمنهويپچگکی', 'a b t t s h k d d r s s s s d t s a k f k k l m n h w i p s k k i')

/** The consonants of a name, as far as spellings in Latin, Cyrillic and Arabic letters share them. */
export function consonantsOf(word: string): string {
  const latin = [...word.replace(/^ال/u, '')].map((letter) => cyrillic.get(letter) ?? arabic.get(letter) ?? letter).join('')
  return latin
    .replaceAll(/sch|tch|sh|ch|zh|ts|[xzj]/gu, 's').replaceAll(/kh|gh|ck|[cqg]/gu, 'k').replaceAll('ph', 'f').replaceAll(/[pv]/gu, 'b')
    .replaceAll(/[aeiouywh]/gu, '').replaceAll(/(.)\1+/gu, '$1')
}

function zip(letters: string, latin: string): ReadonlyMap<string, string> {
  const spelled = latin.split(' ')
  return new Map([...letters].map((letter, index) => [letter, spelled[index] ?? '']))
}

/** How much of the smaller of two sets lies in the other: 0 to 1, and 0 when one is empty. */
export function overlap<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const smaller = Math.min(a.size, b.size)
  return smaller === 0 ? 0 : shared(a, b).length / smaller
}

export function shared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): readonly T[] {
  return [...a].filter((one) => b.has(one))
}
