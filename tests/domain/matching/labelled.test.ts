import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findPersonalData } from '#domain/personal-data.ts'
import { endsOf, halves, labelledSets, readEntries, readPairs, sceneOf } from './labelled-set.ts'
import type { Half, LabelledPair, SetName } from './labelled-set.ts'

const entries = { open: readEntries('open'), 'held-out': readEntries('held-out'), 'second-held-out': readEntries('second-held-out') }
const pairs = { open: readPairs('open'), 'held-out': readPairs('held-out'), 'second-held-out': readPairs('second-held-out') }
const allEntries = labelledSets.flatMap((set) => entries[set])
const allPairs = labelledSets.flatMap((set) => pairs[set])
const byId = new Map(allEntries.map((entry) => [entry.id as string, entry]))
const languages = ['en', 'fr', 'ar', 'es', 'ru', 'zh']

describe('the labelled set that matchers are measured by', () => {
  it.each(labelledSets)('[DO80] each pair of the %s set names two entries of that set, of the kinds it speaks of, and every entry is used', (set) => {
    const ids = new Set(entries[set].map(({ id }) => id as string))
    expect(pairs[set].filter((pair) => endsOf(pair).some((id) => !ids.has(id)))).toEqual([])
    expect(pairs[set].filter((pair) => !hasRightKinds(pair))).toEqual([])
    const used = new Set(pairs[set].flatMap(endsOf))
    expect([...ids].filter((id) => !used.has(id))).toEqual([])
  })

  it('[DO80] nothing is there twice: no id, no words, no pair in either direction', () => {
    expect(repeated(allEntries.map(({ id }) => id))).toEqual([])
    expect(repeated(allEntries.map(({ content }) => content.description ?? ''))).toEqual([])
    expect(repeated(allPairs.map(({ id }) => id))).toEqual([])
    expect(repeated(allPairs.map((pair) => [...endsOf(pair)].sort().join(' ')))).toEqual([])
  })

  it('[DO80] the first bit of the hash of a scene decides its half', () => {
    for (const half of halves) expect(pairs[half].filter((pair) => halfOf(sceneOf(pair)) !== half)).toEqual([])
  })

  it.each(labelledSets)('[DO80] a scene lies in one set with all its entries and authors: the %s set shares none with the others', (set) => {
    const others = labelledSets.filter((name) => name !== set)
    const otherAuthors = new Set(others.flatMap((name) => entries[name].map(({ author }) => author)))
    expect(entries[set].filter(({ author }) => otherAuthors.has(author))).toEqual([])
    const otherScenes = new Set(others.flatMap((name) => pairs[name].map(sceneOf)))
    expect(pairs[set].filter((pair) => otherScenes.has(sceneOf(pair)))).toEqual([])
    const scenes = new Map(pairs[set].flatMap((pair) => endsOf(pair).map((id) => [id, sceneOf(pair)] as const)))
    expect(pairs[set].filter((pair) => endsOf(pair).some((id) => scenes.get(id) !== sceneOf(pair)))).toEqual([])
  })

  it.each(labelledSets)('[DO80] there are enough of both kinds in the %s set, and more unlike pairs than like ones', (set) => {
    for (const kind of ['entries', 'answer'] as const) {
      const these = pairs[set].filter((pair) => pair.kind === kind)
      const unlike = these.filter(({ label }) => label === 'different' || label === 'does-not')
      expect(these.length).toBeGreaterThanOrEqual(150)
      expect(unlike.length / these.length).toBeGreaterThan(0.5)
      expect(unlike.length / these.length).toBeLessThan(0.7)
    }
    expect(pairs[set].filter(({ label }) => label === 'duplicate').length).toBeGreaterThanOrEqual(15)
    expect(pairs[set].filter(({ label }) => label === 'corroboration').length).toBeGreaterThanOrEqual(50)
  })

  it('[DO80] a pair that answers says how far, one that does not says nothing of it', () => {
    const answers = allPairs.filter((pair) => pair.kind === 'answer')
    expect(answers.filter(({ label, coverage }) => (label === 'answers') !== (coverage !== undefined))).toEqual([])
    for (const set of labelledSets) {
      const told = new Set(pairs[set].map((pair) => (pair.kind === 'answer' ? pair.coverage : undefined)))
      for (const coverage of ['little', 'partly', 'mostly', 'fully'] as const) expect(told.has(coverage)).toBe(true)
    }
  })

  it.each(labelledSets)('[DO80] the %s set speaks all six languages, and half of its like entries meet across two of them', (set) => {
    for (const lang of languages) expect(entries[set].filter(({ content }) => content.lang === lang).length).toBeGreaterThanOrEqual(12)
    const like = pairs[set].filter(({ label }) => label === 'corroboration' || label === 'duplicate')
    const across = like.filter((pair) => new Set(endsOf(pair).map((id) => byId.get(id)?.content.lang)).size === 2)
    expect(across.length / like.length).toBeGreaterThan(0.5)
  })

  it('[DO80] labels agree with each other: what is alike through a third entry is nowhere called different', () => {
    const groupOf = groups(allPairs.filter(({ label }) => label === 'corroboration' || label === 'duplicate'))
    const torn = allPairs.filter((pair) => {
      const [a, b] = endsOf(pair)
      return pair.label === 'different' && groupOf(a) === groupOf(b)
    })
    expect(torn).toEqual([])
  })

  it('[DO80] each label is one of its two readings, and the README tells how far the readings agree and how much there is', () => {
    expect(allPairs.filter((pair) => !pair.readings.some((reading) => reading === settledReading(pair)))).toEqual([])
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
    expect(readme).toContain(`| the two halves | ${kappasOf(halves)} |`)
    expect(readme).toContain(`| second held-out set | ${kappasOf(['second-held-out'])} |`)
    for (const set of labelledSets) expect(readme).toContain(`${entries[set].length} entries, ${pairs[set].length} pairs`)
  })

  it('[DO80] no entry names a person or says how to reach one, and none was recorded before it was seen', () => {
    // Two capitalised names are left out: names of places look like them.
    const told = allEntries.filter(({ content }) => findPersonalData(content.description ?? '').some(({ kind }) => kind !== 'twoNames'))
    expect(told.map(({ content }) => content.description)).toEqual([])
    expect(allEntries.filter(({ recordedAt, content }) => recordedAt.slice(0, 10) < content.observedOn)).toEqual([])
  })
})

function hasRightKinds(pair: LabelledPair): boolean {
  const [first, second] = endsOf(pair).map((id) => byId.get(id)?.content.kind)
  return pair.kind === 'entries' ? first === second && pair.a !== pair.b : first === 'challenge' && second === 'action'
}

function settledReading(pair: LabelledPair): string {
  return pair.kind === 'answer' ? (pair.coverage ?? 'does-not') : pair.label
}

function halfOf(scene: string): Half {
  return ((createHash('sha256').update(scene).digest()[0] ?? 0) & 0x80) === 0 ? 'open' : 'held-out'
}

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}

/** Which entries hang together through pairs: a name for the group of each entry. */
function groups(like: readonly LabelledPair[]): (id: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (id: string): string => {
    const parent = parents.get(id)
    return parent === undefined ? id : rootOf(parent)
  }
  for (const pair of like) {
    const [a, b] = endsOf(pair).map(rootOf)
    if (a !== undefined && b !== undefined && a !== b) parents.set(a, b)
  }
  return rootOf
}

/** The kappa of the pairs of entries and that of the answers, as the table of the README shows them. */
function kappasOf(sets: readonly SetName[]): string {
  const these = sets.flatMap((set) => pairs[set])
  return (['entries', 'answer'] as const).map((kind) => kappa(these.filter((pair) => pair.kind === kind).map(({ readings }) => readings)).toFixed(2)).join(' | ')
}

/** Cohen's kappa of two readings: their agreement beyond what chance would give. */
function kappa(readings: readonly (readonly [string, string])[]): number {
  const share = (test: (reading: readonly [string, string]) => boolean) => readings.filter(test).length / readings.length
  const labels = [...new Set(readings.flat())]
  const expected = labels.reduce((sum, label) => sum + share(([first]) => first === label) * share(([, second]) => second === label), 0)
  return (share(([first, second]) => first === second) - expected) / (1 - expected)
}
