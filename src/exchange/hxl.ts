/** An HXL tag: `#geo+lat` is tag `geo` with attribute `lat`. Old forms such as `#lat_deg` stay one tag. */
export interface HxlTag {
  readonly tag: string
  readonly attributes: readonly string[]
}

/** HXL 1.1: a tag begins with `#`, attributes with `+`; null for anything else. */
export function parseHxlTag(text: string): HxlTag | null {
  const match = /^\s*#([A-Za-z][A-Za-z0-9_]*)((?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*)\s*$/.exec(text)
  if (match === null) return null
  const attributes = (match[2] ?? '').split('+').map((attribute) => attribute.trim().toLowerCase()).filter((attribute) => attribute !== '')
  return { tag: (match[1] ?? '').toLowerCase(), attributes }
}

const rowsSearched = 25

/** The row of tags: the first of 25 rows that has a tag and nothing but tags and empty cells; -1 when there is none. */
export function tagRowIndex(rows: readonly (readonly string[])[]): number {
  return rows.slice(0, rowsSearched).findIndex((row) => {
    const filled = row.filter((cell) => cell.trim() !== '')
    return filled.length > 0 && filled.every((cell) => parseHxlTag(cell) !== null)
  })
}

/** Written the one way that is compared: `#geo+lat`, attributes in order of the alphabet. */
export function canonicalTag({ tag, attributes }: HxlTag): string {
  return `#${tag}${[...attributes].sort().map((attribute) => `+${attribute}`).join('')}`
}

/** Attributes that say how a value is written or counted, and leave what it means: individuals, households, a name, a vocabulary. */
const neutral = /^(?:ind|hh|num|code|name|text|v_[a-z0-9_]+)$/

/**
 * The tag in a table that stands for a wanted one: the same, or else the first with the same tag and all its attributes,
 * where what it has besides only says how the value is written (`#affected+ind+min` for `#affected+min`). '' for none. A
 * broader `#description+lang` never stands for `#description`.
 */
export function tagFor(tags: readonly string[], wanted: string): string {
  if (tags.includes(wanted)) return wanted
  const sought = parseHxlTag(wanted)
  return tags.find((candidate) => {
    const found = parseHxlTag(candidate)
    if (sought === null || found === null || found.tag !== sought.tag) return false
    return sought.attributes.every((attribute) => found.attributes.includes(attribute)) && found.attributes.every((attribute) => sought.attributes.includes(attribute) || neutral.test(attribute))
  }) ?? ''
}
