/** Everything of a kind that stands somewhere in a tree, in its order. */
export function foundIn<Found extends object>(value: unknown, is: (value: object) => value is Found): readonly Found[] {
  const found: Found[] = []
  const look = (inner: unknown): void => {
    if (Array.isArray(inner)) inner.forEach(look)
    else if (typeof inner === 'object' && inner !== null) {
      if (is(inner)) found.push(inner)
      Object.values(inner).forEach(look)
    }
  }
  look(value)
  return found
}
