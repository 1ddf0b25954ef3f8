import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** How long a session lasts at most, and how long when nobody uses it. */
export interface SessionConfig {
  readonly lifeMs: number
  readonly idleMs: number
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** A device renews its session by its key without the person: short ones cost it one small round. */
export const usualSession: SessionConfig = { lifeMs: 7 * dayMs, idleMs: dayMs }

/** `SESSION_DAYS` and `SESSION_IDLE_HOURS`. */
export function readSessionConfig(env: Readonly<Record<string, string | undefined>>): Result<SessionConfig, readonly string[]> {
  const [days, hours] = [env['SESSION_DAYS'] ?? '7', env['SESSION_IDLE_HOURS'] ?? '24']
  const faults = [
    ...(isWithin(days, 90) ? [] : [`SESSION_DAYS is "${days}", but it must be a whole number of days from 1 to 90.`]),
    ...(isWithin(hours, 2160) ? [] : [`SESSION_IDLE_HOURS is "${hours}", but it must be a whole number of hours from 1 to 2160.`]),
  ]
  return faults.length > 0 ? fail(faults) : ok({ lifeMs: Number(days) * dayMs, idleMs: Number(hours) * hourMs })
}

function isWithin(text: string, most: number): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= most
}
