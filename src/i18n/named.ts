type Names = readonly (string | readonly [string, Names])[]
type Said = Readonly<Record<string, unknown>>

/** What `scripts/bundle/names-once.mjs` has taken apart: the names that all languages share, and what one of them says, in the order of the names. */
export function named(names: Names, values: readonly unknown[]): Said {
  return Object.fromEntries(names.map((about, at) => (typeof about === 'string' ? [about, values[at]] : [about[0], named(about[1], values[at] as readonly unknown[])])))
}
