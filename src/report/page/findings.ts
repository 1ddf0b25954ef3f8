import { goalsIn } from '#report/goals.ts'
import { basis, refLinks } from '#report/page/figures.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import { framed } from '#report/page/tables.ts'
import { figuresOf } from '#report/sentence-figures.ts'
import type { CitedSentence, ComposedFinding, ComposedPriority, Quotation, ReportPhoto } from '#report/tree.ts'

/** What coordinators wrote, each sentence with its evidence or the word that it has none. */
export function finding(ground: PageGround, { id, sentences, confidence, lowered, quotations, photos = [], against, since }: ComposedFinding): Part {
  const { words } = ground
  return h('div', { className: 'finding', id: `finding-${id}` },
    since === 'new' || since === 'changed' ? h('p', { className: 'since' }, words.say({ say: `report.since.${since}` })) : null,
    ...sentences.map((one) => sentence(ground, one)),
    quotations.length === 0 ? null : h('div', { className: 'quotes' }, ...quotations.map((one) => quotation(ground, one))),
    photos.length === 0 ? null : h('div', { className: 'photos' }, ...photos.map((one) => photograph(ground, one))),
    confidence === null ? null : h('p', { className: 'confidence' }, words.say({ say: `report.confidence.${confidence}` }), ...(lowered ? [' · ', words.say({ say: 'report.confidence.lowered' })] : [])),
    against.length === 0 ? null : h('p', { className: 'against' }, words.say({ say: 'report.against' }), ' ', ...refLinks(against)))
}

/** Behind a sentence stand the entries that it cites, and those of its numbers. */
function sentence(ground: PageGround, one: CitedSentence): Part {
  const { words } = ground
  const { id, parts, lang, refs, sensitive, unsupported } = one
  return h('p', { id: `sentence-${id}` }, h('span', { lang, dir: 'auto' }, words.written(one)), ' ', h('span', { className: 'refs' }, ...refLinks(refs)), ...figuresOf(parts).flatMap((part) => [' ', basis(ground, part, part.isOfEntries)]),
    sensitive === null ? null : h('small', null, ' ', words.say({ say: 'report.sensitive', with: { reports: { is: 'figure', figure: sensitive, unit: 'reports' } } })),
    unsupported ? h('small', { className: 'unsupported' }, ' ', words.say({ say: 'report.unsupported' })) : null)
}

/** In the words and the language of whoever said it; a role, never a name. */
export function quotation({ words }: PageGround, { text, lang, role, area, month, ref }: Quotation): Part {
  return h('figure', { className: 'quote' },
    text === '' ? h('p', { className: 'gone' }, words.say({ say: 'report.issue.quoteGone' })) : h('blockquote', { lang, dir: 'auto' }, h('p', null, text)),
    h('figcaption', null, words.commas([...(role === null ? [] : [words.label('quoteRole', role)]), ...words.from({ area, month }), ...(area === null ? [] : [words.language(lang)])]), ' ', ...refLinks([ref])))
}

/** A photo with where it is from, never with whose it is. Text stands before it is there: over a slow line it comes when it is scrolled to. */
function photograph(ground: PageGround, { photo, width, height, caption, lang, area, month, ref }: ReportPhoto): Part {
  const { words } = ground
  const source = photo === null ? null : (ground.photo?.(photo) ?? null)
  const from = words.commas(words.from({ area, month }))
  return h('figure', { className: 'photo' },
    source === null ? h('p', { className: 'gone' }, words.say({ say: 'report.issue.photoGone' })) : h('img', {
      src: source.src, width, height, loading: 'lazy', decoding: 'async', alt: words.commas([words.say({ say: 'report.photo' }), from]),
      ...(source.widths === undefined ? {} : { srcSet: source.widths.map((one) => `${one.src} ${one.width}w`).join(', '), sizes: '(min-width: 48rem) 20rem, 100vw' }),
    }),
    h('figcaption', null, ...(caption === null ? [] : [h('span', { lang, dir: 'auto' }, caption), ' · ']), from, ' ', ...refLinks([ref])))
}

export function priorities(ground: PageGround, rows: readonly ComposedPriority[]): Part {
  if (rows.length === 0) return null
  const { words } = ground
  const heads = ['report.column.priority', 'report.column.programme', 'report.column.horizon', 'report.column.who'] as const
  return framed(words.say({ say: 'report.block.priorities' }), h('table', { className: 'priorities' },
    h('caption', null, words.say({ say: 'report.block.priorities' })),
    h('thead', null, h('tr', null, ...heads.map((say) => h('th', { scope: 'col' }, words.say({ say }))))),
    h('tbody', null, ...rows.map((row) => h('tr', null,
      h('td', null, finding(ground, row), row.founded ? null : h('p', { className: 'unsupported' }, words.say({ say: 'report.priority.unfounded' }))),
      h('td', null, words.label('unescoProgramme', row.programme), row.sdgs.length === 0 ? null : h('p', null, goalsIn(words, row))),
      h('td', null, words.label('horizon', row.horizon)), h('td', null, words.phrases(row.addressees.map((code) => words.label('addressee', code)))))))))
}
