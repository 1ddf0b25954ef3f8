import { isShareable, sensitivityOf } from '#domain/disclosure.ts'
import type { EntryId } from '#domain/ids.ts'
import { smallest } from '#domain/small-cells.ts'
import type { DraftEvidence } from '#protocol/written-report.ts'
import type { Counted, CountedEntry } from '#report/counted-entry.ts'
import type { Period } from '#report/weeks.ts'
import type { ServerContext } from '#server/context.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** With more that went, nobody reads one out of a difference. */
const mostGone = 200

interface Past extends Period {
  readonly number: number
  readonly entries: readonly EntryId[]
}

/**
 * Sensitive entries that the draft counts and issues of before do not, or the other way round, so few of their topic that whoever subtracts the numbers
 * of the one from those of the other reads them out: topic, region and week. Null: there are none.
 */
export async function besideIssues({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, { counted, period }: { readonly counted: Counted; readonly period: Period }): Promise<NonNullable<DraftEvidence['beside']> | null> {
  const now = [counted.challenges, counted.actions, counted.rumours, counted.withheld].flat()
  const heads = (await store.reports.issues(campaign.id)).filter(({ from, to }) => to >= period.from && from <= period.to)
  const past = await Promise.all(heads.map(async ({ number, from, to }): Promise<Past> => ({ number, from, to, entries: await store.reports.countedIn(campaign.id, number) })))
  for (const issues of laidTogether(past, period)) {
    const entries = await fewSensitive({ store }, campaign, { now, before: new Set(issues.flatMap((issue) => issue.entries)) })
    if (entries > 0) return { issues: issues.map(({ number }) => number).toSorted((one, other) => one - other), entries }
  }
  return null
}

/** Each by itself; and of those that follow each other within the draft's days all, and all but one: a quarter without its other months is a month. */
function laidTogether(past: readonly Past[], period: Period): readonly (readonly Past[])[] {
  const inside = past.filter(({ from, to }) => from >= period.from && to <= period.to)
  const apart = inside.filter((one, at) => inside.every((other, place) => place >= at || other.from > one.to || other.to < one.from))
  const several = apart.length < 2 ? [] : [apart, ...(apart.length < 3 ? [] : apart.map((out) => apart.filter((one) => one !== out)))]
  return [...past.map((one) => [one]), ...several]
}

interface Pair {
  readonly now: readonly CountedEntry[]
  readonly before: ReadonlySet<EntryId>
}

async function fewSensitive({ store }: Pick<ServerContext, 'store'>, { id, defaultSensitivity }: StoredCampaign, { now, before }: Pair): Promise<number> {
  const came = now.filter(({ entryId }) => !before.has(entryId))
  const here = new Set(now.map(({ entryId }) => entryId))
  const missing = [...before].filter((entry) => !here.has(entry))
  if (missing.length > mostGone) return 0
  const states = await store.near.states(id, missing)
  const gone = missing.map((entry) => states.get(entry) ?? null)
  const changed = new Map<string, number>()
  for (const topic of [...came.map(({ content }) => content.topic), ...gone.flatMap((state) => state?.content.topic ?? [])]) changed.set(topic, (changed.get(topic) ?? 0) + 1)
  const isFew = (topic: string) => (changed.get(topic) ?? 0) < smallest
  // Of what was erased nobody knows any more what it was about.
  return came.filter(({ standing, content }) => standing !== 'open' && isFew(content.topic)).length
    + gone.filter((state) => state === null || (!isShareable(sensitivityOf(state, defaultSensitivity)) && isFew(state.content.topic))).length
}
