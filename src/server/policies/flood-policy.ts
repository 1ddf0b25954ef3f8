import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** How much one person brings in an hour before somebody is told, and before more waits. */
export interface FloodLimits {
  readonly told: number
  readonly most: number
}

/** A volunteer who is fast records twenty; a phone that comes back after months, or to a restored server, brings a thousand at once. */
export const usualFlood: FloodLimits = { told: 60, most: 2000 }

export const floodWindowMs = 3_600_000

/** `ENTRIES_PER_HOUR`. */
export function readFloodConfig(env: Readonly<Record<string, string | undefined>>): Result<FloodLimits, readonly string[]> {
  const most = env['ENTRIES_PER_HOUR'] ?? String(usualFlood.most)
  if (!/^[1-9]\d{2,8}$/.test(most)) return fail([`ENTRIES_PER_HOUR is "${most}", but it must be a whole number from 100 on.`])
  return ok({ ...usualFlood, most: Number(most) })
}
