/** A name as it is compared: people write one with and without accents, capitals, signs and blanks. Empty for what is only signs. */
export function nameKey(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[\s\p{P}]+/gu, ' ').trim().toLowerCase()
}

/** What a name is told apart by, in lists and in the report: as it is compared, and one that is only signs by them. */
export function keptApartBy(name: string): string {
  return nameKey(name) || name.trim()
}
