import { breakouts } from './breakouts.ts'
import { encodings, names } from './encodings.ts'
import { memberOf } from './injection.ts'
import type { Family, Injection } from './injection.ts'
import { markup } from './markup.ts'

const families: readonly Family[] = [names, ...markup, ...breakouts, ...encodings]
/** Ids have three digits: so that none is found in another. */
const firstId = 101

/** The first so many hostile texts, always the same, each unlike the others. Families take turns, so that a few of them are of all kinds. */
export function injections(count: number): readonly Injection[] {
  const found = new Map<string, Injection>()
  for (let turn = 0; found.size < count; turn += 1) {
    for (const family of families) {
      const one = memberOf(family, turn, firstId + found.size)
      if (found.size < count && !found.has(one.text)) found.set(one.text, one)
    }
  }
  return [...found.values()]
}

/** 50 in the gate, 500 when there is time. */
export const injectionCount = process.env['TERRAIN_TEST'] === 'deep' ? 500 : 50
