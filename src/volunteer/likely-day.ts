const dayMs = 86_400_000
/** Longer than any phone is without contact and still used; and a campaign may be prepared that long before its first day. */
const longMs = 365 * dayMs

/** What says when it may be, besides the phone's clock. */
export interface TimeWitnesses {
  /** By the server's clock. */
  readonly lastContactAt: string | null
  /** The days of the campaign, as far as it has any. */
  readonly startsOn: string | null
  readonly endsOn?: string | null | undefined
}

/**
 * The day that the phone's clock tells, as long as it can be right. A phone that lost its power may begin again in 1970 or 2015, and a slip
 * of the finger sets one years ahead: then the server's last word counts, and before there was any, the days of the campaign.
 */
export function likelyDay(day: string, { lastContactAt, startsOn, endsOn = null }: TimeWitnesses): string {
  // Time zones, and a clock that is wrong by hours, are no reason.
  const [first, last, earlierMs] = lastContactAt === null ? [startsOn, endsOn, longMs] : [lastContactAt, lastContactAt, 2 * dayMs]
  if (first !== null && Date.parse(day) < Date.parse(first) - earlierMs) return first.slice(0, 10)
  if (last !== null && Date.parse(day) > Date.parse(last) + longMs) return last.slice(0, 10)
  return day
}
