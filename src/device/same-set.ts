export function isSameSet<Item>(one: ReadonlySet<Item>, other: ReadonlySet<Item>): boolean {
  return one === other || (one.size === other.size && [...one].every((item) => other.has(item)))
}
