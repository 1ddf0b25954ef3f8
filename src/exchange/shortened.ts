/** At most so many UTF-16 code units, with dots where something was cut off; a character is kept whole or left out. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
