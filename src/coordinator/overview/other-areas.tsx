import { useState } from 'react'
import { useDesk } from '#coordinator/desk-context.tsx'
import type { AreaColumn } from '#coordinator/overview/counting.ts'
import { withToggled } from '#coordinator/overview/overview-address.ts'
import { useOverview } from '#coordinator/overview/overview-context.ts'
import styles from '#coordinator/overview/overview.module.css'
import { Fold } from '#ui/fold/fold.tsx'

/** Which areas those are that a part has no room for; each narrows the page like the others. A country may have a thousand: drawn once somebody looks. */
export function OtherAreas({ areas }: { readonly areas: readonly AreaColumn[] }) {
  const { say } = useDesk().words
  const { address, choose, areaName } = useOverview()
  const [isOpen, setOpen] = useState(false)
  if (areas.length === 0) return null
  return (
    <Fold summary={say('overview.others', { count: areas.length })} onToggle={setOpen}>
      {!isOpen ? null : (
        <ul className={styles.others}>
          {areas.map((area) => <li key={area.id}><button type="button" aria-pressed={address.areas.includes(area.id)} onClick={() => choose(withToggled(address, 'areas', area.id))}>{areaName(area)}</button></li>)}
        </ul>
      )}
    </Fold>
  )
}
