/** As much of a schema as says which parts a value has. */
interface Shape {
  readonly type: string
  readonly wrapped?: Shape
  readonly item?: Shape
  readonly entries?: Readonly<Record<string, Shape>>
}

/**
 * A value with the parts that this version knows, down to the innermost: a newer app writes parts of its own into photos, counts and sums as well as fields into an
 * entry, and nobody here can say what stands in them.
 */
export function knownParts(shape: unknown, value: unknown): unknown {
  return isShape(shape) ? known(shape, value) : value
}

function known({ wrapped, item, entries }: Shape, value: unknown): unknown {
  if (wrapped !== undefined) return known(wrapped, value)
  if (item !== undefined && Array.isArray(value)) return value.map((one: unknown) => known(item, one))
  if (entries === undefined || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([part, inner]) => {
    const shape = Object.hasOwn(entries, part) ? entries[part] : undefined
    return shape === undefined ? [] : [[part, known(shape, inner)] as const]
  }))
}

function isShape(shape: unknown): shape is Shape {
  return typeof shape === 'object' && shape !== null && 'type' in shape
}
