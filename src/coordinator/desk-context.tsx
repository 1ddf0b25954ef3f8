import { createContext, useContext } from 'react'
import type { Device, Membership } from '#device/device.ts'
import type { DecisionLog } from '#coordinator/decision-log.ts'
import type { DeskGround } from '#coordinator/desk-ground.ts'
import type { FreshWatch } from '#coordinator/fresh/fresh-watch.ts'
import type { Judgements } from '#coordinator/review/judgements.ts'
import type { Readings } from '#coordinator/review/readings.ts'
import type { DeskWords } from '#coordinator/desk-words.ts'

/** What every screen of the desk stands on. */
export interface Desk {
  readonly device: Device
  readonly membership: Membership
  readonly ground: DeskGround
  readonly words: DeskWords
  readonly log: DecisionLog
  readonly fresh: FreshWatch
  readonly readings: Readings
  readonly judgements: Judgements
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === null) throw new Error('a screen of the desk was drawn outside of CoordinatorApp')
  return desk
}
