import { besides } from '#domain/written-report.ts'
import type { Citation, WrittenPart } from '#domain/written-report.ts'

export interface Listed<One> {
  readonly listed: readonly One[]
  /** So many more there are, and are not in the list. */
  readonly older: number
}

/** Of what stands newest first as many as a desk can list; whatever the draft cites already is among them, however old it is. */
export function listedOf<One extends { readonly citation: Citation }>(all: readonly One[], { most, written }: { readonly most: number; readonly written: readonly WrittenPart[] }): Listed<One> {
  const cited = new Set(written.flatMap(besides).map(({ entryId }) => entryId))
  let room = most
  const listed = all.filter(({ citation }) => cited.has(citation.entryId) || (room -= 1) >= 0)
  return { listed, older: all.length - listed.length }
}
