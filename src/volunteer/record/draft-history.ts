// Apart from the steps: home opens drafts, and does not know them.

/** How many entries of the history lead out of a draft, as each of its own knows; unknown where its address was typed. */
export function stepsBehind(): number | undefined {
  return Reflect.get(Object(history.state), 'behind') as number | undefined
}

/** Of a draft that is opened from another screen, which lies before it. */
export const oneBehind = { behind: 1 } as const

/** Of a draft whose address takes the place of the one that led to it: a shortcut may have opened Terrain there, and nothing lies before it. */
export function behindHere(): { readonly behind: number } {
  return { behind: history.length === 1 ? 0 : 1 }
}

/** Of a step that is gone to. */
export function oneStepMore(): { readonly behind: number } {
  return { behind: (stepsBehind() ?? behindHere().behind) + 1 }
}
