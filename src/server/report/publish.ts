import { instantOf } from '#domain/new-ids.ts'
import type { PublishRequest } from '#protocol/written-report.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { refsIn } from '#report/compose.ts'
import type { Composition } from '#report/compose.ts'
import { sha256Of } from '#server/auth/secrets.ts'
import type { ServerContext } from '#server/context.ts'
import { settingsOf } from '#server/report/draft.ts'
import type { IssueDocument } from '#server/report/issue-document.ts'
import { composeWritten, issueBefore } from '#server/report/working-report.ts'
import type { PersonBy } from '#server/store/audit-store.ts'
import type { IssueEntry, PublishedAs } from '#server/store/report-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/**
 * Composes the draft once more and keeps it as it is then, for good. What was published under the same id before is answered again: publishing
 * itself has raised the version. Null: somebody wrote meanwhile, and nothing was published.
 */
export async function publishDraft(context: Pick<ServerContext, 'store' | 'clock' | 'chance'>, campaign: StoredCampaign, { asked, by }: { readonly asked: PublishRequest; readonly by: PersonBy }): Promise<PublishedAs | null> {
  const { store, clock, chance } = context
  const before = asked.id === undefined ? null : await store.reports.publishedAs(campaign.id, asked.id)
  if (before !== null) return before
  const draft = await store.reports.draft(campaign.id)
  const { from, to, next } = settingsOf(draft, { countries: campaign.countries, now: clock.now() })
  // Days that nobody has set move on at midnight.
  if (asked.days !== undefined && (asked.days.from !== from || asked.days.to !== to)) return null
  const [last] = await store.reports.issues(campaign.id)
  const number = (last?.number ?? 0) + 1
  const written = draft.parts.map(({ part }) => part)
  const composition = await composeWritten(context, campaign, { period: { from, to }, issue: number, next, written, before: await issueBefore(context, campaign) })
  const document: IssueDocument = { format: 'terrain-report', version: 1, number, publishedAt: instantOf(clock), campaign: namingOf(campaign), tree: composition.tree }
  const text = canonicalJson(document)
  const issue = { number, slug: slugOf(campaign.name, number, chance), from, to, document: text, digest: sha256Of(text), written, entries: entriesOf(composition) }
  return store.reports.publish(campaign.id, { ...asked, issue, next: periodAfter({ from, to }), by })
}

/** How topics and areas were called then; outlines of districts are on no map. */
function namingOf({ name, countries, topics, areas }: StoredCampaign): IssueDocument['campaign'] {
  const regions = areas?.filter((area) => typeof area === 'object' && area !== null && Reflect.get(area, 'within') === undefined)
  return { name, countries, ...(topics === undefined ? {} : { topics }), ...(regions === undefined ? {} : { areas: regions }) }
}

/** Letters and digits that every keyboard has, then the number, then a little chance: a name that another report has already would be refused. */
function slugOf(name: string, number: number, chance: ServerContext['chance']): string {
  const plain = name.normalize('NFKD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 40)
  return `${plain === '' ? 'report' : plain}-${number}-${Buffer.from(chance.bytes(4)).toString('hex').slice(0, 6)}`
}

function entriesOf({ counted: { challenges, actions, rumours, withheld }, tree }: Composition): readonly IssueEntry[] {
  const named = refsIn(tree.blocks)
  return [challenges, actions, rumours, withheld].flatMap((list) => list.map(({ entryId, revision, contentHash, ref }) => ({ entryId, revision, contentHash, ref, isNamed: named.has(ref) })))
}

/** As many days, from the day after: a proposal that somebody changes. */
function periodAfter({ from, to }: { readonly from: string; readonly to: string }): { readonly from: string; readonly to: string } {
  const dayMs = 86_400_000
  const length = Date.parse(to) - Date.parse(from)
  const start = Date.parse(to) + dayMs
  return { from: new Date(start).toISOString().slice(0, 10), to: new Date(start + length).toISOString().slice(0, 10) }
}
