import type { Ref } from '#domain/ids.ts'
import { isSmall } from '#domain/small-cells.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import type { ReportWords } from '#report/say-report.ts'

/** One thing that has happened to a published issue; `gone` is the entry that is not shown any more, whose row of evidence is gone too. `ref`: of what entry it tells. */
export interface IssueChange {
  readonly text: string
  readonly ref: Ref | null
  readonly gone: Ref | null
}

/** What has become of its evidence since it was published, in words: page and document say the same. */
export function issueChanges(words: ReportWords, { gone, withoutPhoto, withoutWords, withdrawn, changed }: Pick<IssueAbout, 'gone' | 'withoutPhoto' | 'withoutWords' | 'withdrawn' | 'changed'>): readonly IssueChange[] {
  const named = (ref: Ref) => ({ is: 'text', text: ref }) as const
  return [
    ...gone.map((ref) => ({ ref, gone: ref, text: words.say({ say: 'report.issue.gone', with: { ref: named(ref) } }) })),
    ...withoutPhoto.map((ref) => ({ ref, gone: null, text: words.say({ say: 'report.issue.photosGone', with: { ref: named(ref) } }) })),
    ...withoutWords.map((ref) => ({ ref, gone: null, text: words.say({ say: 'report.issue.wordsGone', with: { ref: named(ref) } }) })),
    ...(withdrawn === 0 ? [] : [{ ref: null, gone: null, text: words.say(isSmall(withdrawn) ? { say: 'report.issue.withdrawnSome' } : { say: 'report.issue.withdrawn', with: { count: { is: 'number', number: withdrawn } } }) }]),
    ...changed.map(({ ref, changes, beforehand }) => ({ ref, gone: null, text: words.say({ say: beforehand === true ? 'report.issue.unread' : 'report.issue.reopened', with: { ref: named(ref), what: { is: 'text', text: words.sentences(changes.map((change) => words.say({ say: `report.evidence.${change}` }))) } } }) })),
  ]
}
