/** Columns in as few parts as have room beside each other, each about as wide as the others: on paper nothing scrolls, and what does not fit is lost without a word. */
export function columnSlices<Column>(columns: readonly Column[], most: number): readonly (readonly { readonly column: Column; readonly at: number }[])[] {
  const parts = Math.ceil(columns.length / most)
  const size = Math.ceil(columns.length / Math.max(1, parts))
  const placed = columns.map((column, at) => ({ column, at }))
  return Array.from({ length: parts }, (_, part) => placed.slice(part * size, (part + 1) * size))
}

/** The title of a part: which one of how many, where there are several. */
export function sliceTitle(title: string, { part, parts, number }: { readonly part: number; readonly parts: number; readonly number: (value: number) => string }): string {
  return parts < 2 ? title : `${title} (${number(part + 1)}/${number(parts)})`
}

/** Of the page: a sheet of A4 between its margins has room for so many, and a screen for more. */
export const mostPageColumns = 8
