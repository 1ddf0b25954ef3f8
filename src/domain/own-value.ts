/**
 * What a table holds under a key that somebody wrote. Every object answers to `constructor` and `__proto__` too: taken for an entry of the
 * table, that is no text, and the screen that shows it is gone.
 */
export function ownValue<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
