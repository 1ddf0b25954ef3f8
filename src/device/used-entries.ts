import type { Watch } from '#device/watch.ts'
import type { UsedEntry } from '#protocol/written-report.ts'

/** One entry in one published issue, with the sentences that cite it. */
export type UsedIn = UsedEntry

/** Part of `LocalEntry`. */
export interface Counted {
  /** The newest published report that the entry counts in, as far as this phone has heard. */
  readonly report: number | null
}

/** What has become of own entries in published reports; part of `Device`. */
export interface UsedInReports {
  /** As the server said it last, the newest issue first: an entry stands here once for each issue that it counts in. */
  readonly used: Watch<readonly UsedIn[]>
  /** Somebody looks at what became of an entry: the server is asked, unless it was just now. Without an answer what is kept stays. */
  readonly askUsed: () => Promise<void>
}
