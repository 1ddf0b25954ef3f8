import type { Watch } from '#device/watch.ts'
import type { JournalStanding } from '#volunteer/record/journal.ts'

interface Follower {
  readonly get: () => JournalStanding
  readonly subscribe: (onChange: () => void) => () => void
  readonly takeStored: () => unknown
}

/** What another window writes is taken over at once, but never over what waits here to be written: then right behind that. Returns the end of it. */
export function followStore(watch: Watch<unknown>, keeper: Follower): () => void {
  let isBehind = false
  const look = (): void => {
    if (!isBehind || keeper.get().isDirty) return
    isBehind = false
    keeper.takeStored()
  }
  const stops = [watch.subscribe(() => {
    isBehind = true
    look()
  }), keeper.subscribe(look)]
  return () => stops.forEach((stop) => stop())
}
