import type { DisclosedLink } from '#domain/disclosed-links.ts'
import type { FileSpeech } from '#exchange/file-speech.ts'
import { textCell } from '#exchange/file-table.ts'
import type { FileTable } from '#exchange/file-table.ts'

/** Kinds of links as they are stored, in the order of the code book. */
export const linkKinds = ['answers', 'updateOf', 'sameAs', 'duplicateOf'] as const satisfies readonly DisclosedLink['kind'][]

/** The tags of the two columns of codes: the code book names them as well. */
export const linkTags = { link: '#meta+code+link', coverage: '#meta+code+coverage' } as const

/** What answers what, what tells of a change, of the same, or once more: a row a link, by the references that the tables of entries have. */
export function linksTable({ say, link, code }: FileSpeech): FileTable<DisclosedLink> {
  const coded = (name: string) => say('exports.codeOf', { name })
  return {
    header: [say('exports.ref'), coded(say('exports.link')), say('exports.link'), say('exports.linkTo'), coded(say('exports.coverage')), say('exports.coverage')],
    tags: ['#meta+ref', linkTags.link, '#meta+link+name', '#meta+link+ref', linkTags.coverage, '#meta+coverage+name'],
    row: ({ from, kind, to, coverage }) => [from, kind, link(kind), to, textCell(coverage ?? undefined), coverage === null ? undefined : code('coverage', coverage)],
  }
}
