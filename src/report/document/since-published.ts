import { InternalHyperlink } from 'docx'
import type { FileChild } from 'docx'
import { bookmarked, ink, readsFromRight, sentenceAnchor } from '#report/document/writing.ts'
import type { Writing } from '#report/document/writing.ts'
import { issueChanges } from '#report/issue-changes.ts'
import type { IssueAbout } from '#report/page/issue-about.ts'

/** Below the cover, as on the page: a document is passed on alone, and what was corrected or taken back must go with it. */
export function sincePublished(writing: Writing, about: IssueAbout): readonly FileChild[] {
  const { words, heading, paragraph, spoken, run, say, note, isRtl } = writing
  const bullet = { bullet: { level: 0 } } as const
  const corrections = about.corrections.flatMap(({ day, text, sentence }) => {
    const when = run(words.day(day), { color: sentence === null ? ink.quiet : ink.link })
    const link = sentence === null ? when : new InternalHyperlink({ anchor: sentenceAnchor(sentence), children: [when] })
    // Words that read the other way have a line of their own.
    return (readsFromRight(text) ?? isRtl) === isRtl ? [paragraph([link, run(` ${text}`)], bullet)] : [paragraph([link], bullet), spoken(text, { indent: { start: 400 } })]
  })
  // The refs of what is gone lead here: its row of evidence is gone too.
  const changes = issueChanges(words, about).map(({ text, gone }) => paragraph([gone === null ? run(text) : bookmarked(gone, run(text))], bullet))
  return [
    ...(about.newer === null ? [] : [note(say({ say: 'report.issue.newer', with: { number: { is: 'number', number: about.newer.number } } }))]),
    ...(corrections.length + changes.length === 0 ? [] : [heading(say('report.issue.changes'), 2), ...corrections, ...changes]),
  ]
}

/** Where it was published, and by what it can be told from another. */
export function imprint({ say, paragraph, run }: Writing, { publishedOn, digest, url }: IssueAbout): readonly FileChild[] {
  const quiet = { color: ink.quiet, size: 18 } as const
  return [
    paragraph([run(say({ say: 'report.issue.published', with: { day: { is: 'day', day: publishedOn }, digest: { is: 'text', text: '' } } }), quiet), run(digest, { ...quiet, rightToLeft: false })]),
    paragraph([run(url, { ...quiet, rightToLeft: false })]),
  ]
}
