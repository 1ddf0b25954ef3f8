import { fitted } from './injection.ts'
import type { Injection } from './injection.ts'
import { allPlaces } from './places.ts'

/** A text at a place: what a page or file must show as words, and nothing else. */
export interface Placed {
  readonly place: string
  readonly text: string
}

/** More than any text of a test needs where a schema leaves its length to the size of the whole. */
const enough = 2000
/** Has no divisor in common with the numbers of texts, so that no two of the first places get the same text in one turn. */
const stride = 7

/**
 * Puts hostile texts into places. In each turn a place gets the next text, beginning somewhere else for each place: after as many turns as
 * there are texts every text was in every place. It notes what it gave out.
 */
export class Spread {
  readonly placed: Placed[] = []
  readonly #texts: readonly Injection[]
  readonly #first: number
  readonly #places = new Map(allPlaces().map(({ place, most }, index) => [place, { most: Math.min(most, enough), index }] as const))

  /** `first` is the turn to begin with: worlds of a few turns, one after the other, make a large one. */
  constructor(texts: readonly Injection[], first = 0) {
    this.#texts = texts
    this.#first = first
  }

  /** The text of this turn for a place, cut to what the field takes, and never shorter than a field may want. */
  at(place: string, turn: number): Placed {
    const known = this.#places.get(place)
    if (known === undefined) throw new Error(`no such place: ${place}`)
    const text = this.#texts[(known.index * stride + this.#first + turn) % this.#texts.length]?.text ?? ''
    const placed = { place, text: fitted(place.endsWith('.description') && text.trim().length < 10 ? `${text} ${text} ${text}` : text, known.most) }
    this.placed.push(placed)
    return placed
  }

  text(place: string, turn: number): string {
    return this.at(place, turn).text
  }

  /** Places that got nothing: a field that has come since, and that no test fills. */
  left(): readonly string[] {
    const got = new Set(this.placed.map(({ place }) => place))
    return [...this.#places.keys()].filter((place) => !got.has(place))
  }
}
