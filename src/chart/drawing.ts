/** What a shape means; whoever shows the drawing gives each meaning its colour, so that page, paper and document agree. */
export type Paint =
  | 'challenge' | 'action' | 'challenge-some' | 'action-some' | 'gap-none' | 'gap-little' | 'gap-partly' | 'gap-mostly'
  | 'sea' | 'land' | 'area' | 'silent' | 'heard' | 'axis' | 'chosen'

/** How words stand in a drawing: a value beside its mark, the name of a place, a word on an axis. */
export type Lettering = 'value' | 'name' | 'axis'

export type Shape =
  | { readonly shape: 'rect'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly paint: Paint }
  | { readonly shape: 'path'; readonly d: string; readonly paint: Paint }
  | { readonly shape: 'text'; readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end'; readonly lettering: Lettering; readonly text: string }
  /** What belongs together and can be chosen as one thing; `id` is the caller's. */
  | { readonly shape: 'group'; readonly id: string; readonly label: string; readonly isChosen: boolean; readonly shapes: readonly Shape[] }

/**
 * A chart as shapes in user units, already drawn for its reading direction: x grows to the right in every language, and
 * `anchor` is meant from the left. `text` says the same in words, for those who do not see it.
 */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly text: string
  readonly shapes: readonly Shape[]
  /** What of it has a mark and no words, because there was no room for them: by the `id` of its group. */
  readonly unnamed?: readonly string[]
}

/** To a tenth of a unit: finer is not seen, and doubles the bytes. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10
}
