import type { LocalEntry } from '#device/device.ts'
import type { UsedIn } from '#device/used-entries.ts'

/** The own entries on this phone that a published report counts; what was recorded on another phone and is not here is not among them. */
export function countedIn(entries: readonly LocalEntry[], { used, number }: { readonly used: readonly UsedIn[]; readonly number: number }): readonly LocalEntry[] {
  const ids = new Set(used.filter((one) => one.number === number).map(({ entryId }) => entryId))
  return entries.filter(({ state }) => ids.has(state.id))
}
