import { ringPoints } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import styles from '#coordinator/campaign/campaign.module.css'
import { useDesk } from '#coordinator/desk-context.tsx'

const width = 640
const mostHeight = 420

/** The outlines as they will be on the phones: a look tells whether the file is the right one. The names stand in the list beside it. */
export function AreaMap({ areas }: { readonly areas: readonly Area[] }) {
  const { say } = useDesk().words
  const shapes = areas.filter(({ outline }) => outline !== undefined)
  if (shapes.length === 0) return null
  const regions = shapes.filter(({ within }) => within === undefined)
  const { box, project } = frameOf(shapes)
  const path = ({ outline = [] }: Area): string => outline.map((ring) => `M${ringPoints(ring).map(([x, y]) => project(x, y)).join('L')}Z`).join('')
  return (
    <svg className={styles.map} viewBox={`0 0 ${box.width} ${box.height}`} role="img" aria-label={say('campaign.areasMap', { count: regions.length === 0 ? shapes.length : regions.length })}>
      {shapes.filter(({ within }) => within !== undefined).map((area) => <path key={area.code} className={styles.mapDistrict} d={path(area)} fillRule="evenodd" />)}
      {regions.map((area) => <path key={area.code} className={styles.mapRegion} d={path(area)} fillRule="evenodd" />)}
    </svg>
  )
}

/** Degrees of longitude are as long as they are in the middle of the map: good enough to know a country by. */
function frameOf(areas: readonly Area[]) {
  const points = areas.flatMap(({ outline = [] }) => outline.flatMap((ring) => ringPoints(ring)))
  const west = points.reduce((least, [x]) => Math.min(least, x), Infinity)
  const east = points.reduce((most, [x]) => Math.max(most, x), -Infinity)
  const south = points.reduce((least, [, y]) => Math.min(least, y), Infinity)
  const north = points.reduce((most, [, y]) => Math.max(most, y), -Infinity)
  const shrink = Math.cos((((south + north) / 2000) * Math.PI) / 180)
  const scale = Math.min(width / Math.max(1, (east - west) * shrink), mostHeight / Math.max(1, north - south))
  return {
    box: { width: Math.ceil((east - west) * shrink * scale) + 2, height: Math.ceil((north - south) * scale) + 2 },
    project: (x: number, y: number): string => `${(1 + (x - west) * shrink * scale).toFixed(1)} ${(1 + (north - y) * scale).toFixed(1)}`,
  }
}
