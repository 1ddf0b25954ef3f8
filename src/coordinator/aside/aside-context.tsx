import { createContext, useContext, useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import type { AlarmRow, QuarantineResponse } from '#protocol/aside.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { useLoaded } from '#coordinator/use-loaded.ts'
import type { Loaded } from '#coordinator/use-loaded.ts'

/** What was set aside and what raised an alarm: read once for the bar and the page. */
export interface Aside {
  readonly quarantine: Loaded<QuarantineResponse>
  readonly alarms: Loaded<readonly AlarmRow[]>
  /** How many things wait for a coordinator. */
  readonly waiting: number
}

const AsideContext = createContext<Aside | null>(null)

const pollMs = 60_000

export function AsideProvider({ children }: { readonly children: ReactNode }) {
  const { device, ground } = useDesk()
  const quarantine = useLoaded('quarantine', () => device.api.quarantine())
  const alarms = useLoaded('alarms', () => device.api.alarms())
  const reload = useRef(() => {})
  useEffect(() => {
    reload.current = () => {
      quarantine.reload()
      alarms.reload()
    }
  })
  useEffect(() => ground.every(pollMs, () => reload.current()), [ground])
  const waiting = (quarantine.value?.open ?? 0) + (alarms.value ?? []).filter(({ settled }) => settled === null).length
  return <AsideContext value={{ quarantine, alarms, waiting }}>{children}</AsideContext>
}

export function useAside(): Aside {
  const aside = useContext(AsideContext)
  if (aside === null) throw new Error('the list of what was set aside was asked for outside of AsideProvider')
  return aside
}
