import { fail, ok } from '#domain/result.ts'
import type { Result } from '#domain/result.ts'

/** How much one person brings in an hour before somebody is told, and before more waits; and how many megabytes of photos and sound in a day. */
export interface FloodLimits {
  readonly told: number
  readonly most: number
  readonly megabytes: number
}

/** A volunteer who is fast records twenty; a phone that comes back after months, or to a restored server, brings a thousand at once, with some 300 kB for each photo. */
export const usualFlood: FloodLimits = { told: 60, most: 2000, megabytes: 2000 }

export const floodWindowMs = 3_600_000

export const uploadWindowMs = 86_400_000

/** `ENTRIES_PER_HOUR` and `UPLOAD_MB_PER_DAY`. */
export function readFloodConfig(env: Readonly<Record<string, string | undefined>>): Result<FloodLimits, readonly string[]> {
  const read = { ENTRIES_PER_HOUR: usualFlood.most, UPLOAD_MB_PER_DAY: usualFlood.megabytes }
  const texts = Object.entries(read).map(([name, usual]) => ({ name, text: env[name] ?? String(usual) }))
  const faults = texts.filter(({ text }) => !/^[1-9]\d{2,8}$/.test(text)).map(({ name, text }) => `${name} is "${text}", but it must be a whole number from 100 on.`)
  const [most = 0, megabytes = 0] = texts.map(({ text }) => Number(text))
  return faults.length === 0 ? ok({ ...usualFlood, most, megabytes }) : fail(faults)
}
