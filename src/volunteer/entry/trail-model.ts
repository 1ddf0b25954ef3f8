import type { LocalEntry } from '#device/device.ts'
import type { UsedIn } from '#device/used-entries.ts'
import type { EntryState, TrailStep } from '#domain/entry-state.ts'
import type { Instant, MemberId } from '#domain/ids.ts'
import { openQuestions } from '#volunteer/entries/standing.ts'

/** One mark on the trail. `ahead` is what may still come; `now` waits for the author; `ended` is an end that is not the report. */
export interface TrailMark {
  readonly key: string
  readonly step: TrailStep['step'] | 'answered' | 'report'
  readonly phase: 'past' | 'now' | 'ahead' | 'ended'
  readonly by: MemberId | null
  readonly at: Instant | null
  readonly isOnlyHere: boolean
  /** It has arrived, and counts once a coordinator says so. */
  readonly isAside?: boolean
  readonly reason: string | undefined
  /** The published report that counts the entry, where the mark stands for one. */
  readonly used?: UsedIn
}

/** What became of an entry: what has happened, with the reports that count it, then what is ahead of it, unless it has ended otherwise. */
export function trailOf(entry: LocalEntry, reports: readonly UsedIn[] = []): readonly TrailMark[] {
  const { state } = entry
  const waits = openQuestions(entry)
  const past = state.trail.map((step): TrailMark => ({
    key: `${step.step} ${step.change}`,
    step: isAnswer(state, step) ? 'answered' : step.step,
    phase: phaseOf(state, step, waits.some((question) => question.decision === step.change)),
    by: step.memberId,
    at: step.at,
    isOnlyHere: step.seq === null,
    ...(entry.isAside === true && step.step === 'received' ? { isAside: true } : {}),
    reason: step.reason,
  }))
  return [...withReports(past, reports), ...marksAhead(state, reports.length > 0)]
}

/** A report stands where it came: what was changed or taken back since stands below it. */
function withReports(past: readonly TrailMark[], reports: readonly UsedIn[]): readonly TrailMark[] {
  const marks = reports.map((used): TrailMark => ({ key: `report ${used.number}`, step: 'report', phase: 'past', by: null, at: used.publishedAt, isOnlyHere: false, reason: undefined, used }))
  return marks.toSorted((one, other) => compareTimes(one, other)).reduce<readonly TrailMark[]>((trail, mark) => {
    const place = trail.findLastIndex((step) => step.at !== null && compareTimes(step, mark) <= 0) + 1
    return [...trail.slice(0, place), mark, ...trail.slice(place)]
  }, past)
}

function compareTimes(one: TrailMark, other: TrailMark): number {
  return Date.parse(one.at ?? '') - Date.parse(other.at ?? '')
}

function phaseOf(state: EntryState, step: TrailStep, isWaiting: boolean): TrailMark['phase'] {
  if (isWaiting) return 'now'
  const isEnd = (step.step === 'withdrawn' && state.review === 'withdrawn') || (step.step === 'reject' && state.review === 'rejected')
  return isEnd ? 'ended' : 'past'
}

function isAnswer(state: EntryState, step: TrailStep): boolean {
  return step.step === 'revised' && state.questions.some((question) => question.answeredBy === step.change)
}

function marksAhead({ review, receivedAt }: EntryState, isReported: boolean): readonly TrailMark[] {
  if (review === 'withdrawn' || review === 'rejected') return []
  const ahead: TrailMark['step'][] = [...(receivedAt === null ? ['received' as const] : []), ...(review === 'approved' ? [] : ['approve' as const]), ...(isReported ? [] : ['report' as const])]
  return ahead.map((step) => ({ key: `ahead ${step}`, step, phase: 'ahead', by: null, at: null, isOnlyHere: false, reason: undefined }))
}
