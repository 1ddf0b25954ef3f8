/** Whether an action of this status has an end, which is asked for then. */
export function hasEnded(status: unknown): boolean {
  return status === 'completed' || status === 'cancelled'
}
