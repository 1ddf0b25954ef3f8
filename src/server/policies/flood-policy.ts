/** How much one person brings in an hour before somebody is told, and before more waits. */
export interface FloodLimits {
  readonly told: number
  readonly most: number
}

/** A volunteer who is fast records twenty; a phone that comes back after months brings some hundreds at once. */
export const usualFlood: FloodLimits = { told: 60, most: 600 }

export const floodWindowMs = 3_600_000
