import { useMemo, useState } from 'react'
import type { MapArea } from '#chart/symbol-map.ts'
import { useDesk } from '#coordinator/desk-context.tsx'
import { areaIdOf } from '#coordinator/overview/address-codes.ts'
import { DrawingView } from '#coordinator/overview/drawing-view.tsx'
import { KindLegend } from '#coordinator/overview/kind-legend.tsx'
import styles from '#coordinator/overview/overview.module.css'
import { withToggled } from '#coordinator/overview/overview-address.ts'
import { areaOutlines, useOverview } from '#coordinator/overview/overview-context.ts'
import { useMaps } from '#coordinator/overview/use-maps.ts'
import type { OverviewResponse } from '#protocol/overview.ts'
import { Button } from '#ui/button/button.tsx'

const shownAtOnce = 60
/** As wide as the column beside the tables leaves for it: its letters then have the least size of the desk. */
const mapWidth = 350

/** Where reports come from, drawn without a connection; the list beside it says the same and is where areas are chosen. */
export function AreaMap({ areas, leftOut }: { readonly areas: OverviewResponse['areas']; readonly leftOut: number }) {
  const { words, membership } = useDesk()
  const { address, choose, known, areaName } = useOverview()
  const shapes = useMemo(() => areaOutlines(membership.campaign), [membership.campaign])
  const maps = useMaps()
  const [isWhole, setWhole] = useState(false)
  const { say } = words
  const heard = areas.map(({ country, adm1, challenges, actions, authors, point }) => ({ id: areaIdOf({ country, adm1 }), country, adm1, challenges, actions, authors, point }))
  // Where not all areas fit, one that is not here may have been heard all the same.
  const silent = (leftOut > 0 ? [] : known).filter(({ id }) => !heard.some((area) => area.id === id)).map((area) => ({ ...area, challenges: 0, actions: 0, authors: 0, point: null }))
  const all = [...heard.toSorted((one, other) => other.challenges + other.actions - one.challenges - one.actions), ...silent]
  const drawn = all.map((area): MapArea => ({
    ...area, point: area.point ?? (maps === null || area.adm1 !== null ? null : maps.middleOfCountry(area.country, maps.outlines)), name: areaName(area), value: words.dots([words.number(area.challenges), words.number(area.actions)]), outline: outlineOf(area.id),
    label: say('overview.area', { area: areaName(area), challenges: area.challenges, actions: area.actions, authors: area.authors }),
  }))
  function outlineOf(id: string): MapArea['outline'] {
    const shape = shapes.get(id)
    return shape === undefined || maps === null ? null : maps.areaOutline(shape)
  }

  return (
    <section className={styles.part}>
      <header className={styles.partHead}><h2>{say('overview.map')}</h2><KindLegend /></header>
      <div className={styles.mapPlace}>
        {maps === null ? null : (
          <DrawingView drawing={maps.symbolMap(drawn, { title: say('overview.map'), text: drawn.map(({ label }) => label).join('; '), countries: membership.campaign.countries, outlines: maps.outlines, chosen: new Set(address.areas), width: mapWidth })} />
        )}
      </div>
      <p className={styles.quiet}>{say('overview.disclaimer')}</p>
      <ul className={styles.areas} aria-label={say('overview.areas')}>
        {all.slice(0, isWhole ? undefined : shownAtOnce).map((area) => (
          <li key={area.id}>
            <button type="button" aria-pressed={address.areas.includes(area.id)} onClick={() => choose(withToggled(address, 'areas', area.id))}>
              <span>{areaName(area)}</span>
              <span className={styles.quiet}>{area.challenges + area.actions === 0 ? say('overview.nobody') : say('overview.areaCounts', { challenges: area.challenges, actions: area.actions, authors: area.authors })}</span>
            </button>
          </li>
        ))}
      </ul>
      {leftOut === 0 ? null : <p className={styles.quiet}>{say('overview.areasLeftOut', { count: leftOut })}</p>}
      {isWhole || all.length <= shownAtOnce ? null : <Button onClick={() => setWhole(true)}>{say('overview.whoAll', { count: all.length })}</Button>}
    </section>
  )
}
