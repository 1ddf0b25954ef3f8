import type { Ref } from '#domain/ids.ts'
import type { ReportTree } from '#report/tree.ts'

/**
 * A published tree without what may not be shown any more: words of the entries, and their rows of evidence. Everything else stays as it
 * was published. A quotation without words says that they are gone.
 */
export function asOfToday(tree: ReportTree, gone: ReadonlySet<Ref>): ReportTree {
  if (gone.size === 0) return tree
  const { version, blocks } = withoutQuotes(tree, gone) as ReportTree
  return { version, blocks: blocks.map((block) => (block.block === 'annex' ? { ...block, rows: block.rows.filter(({ ref }) => !gone.has(ref)) } : block)) }
}

function withoutQuotes(value: unknown, gone: ReadonlySet<Ref>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutQuotes(item, gone))
  if (typeof value !== 'object' || value === null) return value
  const isGone = isQuotation(value) && gone.has(value.ref)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, isGone && key === 'text' ? '' : isGone && key === 'role' ? null : withoutQuotes(inner, gone)]))
}

/** The refs of what is quoted in a tree. */
export function quotedRefs(value: unknown, found = new Set<Ref>()): ReadonlySet<Ref> {
  if (Array.isArray(value)) for (const item of value) quotedRefs(item, found)
  else if (typeof value === 'object' && value !== null) {
    if (isQuotation(value)) found.add(value.ref)
    for (const inner of Object.values(value)) quotedRefs(inner, found)
  }
  return found
}

function isQuotation(value: object): value is { readonly text: string; readonly ref: Ref } {
  return 'text' in value && typeof value.text === 'string' && 'role' in value && 'ref' in value && typeof value.ref === 'string'
}
