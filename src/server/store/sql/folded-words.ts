/**
 * Words as they are compared in a search: without case, without diacritics, and in Arabic without vowel signs and with one
 * form of alef, ya and ta marbuta, because people type them in different ways.
 */
export function foldedWords(text: string): string {
  return text
    .normalize('NFKD').replaceAll(/\p{M}/gu, '')
    .replaceAll(/[أإآٱ]/gu, 'ا').replaceAll('ى', 'ي').replaceAll('ة', 'ه').replaceAll('ـ', '')
    .toLowerCase()
}
