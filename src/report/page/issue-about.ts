import type { Ref } from '#domain/ids.ts'
import type { EvidenceChange } from '#report/faithfulness.ts'
import { h } from '#report/page/ground.ts'
import { issueChanges } from '#report/issue-changes.ts'
import type { PageGround, Part } from '#report/page/ground.ts'

/** What a published issue says of itself, and what has happened since. */
export interface IssueAbout {
  /** Where it stands, for paper; `qr` is the same to be photographed: rows of dark (true) and light. */
  readonly url: string
  /** A picture for those who see only a link to it. */
  readonly preview: string
  readonly qr: readonly (readonly boolean[])[]
  readonly publishedOn: string
  readonly digest: string
  /** What coordinators wrote after it was published. */
  readonly corrections: readonly { readonly day: string; readonly text: string; readonly lang: string; readonly sentence: string | null }[]
  /** Entries that may not be shown any more: the page has nothing else of them. */
  readonly gone: readonly Ref[]
  /** Entries of which a photo may not be shown any more. */
  readonly withoutPhoto: readonly Ref[]
  /** Entries whose words that stood here were changed since. */
  readonly withoutWords: readonly Ref[]
  /** How many entries that stand in its numbers alone were withdrawn: the numbers stay as they were published. */
  readonly withdrawn: number
  /** Entries that say something else now than what was cited; `beforehand`: they did so already when it was published. */
  readonly changed: readonly { readonly ref: Ref; readonly changes: readonly EvidenceChange[]; readonly beforehand?: boolean }[]
  readonly languages: readonly { readonly locale: string; readonly name: string; readonly href: string }[]
  readonly files: readonly { readonly name: 'document' | 'data' | 'table' | 'changes'; readonly type: string; readonly href: string }[]
  readonly newer: { readonly number: number; readonly href: string } | null
}

/** Above everything else, because it may take back what stands below. */
export function changesSince({ words }: PageGround, { corrections, newer, ...about }: IssueAbout): Part {
  const lines = [
    ...corrections.map(({ day, text, lang, sentence }) => h('li', null, sentence === null ? h('time', { dateTime: day }, words.day(day)) : h('a', { href: `#sentence-${sentence}` }, h('time', { dateTime: day }, words.day(day))), h('p', { lang, dir: 'auto' }, text))),
    // The refs of what is gone lead here: its row of evidence is gone too.
    ...issueChanges(words, about).map(({ text, gone }) => h('li', gone === null ? null : { id: gone }, text)),
  ]
  return h('div', { className: 'since-published' },
    // For a copy that a phone kept: its service worker takes `hidden` away where it shows one without a connection.
    h('p', { className: 'newer', id: 'kept-copy', hidden: true }, words.say({ say: 'report.issue.kept' })),
    newer === null ? null : h('p', { className: 'newer' }, h('a', { href: newer.href }, words.say({ say: 'report.issue.newer', with: { number: { is: 'number', number: newer.number } } }))),
    lines.length === 0 ? null : h('section', { 'aria-labelledby': 'changes', className: 'corrections' }, h('h2', { id: 'changes' }, words.say({ say: 'report.issue.changes' })), h('ul', null, ...lines)))
}

export function languageLinks({ words }: PageGround, { languages }: IssueAbout): Part {
  return h('nav', { className: 'languages', 'aria-label': words.say({ say: 'report.issue.languages' }) }, h('ul', null, ...languages.map(({ locale, name, href }) => h('li', null,
    locale === words.locale ? h('b', { lang: locale, 'aria-current': 'true' }, name) : h('a', { href, hrefLang: locale, lang: locale }, name)))))
}

/** What it is, how it can be told from another, and its files. */
export function imprint({ words }: PageGround, { url, qr, publishedOn, digest, files, gone, withoutPhoto, withoutWords }: IssueAbout): Part {
  const size = qr.length
  // Once something of it had to go, its data are not as they were, and say what has changed themselves.
  const isAsPublished = gone.length + withoutPhoto.length + withoutWords.length === 0
  return h('section', { className: 'imprint', 'aria-labelledby': 'files' },
    h('div', null,
      h('h2', { id: 'files' }, words.say({ say: 'report.issue.files' })),
      h('ul', null, ...files.map(({ name, type, href }) => h('li', null, h('a', { href }, words.say({ say: `report.issue.${name}` }), ` (${type})`)))),
      isAsPublished && files.some(({ name }) => name === 'changes') ? h('p', { className: 'note' }, words.say({ say: 'report.issue.asPublished' })) : null,
      h('p', null, words.say({ say: 'report.issue.published', with: { day: { is: 'day', day: publishedOn }, digest: { is: 'text', text: '' } } }), h('bdi', { dir: 'ltr', className: 'digest' }, digest)),
      h('p', null, h('a', { href: url }, h('bdi', { dir: 'ltr' }, url)))),
    h('svg', { className: 'qr', viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': url, shapeRendering: 'crispEdges' }, h('path', { d: qr.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('') })))
}
