/** One row to draw, or a gap where rows are not drawn. */
export type WindowPart =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'gap'; readonly index: number; readonly height: number }

interface WindowQuestion {
  readonly ids: readonly string[]
  /** Drawn wherever they are: the one that is read, and the one that has the focus, which would be lost with its row. */
  readonly kept: ReadonlySet<string>
  /** In pixels from the beginning of the list; null when nothing is known of it. */
  readonly seen: { readonly from: number; readonly to: number } | null
  readonly heightOf: (id: string) => number
}

/** Rows and gaps in the order of the list; each gap is as high as the rows that it stands for. */
export function shownParts({ ids, kept, seen, heightOf }: WindowQuestion): readonly WindowPart[] {
  const parts: WindowPart[] = []
  let top = 0
  ids.forEach((id, index) => {
    const height = heightOf(id)
    const isShown = seen === null || (top + height > seen.from && top < seen.to) || kept.has(id)
    const last = parts.at(-1)
    if (isShown) parts.push({ kind: 'row', index })
    else if (last?.kind === 'gap') parts[parts.length - 1] = { ...last, height: last.height + height }
    else parts.push({ kind: 'gap', index, height })
    top += height
  })
  return parts
}
