import type { Ref } from '#domain/ids.ts'
import { foundIn } from '#report/found-in.ts'
import { isPhoto } from '#report/photos.ts'
import type { Quotation, ReportPhoto, ReportTree } from '#report/tree.ts'

/** What of a published report may not be shown any more. */
export interface Gone {
  /** Words and facts of these entries. */
  readonly refs: ReadonlySet<Ref>
  /** Photos, also of entries that may be shown otherwise. */
  readonly photos: ReadonlySet<string>
  /** Entries that may be shown otherwise, and what was quoted of them was changed since. */
  readonly quotes?: ReadonlySet<Ref>
  /** Photos that may be shown, without the words below them, which were changed since. */
  readonly captions?: ReadonlySet<string>
}

/**
 * A published tree without what may not be shown any more: words, photos and facts of entries, and their rows of evidence. Everything else stays as
 * it was published. A quotation without words and a photo without a name say that they are gone.
 */
export function asOfToday(tree: ReportTree, gone: Gone): ReportTree {
  if (gone.refs.size + gone.photos.size + (gone.quotes?.size ?? 0) + (gone.captions?.size ?? 0) === 0) return tree
  const { version, blocks } = withoutGone(tree, gone) as ReportTree
  return { version, blocks: blocks.map((block) => (block.block === 'annex' ? { ...block, rows: block.rows.filter(({ ref }) => !gone.refs.has(ref)) } : block)) }
}

function withoutGone(value: unknown, gone: Gone): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutGone(item, gone))
  if (typeof value !== 'object' || value === null) return value
  if (isQuotation(value) && gone.refs.has(value.ref)) return { ...value, ...nowhere, text: '', role: null }
  if (isQuotation(value) && gone.quotes?.has(value.ref) === true) return { ...value, text: '', role: null }
  if (isPhoto(value) && gone.refs.has(value.ref)) return { ...value, ...nowhere, photo: null, caption: null }
  if (isPhoto(value) && value.photo !== null && gone.photos.has(value.photo)) return { ...value, photo: null, caption: null }
  if (isPhoto(value) && value.photo !== null && gone.captions?.has(value.photo) === true) return { ...value, caption: null }
  // As an example of a number an entry tells its place, its topic and what it is in need of.
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === 'sample' && Array.isArray(inner) ? inner.filter((ref: Ref) => !gone.refs.has(ref)) : withoutGone(inner, gone)]))
}

/** From where, when and in which language it was is told by the words alone. */
const nowhere = { area: null, month: null, lang: 'und' } as const

export function quotedIn(tree: ReportTree): readonly Quotation[] {
  return foundIn(tree, isQuotation)
}

/** The refs of what is quoted in a tree. */
export function quotedRefs(tree: ReportTree): ReadonlySet<Ref> {
  return new Set(quotedIn(tree).map(({ ref }) => ref))
}

/** Of those the ones beside whose words stands who said them. */
export function refsWithRole(tree: ReportTree): ReadonlySet<Ref> {
  return new Set(quotedIn(tree).flatMap(({ ref, role }) => (role === null ? [] : [ref])))
}

export function picturedIn(tree: ReportTree): readonly ReportPhoto[] {
  return foundIn(tree, isPhoto)
}

function isQuotation(value: object): value is Quotation {
  return 'text' in value && typeof value.text === 'string' && 'role' in value && 'ref' in value && typeof value.ref === 'string'
}
