const dayMs = 86_400_000

/**
 * How long there was no contact. One that lies ahead was noted by a clock that has been set back since, as a phone's does that lost its
 * power: nobody knows then, and what nobody knows is no reason to be at ease.
 */
export function silenceMs(lastContactAt: string, nowMs: number): number {
  const ms = nowMs - Date.parse(lastContactAt)
  return ms < -dayMs ? Infinity : ms
}
