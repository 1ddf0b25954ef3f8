/** Twice as long each time; a line that breaks at each try is not asked without an end. */
const [firstPauseMs, longestPauseMs] = [10_000, 640_000]

export interface AgainGround {
  readonly onOnline: (call: () => void) => void
  readonly after: (ms: number, call: () => void) => void
}

/** Tries now and, as long as it does not come, as soon as the browser has a connection again and now and then. Never twice at once, and of the pauses only the last one counts: a line that comes and goes would leave one behind each time. */
export function untilItComes(attempt: () => Promise<boolean>, { onOnline, after }: AgainGround): void {
  let [isThere, isTrying, pauseMs, pauses] = [false, false, firstPauseMs, 0]
  const run = async (): Promise<void> => {
    if (isThere || isTrying) return
    isTrying = true
    isThere = await attempt().finally(() => {
      isTrying = false
    })
    if (isThere) return
    const own = (pauses += 1)
    after(pauseMs, () => void (own === pauses && run()))
    pauseMs = Math.min(2 * pauseMs, longestPauseMs)
  }
  onOnline(() => void run())
  void run()
}

/** The browser's own. */
export const againInBrowser: AgainGround = {
  onOnline: (call) => window.addEventListener('online', call),
  after: (ms, call) => void setTimeout(call, ms),
}
