/*
 * Words as a search compares them. Both databases and the desk that marks what was found use this one cut and this one
 * folding: a tokenizer of SQLite, of PostgreSQL or of a browser would each find something else, and another after an update.
 */

/** A word of a text as it is compared, and where it stands: `text.slice(start, end)`, in UTF-16 code units. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** What somebody looks for: words that begin so, or, of a single letter, are so. */
export interface SoughtWord {
  readonly text: string
  readonly isWhole: boolean
}

const maxWordLength = 64
const maxSoughtWords = 12

/** Scripts that write no blanks between words: what is compared there are pairs of letters. */
const unspaced = '(?=[\\p{L}\\p{N}\\p{M}])[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]'
const runs = new RegExp(`(?<unspaced>(?:${unspaced})+)|(?:(?!${unspaced})[\\p{L}\\p{N}\\p{M}])+`, 'gu')
const hasUnspaced = new RegExp(unspaced, 'u')
/** All runs of a text that has none of those. */
const spacedRuns = /[\p{L}\p{N}\p{M}]+/gu
const plain = /^[a-z0-9]+$/
/** Texts in which no letter has another form than its capital. */
const isBasic = /^[\u0000-\u007F]*$/
const basicRuns = /[a-z0-9]+/g
const arabic = /^\p{Script=Arabic}+$/u
/** The article, alone or grown together with "and", "by", "as", "so" or "for": people search the bare word. */
const article = /^(?:[وف]?(?:[بك]?ال|لل))(?=.{3,}$)/u

/** The words of a text in their order. */
export function wordsIn(text: string): readonly Word[] {
  const words: Word[] = []
  for (const { 0: run, index, groups } of text.matchAll(runs)) {
    const parts = groups?.['unspaced'] === undefined ? [{ text: run, start: index, end: index + run.length }] : pairsOf(run, index)
    for (const { text: part, start, end } of parts) {
      const folded = foldedWord(part)
      if (folded !== '') words.push({ text: folded, start, end })
    }
  }
  return words
}

/** Every form under which the words of these texts can be found, each once, with a blank between them. */
export function searchableWords(texts: readonly string[]): string {
  const forms = new Set<string>()
  for (const text of texts) {
    if (isBasic.test(text)) for (const word of text.toLowerCase().match(basicRuns) ?? []) forms.add(word.length <= maxWordLength ? word : word.slice(0, maxWordLength))
    else for (const word of wordTextsIn(text)) for (const form of formsOf(word)) forms.add(form)
  }
  return [...forms].join(' ')
}

/** The same as `wordsIn` says, without their places: where every word has blanks around it they need not be looked for. */
function wordTextsIn(text: string): readonly string[] {
  if (hasUnspaced.test(text)) return wordsIn(text).map((word) => word.text)
  return (text.match(spacedRuns) ?? []).map(foldedWord).filter((word) => word !== '')
}

/** What is looked for by these words: all of them must be there. */
export function soughtWords(query: string): readonly SoughtWord[] {
  const sought = new Map<string, SoughtWord>()
  for (const { 0: run, groups } of query.matchAll(runs)) {
    const isUnspaced = groups?.['unspaced'] !== undefined
    const letters = [...run]
    // The last letter of a run stands in the pair before it, unless it is alone.
    const parts = !isUnspaced ? [run] : letters.length === 1 ? letters : letters.slice(0, -1).map((letter, index) => letter + (letters[index + 1] ?? ''))
    for (const part of parts) {
      const text = bareWord(foldedWord(part))
      if (text !== '') sought.set(text, { text, isWhole: !isUnspaced && [...text].length === 1 })
    }
  }
  return [...sought.values()].slice(0, maxSoughtWords)
}

/** Where in a text stands what is looked for, in order and without overlap. */
export function foundIn(text: string, sought: readonly SoughtWord[]): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = []
  for (const { text: word, start, end } of wordsIn(text)) {
    if (!isSought(word, sought)) continue
    const last = found.at(-1)
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end)
    else found.push({ start, end })
  }
  return found
}

/** Whether a word of a text is one of those that are looked for. */
export function isSought(word: string, sought: readonly SoughtWord[]): boolean {
  return formsOf(word).some((form) => sought.some(({ text, isWhole }) => (isWhole ? form === text : form.startsWith(text))))
}

/** Without case and diacritics, Arabic with one form of alef, ya, kaf and ta marbuta, digits as the keyboard has them. */
function foldedWord(word: string): string {
  const lower = word.toLowerCase()
  // Nothing of it has another form, and most words of most languages are so.
  if (lower.length <= maxWordLength && plain.test(lower)) return lower
  const folded = lower.normalize('NFKD').replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll(/[ٱىیةکـßæœøłđðþı\u0660-\u0669\u06F0-\u06F9\u0966-\u096F\u09E6-\u09EF]/gu, (letter) => otherForms[letter] ?? digitOf(letter))
  return folded.length <= maxWordLength ? folded : [...folded].slice(0, maxWordLength).join('')
}

const otherForms: Readonly<Record<string, string>> = {
  ٱ: 'ا', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ـ: '', ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i',
}

/** The digits of a script stand in a row of sixteen places that begins with its zero, or with six other signs. */
function digitOf(digit: string): string {
  const place = (digit.codePointAt(0) ?? 0) % 16
  return String(place >= 6 && (digit >= '\u0966') ? place - 6 : place)
}

function formsOf(word: string): readonly string[] {
  const bare = bareWord(word)
  return bare === word ? [word] : [word, bare]
}

function bareWord(word: string): string {
  return arabic.test(word) ? word.replace(article, '') : word
}

/** Each letter with the one behind it; the last one alone, so that it is found too. */
function pairsOf(run: string, from: number): readonly Word[] {
  const letters = [...run]
  let start = from
  return letters.map((letter, index) => {
    const pair = letter + (letters[index + 1] ?? '')
    const word = { text: pair, start, end: start + pair.length }
    start += letter.length
    return word
  })
}
