import { mayStayPublished, photoMayStayPublished } from '#domain/disclosure.ts'
import type { EntryState } from '#domain/entry-state.ts'
import type { EntryId, Ref } from '#domain/ids.ts'
import { wordsToday } from '#domain/words-today.ts'
import type { WordsToday } from '#domain/words-today.ts'
import { locales, ownNames } from '#i18n/locale.ts'
import type { Locale } from '#i18n/locale.ts'
import { asOfToday, picturedIn, quotedIn, quotedRefs, refsWithRole } from '#report/as-of-today.ts'
import { changedCitations, isUnchangedSince } from '#report/faithfulness.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import type { ReportTree } from '#report/tree.ts'
import type { ServerContext } from '#server/context.ts'
import { campaignDay } from '#server/report/campaign-day.ts'
import { issueDocument } from '#server/report/issue-document.ts'
import type { IssueDocument } from '#server/report/issue-document.ts'
import type { StoredIssue } from '#server/store/report-store.ts'
import type { StoredCampaign } from '#server/store/store.ts'

/** A published issue as it may be read today. */
export interface PublishedIssue {
  readonly issue: StoredIssue
  readonly document: IssueDocument
  /** Without the words of entries that were withdrawn, erased or found to be sensitive since. */
  readonly tree: ReportTree
  readonly gone: readonly Ref[]
  /** Entries that may be shown, without a photo of theirs that may not. */
  readonly withoutPhoto: readonly Ref[]
  /** Entries that may be shown, without words of theirs that were changed since. */
  readonly withoutWords: readonly Ref[]
  /** Entries without a ref in it that count in its numbers and were withdrawn since. */
  readonly withdrawn: number
  readonly changed: IssueAbout['changed']
  readonly newer: { readonly number: number; readonly slug: string } | null
}

/** Read anew each time: whoever withdraws an entry finds it gone from what was published, at once. */
export async function publishedIssue({ store }: Pick<ServerContext, 'store'>, campaign: StoredCampaign, issue: StoredIssue): Promise<PublishedIssue> {
  const document = issueDocument(issue)
  const named = await store.reports.namedIn(campaign.id, issue.number)
  const states = await store.near.states(campaign.id, named.map(({ entryId }) => entryId))
  const stateOf = (id: EntryId): EntryState | null => states.get(id) ?? null
  const [quoted, withRole] = [quotedRefs(document.tree), refsWithRole(document.tree)]
  const gone = new Set(named.flatMap(({ entryId, ref }) => {
    const state = stateOf(entryId)
    return state !== null && mayStayPublished(state, { isQuoted: quoted.has(ref), hasRole: withRole.has(ref), campaignDefault: campaign.defaultSensitivity }) ? [] : [ref]
  }))
  const refs = new Map(named.map(({ entryId, ref }) => [entryId, ref] as const))
  const ids = new Map(named.map(({ entryId, ref }) => [ref, entryId] as const))
  const gonePhotos = picturedIn(document.tree).filter(({ ref, photo }) => {
    const id = ids.get(ref)
    const state = id === undefined ? null : stateOf(id)
    return photo === null || state === null || !photoMayStayPublished(state, { photo, campaignDefault: campaign.defaultSensitivity })
  })
  // What waited to be read when it was published stood in it all the same: only what came after takes words out.
  const saysNow = new Map(named.flatMap(({ entryId, ref }) => {
    const state = stateOf(entryId)
    return state === null || gone.has(ref) || isUnchangedSince(state, issue.publishedAt) ? [] : [[ref, wordsToday(state, campaign.defaultSensitivity)] as const]
  }))
  const photos = new Set(gonePhotos.flatMap(({ photo }) => photo ?? []))
  const otherWords = changedWords(document.tree, saysNow, photos)
  const changed = changedCitations(named, stateOf).flatMap(({ citation, changes }) => {
    const ref = refs.get(citation.entryId)
    const state = stateOf(citation.entryId)
    return ref === undefined || gone.has(ref) ? [] : [{ ref, changes, beforehand: state !== null && isUnchangedSince(state, issue.publishedAt) }]
  })
  const [newest] = await store.reports.issues(campaign.id)
  return {
    issue, document, changed, withdrawn: await store.reports.withdrawnSince(campaign.id, issue.number), gone: [...gone], withoutPhoto: [...new Set(gonePhotos.map(({ ref }) => ref))].filter((ref) => !gone.has(ref)),
    withoutWords: otherWords.of, tree: asOfToday(document.tree, { refs: gone, photos, quotes: otherWords.quotes, captions: otherWords.captions }), newer: newest === undefined || newest.number <= issue.number ? null : newest,
  }
}

/** Whose quotation, and which photo's caption, is not what the entry says by now. */
function changedWords(tree: ReportTree, saysNow: ReadonlyMap<Ref, WordsToday>, gonePhotos: ReadonlySet<string>): { readonly quotes: ReadonlySet<Ref>; readonly captions: ReadonlySet<string>; readonly of: readonly Ref[] } {
  const quotes = quotedIn(tree).filter(({ ref, text }) => saysNow.has(ref) && saysNow.get(ref)?.quote !== text)
  const captioned = picturedIn(tree).filter(({ ref, photo, caption }) => photo !== null && caption !== null && !gonePhotos.has(photo) && saysNow.has(ref) && saysNow.get(ref)?.captions.get(photo) !== caption)
  return { quotes: new Set(quotes.map(({ ref }) => ref)), captions: new Set(captioned.flatMap(({ photo }) => photo ?? [])), of: [...new Set([...quotes, ...captioned].map(({ ref }) => ref))] }
}

export const fileNames = { document: 'report.docx', data: 'report.json', table: 'evidence.csv', changes: 'changes.csv', preview: 'preview.png' } as const

/** Whether anything was corrected, taken back or changed since: then a file of its own says what, beside those that stay as they were published. */
export function hasChanged({ issue, gone, withoutPhoto, withdrawn, changed }: PublishedIssue): boolean {
  return issue.corrections.length + gone.length + withoutPhoto.length + withdrawn + changed.length > 0
}

/** Without who wrote them. */
export function correctionsOf({ issue: { corrections }, document }: Pick<PublishedIssue, 'issue' | 'document'>): IssueAbout['corrections'] {
  return corrections.map(({ at, text, lang, sentence }) => ({ day: campaignDay(at, document.campaign.countries), text, lang, sentence }))
}

/** What its page says of it. */
export async function aboutIssue(published: PublishedIssue, { publicUrl, locale }: { readonly publicUrl: string; readonly locale: Locale }): Promise<IssueAbout> {
  const { issue, document, gone, withoutPhoto, withoutWords, withdrawn, changed, newer } = published
  const { encode } = await import('uqr')
  const path = `/r/${issue.slug}`
  const url = `${publicUrl}${path}`
  const file = (name: IssueAbout['files'][number]['name'], type: string) => ({ name, type, href: `${path}/${fileNames[name]}${name === 'data' ? '' : `?language=${locale}`}` })
  return {
    url, preview: `${url}/${fileNames.preview}?language=${locale}`, qr: encode(url, { border: 0 }).data, publishedOn: campaignDay(issue.publishedAt, document.campaign.countries), digest: issue.digest, gone, withoutPhoto, withoutWords, withdrawn, changed,
    corrections: correctionsOf(published),
    languages: locales.map((one) => ({ locale: one, name: ownNames[one], href: `${path}?language=${one}` })),
    files: [file('document', 'DOCX'), file('table', 'CSV'), file('data', 'JSON'), ...(hasChanged(published) ? [file('changes', 'CSV')] : [])],
    newer: newer === null ? null : { number: newer.number, href: `/r/${newer.slug}?language=${locale}` },
  }
}
