import { areaName, districtsOf } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'
import { Fold } from '#ui/fold/fold.tsx'

/** The areas by name, as they will be offered: the map in words. */
export function AreaList({ areas }: { readonly areas: readonly Area[] }) {
  const { words } = useDesk()
  const regions = areas.filter(({ within }) => within === undefined)
  const countries = [...new Set(regions.map(({ country }) => country))]
  return (
    <Fold summary={words.say('campaign.areasList')}>
      <div className={styles.areaList}>
        {countries.map((country) => (
          <section key={country}>
            <h3>{words.country(country)}</h3>
            <ul>
              {regions.filter((region) => region.country === country).map((region) => (
                <li key={region.code}>
                  <AreaLine area={region} />
                  <span className={styles.quiet}> <bdi>{words.list(districtsOf(areas, region.code).map((district) => areaName(district, words.locale)))}</bdi></span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Fold>
  )
}

function AreaLine({ area }: { readonly area: Area }) {
  const { words } = useDesk()
  const others = Object.values(area.names ?? {}).filter((name) => name !== areaName(area, words.locale))
  return <><b dir="auto">{areaName(area, words.locale)}</b> <bdi className={styles.code}>{area.code}</bdi>{others.length === 0 ? null : <span className={styles.quiet}> <bdi>{words.list(others)}</bdi></span>}</>
}
