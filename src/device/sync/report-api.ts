import type { ApiProblem } from '#device/device.ts'
import type { Result } from '#domain/result.ts'
import type { WrittenPart } from '#domain/written-report.ts'
import type { CorrectionRequest, DraftEvidence, DraftResponse, DraftSettingsRequest, FigureEntries, PublishRequest, PublishResponse } from '#protocol/written-report.ts'

/** Writing and publishing the report, together with others: what rests on another version than the present one is `precondition-failed`. */
export interface WrittenReportApi {
  readonly reportDraft: () => Promise<Result<DraftResponse, ApiProblem>>
  /** The answer of each write is the version that it has now. */
  readonly setReportDraft: (settings: DraftSettingsRequest) => Promise<Result<number, ApiProblem>>
  readonly putReportPart: (request: { readonly part: WrittenPart; readonly place: number; readonly was: number }) => Promise<Result<number, ApiProblem>>
  readonly removeReportPart: (id: string, was: number) => Promise<Result<null, ApiProblem>>
  /** What the draft rests on, and what may be inserted, composed as it stands. */
  readonly reportEvidence: (language: string) => Promise<Result<DraftEvidence, ApiProblem>>
  /** Every entry behind one number; of other days than the draft's with `from` and `to`. */
  readonly reportFigure: (order: { readonly id: string; readonly language: string; readonly from?: string; readonly to?: string }) => Promise<Result<FigureEntries, ApiProblem>>
  readonly publishReport: (request: PublishRequest) => Promise<Result<PublishResponse, ApiProblem>>
  readonly correctIssue: (number: number, correction: CorrectionRequest) => Promise<Result<null, ApiProblem>>
}
