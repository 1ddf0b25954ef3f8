import { createContext, useContext } from 'react'
import type { VolunteerGround } from '#volunteer/ground.ts'
import type { Words } from '#volunteer/words.ts'

/** What every screen of the volunteer stands on, besides the device. */
export interface Volunteering {
  readonly ground: VolunteerGround
  readonly words: Words
}

export const VolunteerContext = createContext<Volunteering | null>(null)

export function useVolunteering(): Volunteering {
  const volunteering = useContext(VolunteerContext)
  if (volunteering === null) throw new Error('a screen of the volunteer was drawn outside of VolunteerApp')
  return volunteering
}

export function useWords(): Words {
  return useVolunteering().words
}
