/** Counts by caller, seen by every process on this store. Times are milliseconds of the callers' clocks. */
export interface RateLimitStore {
  /**
   * Counts one more, or `by`, within the window that the first one opened. Above `max` it is only told, not written: who floods costs
   * a read each.
   */
  readonly hit: (hit: { readonly key: string; readonly now: number; readonly windowMs: number; readonly max: number; readonly by?: number }) => Promise<{ readonly hits: number; readonly endsAt: number }>
}
