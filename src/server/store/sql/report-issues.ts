import * as v from 'valibot'
import type { CampaignId, EntryId } from '#domain/ids.ts'
import { writtenPartSchema } from '#domain/written-report.ts'
import { canonicalJson } from '#protocol/jcs.ts'
import { asOfToday } from '#report/as-of-today.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import type { IssueEntry, IssueHead, PublishedAs, Publishing, ReportStore, StoredIssue } from '#server/store/report-store.ts'
import { recordAct } from '#server/store/sql/acts.ts'
import { readTogether } from '#server/store/sql/db.ts'
import type { Db, Tx } from '#server/store/sql/db.ts'
import { lockCounters } from '#server/store/sql/locked-rows.ts'
import { byOf, draftOf, versionsOf, writeSettings } from '#server/store/sql/report-draft.ts'
import type { ReportIssueRow } from '#server/store/sql/report-rows.ts'

/** Below the number of parameters that either database takes in one statement. */
const entriesPerInsert = 500
const writtenSchema = v.array(writtenPartSchema)

/** What was published. */
export function createReportIssues(db: Db): Omit<ReportStore, 'draft' | 'saveSettings' | 'savePart' | 'removePart'> {
  return {
    publish: (campaign, publishing) => db.transaction().execute((tx) => publish(tx, campaign, publishing)),
    publishedAs: (campaign, id) => publishedAs(db, campaign, id),
    issues: async (campaign) => (await withPeople(db).where('report_issues.campaign_id', '=', campaign).orderBy('number', 'desc').execute()).map(headOf),
    issue: (campaign, number) => readTogether(db, (tx) => wholeIssue(tx, (query) => query.where('report_issues.campaign_id', '=', campaign).where('number', '=', number))),
    issueAt: (slug) => readTogether(db, (tx) => wholeIssue(tx, (query) => query.where('slug', '=', slug))),
    async namedIn(campaign, number) {
      const rows = await db.selectFrom('report_issue_entries').selectAll().where('campaign_id', '=', campaign).where('number', '=', number).where('named', '=', 1).orderBy('ref').execute()
      return rows.map((row): IssueEntry => ({ entryId: row.entry_id, revision: row.revision, contentHash: row.content_hash, ref: row.ref, isNamed: true }))
    },
    countedIn: async (campaign, number) => (await db.selectFrom('report_issue_entries').select('entry_id').where('campaign_id', '=', campaign).where('number', '=', number).execute()).map(({ entry_id: id }) => id),
    async withdrawnSince(campaign, number) {
      // Of one that was erased there may be no row any more.
      const { count } = await db.selectFrom('report_issue_entries').leftJoin('entries', (join) => join.onRef('entries.campaign_id', '=', 'report_issue_entries.campaign_id').onRef('entries.id', '=', 'report_issue_entries.entry_id'))
        .select((eb) => eb.fn.countAll().as('count')).where('report_issue_entries.campaign_id', '=', campaign).where('number', '=', number).where('named', '=', 0)
        .where((eb) => eb.or([eb('entries.id', 'is', null), eb('entries.state', '=', 'withdrawn'), eb('report_issue_entries.entry_id', 'in', takenBack(db, campaign))])).executeTakeFirstOrThrow()
      return Number(count)
    },
    correct: (campaign, number, correction) => db.transaction().execute((tx) => correct(tx, campaign, { ...correction, number })),
    async usedOf(campaign, author) {
      const rows = await usedQuery(db, campaign, author).execute()
      return rows.map(({ entry_id: entryId, number }) => ({ entryId, number: Number(number) }))
    },
  }
}

/** Exported so that a test can ask the database how it would run it. */
export function usedQuery(db: Db | Tx, campaign: CampaignId, author: string) {
  return db.selectFrom('entries').innerJoin('report_issue_entries', (join) => join.onRef('report_issue_entries.campaign_id', '=', 'entries.campaign_id').onRef('report_issue_entries.entry_id', '=', 'entries.id'))
    .select(['report_issue_entries.entry_id', 'report_issue_entries.number']).where('entries.campaign_id', '=', campaign).where('entries.author_id', '=', author as never).orderBy('report_issue_entries.number', 'desc')
}

/** Only what was read: the versions of all that was written, and the number that comes next. */
async function publish(tx: Tx, campaign: CampaignId, { id, settings, parts, issue, next, by }: Publishing): Promise<PublishedAs | null> {
  await lockCounters(tx, campaign)
  // Under the lock: the first attempt, whose answer got lost, may have been on its way until now.
  const before = id === undefined ? null : await publishedAs(tx, campaign, id)
  if (before !== null) return before
  const [{ settings: kept }, versions, last] = [await draftOf(tx, campaign), await versionsOf(tx, campaign), await tx.selectFrom('report_issues').select('number').where('campaign_id', '=', campaign).orderBy('number', 'desc').limit(1).executeTakeFirst()]
  const isAsRead = (kept?.version ?? 0) === settings && versions.size === parts.length && parts.every(({ id, version }) => versions.get(id) === version)
  if (!isAsRead || Number(last?.number ?? 0) + 1 !== issue.number) return null
  await tx.insertInto('report_issues').values({
    campaign_id: campaign, number: issue.number, slug: issue.slug, period_from: issue.from, period_to: issue.to, published_at: by.at, member_id: by.memberId,
    document: issue.document, digest: issue.digest, written: JSON.stringify(issue.written), redacted: 0, publish_id: id ?? null,
  }).execute()
  for (let at = 0; at < issue.entries.length; at += entriesPerInsert) {
    await tx.insertInto('report_issue_entries').values(issue.entries.slice(at, at + entriesPerInsert).map(({ entryId, revision, contentHash, ref, isNamed }) => ({ campaign_id: campaign, number: issue.number, entry_id: entryId, revision, content_hash: contentHash, ref, named: isNamed ? 1 : 0 }))).execute()
  }
  // What was erased since it was composed stands in its words still.
  for (const entry of await namedAndErased(tx, campaign, issue.number)) await eraseFromIssues(tx, campaign, entry)
  await writeSettings(tx, campaign, { ...next, next: null, version: (kept?.version ?? 0) + 1, member: by.memberId, at: by.at })
  await recordAct(tx, campaign, { act: 'report.published', by, subject: issue.slug, detail: { number: issue.number, digest: issue.digest } })
  return { number: issue.number, slug: issue.slug, digest: issue.digest }
}

/** What its author took back and has not written on since (`domain/taken-back.ts`): a coordinator who opens it again does not give it back. */
function takenBack(db: Db, campaign: CampaignId) {
  return db.selectFrom('changes as taken').select('taken.entry_id').where('taken.campaign_id', '=', campaign).where('taken.type', '=', 'withdraw').where((eb) => eb.or([eb('taken.quarantined', 'is', null), eb('taken.released', '=', 1)]))
    .where((eb) => eb.not(eb.exists(eb.selectFrom('changes as later').select('later.seq').whereRef('later.campaign_id', '=', 'taken.campaign_id').whereRef('later.entry_id', '=', 'taken.entry_id').whereRef('later.seq', '>', 'taken.seq')
      .where('later.type', '=', 'revise').where((or) => or.or([or('later.quarantined', 'is', null), or('later.released', '=', 1)])))))
}

async function namedAndErased(tx: Tx, campaign: CampaignId, number: number): Promise<readonly EntryId[]> {
  const rows = await tx.selectFrom('report_issue_entries as named').select('named.entry_id').where('named.campaign_id', '=', campaign).where('named.number', '=', number).where('named.named', '=', 1)
    .where((eb) => eb.exists(eb.selectFrom('changes').select('changes.seq').whereRef('changes.campaign_id', '=', 'named.campaign_id').whereRef('changes.entry_id', '=', 'named.entry_id').where('changes.erased_at', 'is not', null)
      .where((or) => or.or([or('changes.quarantined', 'is', null), or('changes.released', '=', 1)])))).execute()
  return rows.map(({ entry_id: id }) => id)
}

async function publishedAs(db: Db | Tx, campaign: CampaignId, id: string): Promise<PublishedAs | null> {
  const row = await db.selectFrom('report_issues').select(['number', 'slug', 'digest']).where('campaign_id', '=', campaign).where('publish_id', '=', id).executeTakeFirst()
  return row === undefined ? null : { ...row, number: Number(row.number) }
}

function withPeople(db: Db | Tx) {
  return db.selectFrom('report_issues')
    .leftJoin('members', (join) => join.onRef('members.campaign_id', '=', 'report_issues.campaign_id').onRef('members.id', '=', 'report_issues.member_id'))
    .select(['report_issues.campaign_id', 'report_issues.number', 'report_issues.slug', 'report_issues.period_from', 'report_issues.period_to', 'report_issues.published_at', 'report_issues.digest', 'report_issues.member_id', 'members.name'])
}

type HeadRow = Omit<ReportIssueRow, 'document' | 'written' | 'redacted' | 'publish_id'> & { readonly name: string | null }

function headOf(row: HeadRow): IssueHead {
  return { campaignId: row.campaign_id, number: Number(row.number), slug: row.slug, from: row.period_from, to: row.period_to, publishedAt: row.published_at, by: byOf(row.member_id, row.name), digest: row.digest }
}

async function wholeIssue(tx: Tx, narrow: (query: ReturnType<typeof withPeople>) => ReturnType<typeof withPeople>): Promise<StoredIssue | null> {
  const row = await narrow(withPeople(tx)).select(['report_issues.document', 'report_issues.written', 'report_issues.redacted']).executeTakeFirst()
  if (row === undefined) return null
  const corrections = await tx.selectFrom('report_corrections').selectAll().where('campaign_id', '=', row.campaign_id).where('number', '=', row.number).orderBy('at').orderBy('id').execute()
  return {
    ...headOf(row), document: row.document, isRedacted: Number(row.redacted) === 1, written: v.parse(writtenSchema, JSON.parse(row.written)),
    corrections: corrections.map(({ id, at, sentence, words, lang }) => ({ id, at, sentence, text: words, lang })),
  }
}

async function correct(tx: Tx, campaign: CampaignId, { number, id, sentence, text, lang, by }: Parameters<ReportStore['correct']>[2] & { readonly number: number }): Promise<boolean | 'differs'> {
  const issue = await tx.selectFrom('report_issues').select('slug').where('campaign_id', '=', campaign).where('number', '=', number).executeTakeFirst()
  if (issue === undefined) return false
  const { numInsertedOrUpdatedRows } = await tx.insertInto('report_corrections').values({ campaign_id: campaign, number, id, at: by.at, member_id: by.memberId, sentence, words: text, lang }).onConflict((oc) => oc.doNothing()).executeTakeFirst()
  if (Number(numInsertedOrUpdatedRows ?? 0) > 0) {
    await recordAct(tx, campaign, { act: 'report.corrected', by, subject: issue.slug, words: text, detail: { number } })
    return true
  }
  // The answer to the first sending got lost, and its words were changed since: what stands in public are those of then.
  const known = await tx.selectFrom('report_corrections').select(['words', 'lang', 'sentence']).where('campaign_id', '=', campaign).where('number', '=', number).where('id', '=', id).executeTakeFirst()
  return known?.words === text && known.lang === lang && known.sentence === sentence ? true : 'differs'
}

/** Words and facts of an entry that is erased go from what was published as well, as they went from the page. The digest stays: it is of what was published. */
export async function eraseFromIssues(tx: Tx, campaign: CampaignId, entry: EntryId): Promise<void> {
  const named = await tx.selectFrom('report_issue_entries').select(['number', 'ref']).where('campaign_id', '=', campaign).where('entry_id', '=', entry).where('named', '=', 1).execute()
  for (const { number, ref } of named) {
    const { document } = await tx.selectFrom('report_issues').select('document').where('campaign_id', '=', campaign).where('number', '=', number).executeTakeFirstOrThrow()
    const known = issueDocument({ document })
    const without = canonicalJson({ ...known, tree: asOfToday(known.tree, { refs: new Set([ref]), photos: new Set() }) })
    if (without !== document) await tx.updateTable('report_issues').set({ document: without, redacted: 1 }).where('campaign_id', '=', campaign).where('number', '=', number).execute()
  }
}
