import type { LocalEntry } from '#device/device.ts'

/** What a first screen shows of own entries. */
export interface FirstLook {
  /** Fifty at most, newest first. */
  readonly newest: readonly LocalEntry[]
  /** Those with an open question, or on which somebody else wrote, newest first. */
  readonly asking: readonly LocalEntry[]
  /** Those on which something was begun. */
  readonly begun: readonly LocalEntry[]
  /** How many there are, and whether all of each is safe; null until all have been read. */
  readonly all: { readonly count: number; readonly isSafe: boolean } | null
}
