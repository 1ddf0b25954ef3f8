/** Whether a text holds all words of a search, with or without accents. */
export function holdsWords(text: string, sought: string): boolean {
  const plain = plainText(text)
  return plainText(sought).split(/\s+/u).every((word) => plain.includes(word))
}

function plainText(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim()
}
