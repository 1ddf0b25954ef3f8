import * as v from 'valibot'
import type { Instant } from '#domain/ids.ts'
import type { ReportTree } from '#report/tree.ts'
import type { Naming } from '#server/report/working-report.ts'
import type { StoredIssue } from '#server/store/report-store.ts'

/** What is published, whole: with the names of topics and areas as they were. Its digest is SHA-256 over its canonical JSON (RFC 8785). */
export interface IssueDocument {
  readonly format: 'terrain-report'
  readonly version: 1
  readonly number: number
  readonly publishedAt: Instant
  readonly campaign: Naming & { readonly name: string }
  readonly tree: ReportTree
}

const ownSchema = v.looseObject({ format: v.literal('terrain-report'), version: v.literal(1), tree: v.looseObject({ version: v.literal(1), blocks: v.array(v.unknown()) }) })

/** As this server wrote it; another version of it would have to be read by other rules. */
export function issueDocument({ document }: Pick<StoredIssue, 'document'>): IssueDocument {
  return v.parse(ownSchema, JSON.parse(document)) as unknown as IssueDocument
}
