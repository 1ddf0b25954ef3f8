import type { EntryContent } from '#domain/entry.ts'

/** An entry as a matcher sees it: what the desk has of it. Whoever calls leaves out what was erased or withdrawn. */
export interface Report {
  readonly id: string
  /** The same in two reports: the same author. Opaque otherwise. */
  readonly author: string
  readonly recordedAt: string
  readonly content: EntryContent
}
