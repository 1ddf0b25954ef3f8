import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import type { VolunteerGround } from '#volunteer/ground.ts'
import type { Additions } from '#volunteer/photos/additions.ts'
import type { Words } from '#volunteer/words.ts'

/** What every screen of the volunteer stands on, besides the device. */
export interface Volunteering {
  readonly ground: VolunteerGround
  readonly words: Words
  /** The photos that are still being made small for drafts, whichever screen is open. */
  readonly additions: Additions
  /** The form is being tried: it keeps nothing, and must not say that it does. */
  readonly isPractice?: boolean
  /** What the app itself offers at the end of the home screen, in the flow of it: never over what is there. */
  readonly homeCard?: ReactNode
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
