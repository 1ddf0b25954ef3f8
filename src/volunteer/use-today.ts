import { dayHere } from '#domain/day-here.ts'
import { useDevice, useWatch } from '#volunteer/device-context.tsx'
import { likelyDay } from '#volunteer/likely-day.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export interface Today {
  /** What the phone's clock tells, as YYYY-MM-DD. */
  readonly told: string
  /** The same while it can be right, else null: nothing is dated by it, and no day is too late by it. */
  readonly day: string | null
  /** In which year it is likely to be, whatever the clock tells. */
  readonly year: number
  /** False until the store has told when the phone last heard of the server: so long the clock is believed. */
  readonly isSure: boolean
}

/** Which day it is, as far as the phone can know. */
export function useToday(): Today {
  const { ground } = useVolunteering()
  const device = useDevice()
  const membership = useWatch(device.membership)
  const sync = useWatch(device.sync)
  const told = dayHere(ground.now())
  const isSure = membership !== undefined && sync !== undefined
  const { startsOn = null, endsOn } = membership?.campaign ?? {}
  const likely = isSure ? likelyDay(told, { lastContactAt: sync.lastToldAt ?? null, startsOn, endsOn }) : told
  return { told, day: likely === told ? told : null, year: Number(likely.slice(0, 4)), isSure }
}
