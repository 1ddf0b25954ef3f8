import { isShareable, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import { smallest } from '#domain/small-cells.ts'
import type { DraftEvidence } from '#protocol/written-report.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import type { Period } from '#report/weeks.ts'
import type { ServerContext } from '#server/context.ts'
import type { IssueHead } from '#server/store/report-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** With more that went, nobody reads one out of a difference. */
const mostGone = 200

/**
 * Sensitive entries that an issue of before and the draft do not both count, though both count their day, and so few of their topic that whoever lays both
 * beside each other reads them out of the differences: what they are about, from where and of which week. Null: there are none.
 */
export async function besideIssue({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { counted, period }: { readonly counted: Counted; readonly period: Period }): Promise<NonNullable<DraftEvidence['beside']> | null> {
  const now = [counted.challenges, counted.actions, counted.rumours, counted.withheld].flat()
  for (const issue of await store.reports.issues(campaign.id)) {
    if (issue.to < period.from || issue.from > period.to) continue
    const entries = await fewSensitive({ store }, campaign, { now, issue, period })
    if (entries > 0) return { number: issue.number, entries }
  }
  return null
}

interface Pair {
  readonly now: readonly CountedEntry[]
  readonly issue: IssueHead
  readonly period: Period
}

async function fewSensitive({ store }: Pick<ServerContext, 'store'>, { id, defaultSensitivity }: StoredCampaign, { now, issue, period }: Pair): Promise<number> {
  const then = new Set(await store.reports.countedIn(id, issue.number))
  const came = now.filter(({ entryId }) => !then.has(entryId))
  const here = new Set(now.map(({ entryId }) => entryId))
  const missing = [...then].filter((entry) => !here.has(entry))
  if (missing.length > mostGone) return 0
  const states = await store.near.states(id, missing)
  // What the draft does not count because of its days alone is no difference of those that both count.
  const gone = missing.map((entry) => states.get(entry) ?? null).filter((state) => state === null || isWithin(state.content.observedOn, period))
  const changed = new Map<string, number>()
  for (const topic of [...came.map(({ content }) => content.topic), ...gone.flatMap((state) => state?.content.topic ?? [])]) changed.set(topic, (changed.get(topic) ?? 0) + 1)
  const isFew = (topic: string) => (changed.get(topic) ?? 0) < smallest
  const isHidden = (state: EntryState | null) => state === null || (!isShareable(sensitivityOf(state, defaultSensitivity)) && isFew(state.content.topic))
  return came.filter(({ standing, content }) => standing !== 'open' && isWithin(content.observedOn, issue) && isFew(content.topic)).length + gone.filter(isHidden).length
}

function isWithin(day: string, { from, to }: Period): boolean {
  return day >= from && day <= to
}
