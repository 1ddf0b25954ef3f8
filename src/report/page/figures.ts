import type { Ref } from '#domain/ids.ts'
import { h } from '#report/page/ground.ts'
import type { PageGround, Part } from '#report/page/ground.ts'
import type { Figure, Unit } from '#report/tree.ts'

/** A ref reads from left to right in every language, and leads to its row of evidence. */
export function refLink(ref: Ref): Part {
  return h('a', { className: 'ref', dir: 'ltr', href: `#${ref}` }, ref)
}

export function refLinks(refs: readonly Ref[]): readonly Part[] {
  return refs.flatMap((ref, index) => (index === 0 ? [refLink(ref)] : [' ', refLink(ref)]))
}

/** What a number rests on: entries that anybody may open, and how many more there are, where it is entries that were counted. */
export function basis({ words, figureHref }: PageGround, { id, sample, count }: Figure, isOfEntries = true): Part {
  if (sample.length === 0) return null
  const more = count === null || !isOfEntries ? 0 : count - sample.length
  const rest = more <= 0 ? [] : [' ', h('a', { href: figureHref?.(id) ?? '#evidence' }, h('bdi', { dir: 'ltr' }, `+${words.number(more)}`), h('span', { className: 'hidden' }, ` ${words.say({ say: 'report.page.more', with: { count: { is: 'number', number: more } } })}`))]
  return h('span', { className: 'refs' }, ...refLinks(sample), ...rest)
}

/** A number in a table. It leads to an entry where one may be opened; a dash is none, and what is not shown is said to be some. */
export function cellCount({ words, figureHref }: PageGround, { id, count, sample }: Figure, unit: Unit = 'reports'): Part {
  if (count === 0) return h('span', { className: 'none' }, '–')
  const said = count === null ? h('span', { className: 'some' }, words.some(unit)) : words.number(count)
  const [first] = sample
  const href = figureHref?.(id) ?? (first === undefined || count === null ? undefined : `#${first}`)
  return href === undefined ? said : h('a', { href }, said)
}
