import { foundIn } from '#report/found-in.ts'
import { issueChanges } from '#report/issue-changes.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'
import { writtenOut } from '#report/say-report.ts'
import type { ReportWords } from '#report/say-report.ts'
import type { CitedSentence, ReportTree } from '#report/tree.ts'

/**
 * What has become of an issue since it was published, as a table with its head: the file that stands beside those which stay as they were
 * published. The words are those of its page.
 */
export function changeRows(tree: ReportTree, words: ReportWords, about: Pick<IssueAbout, 'corrections' | 'gone' | 'withoutPhoto' | 'withoutWords' | 'withdrawn' | 'changed'>): readonly (readonly string[])[] {
  const sentences = new Map(foundIn(tree, isSentence).map((sentence) => [sentence.id, writtenOut(sentence)] as const))
  return [
    (['report.column.day', 'report.column.about', 'report.column.change'] as const).map((say) => words.say({ say })),
    ...about.corrections.map(({ day, text, sentence }) => [day, sentence === null ? '' : (sentences.get(sentence) ?? ''), text]),
    ...issueChanges(words, about).map(({ text, ref }) => ['', ref ?? '', text]),
  ]
}

function isSentence(value: object): value is CitedSentence {
  return 'parts' in value && 'refs' in value && 'unsupported' in value
}
