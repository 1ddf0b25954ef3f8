import { useDesk } from '#coordinator/desk-context.tsx'
import { DrawingView } from '#coordinator/overview/drawing-view.tsx'
import { useMaps } from '#coordinator/overview/use-maps.ts'
import type { Reading } from '#coordinator/review/reading.ts'
import styles from '#coordinator/review/side.module.css'

/** As wide as the column beside the entry leaves for it. */
const mapWidth = 300

/** Where it is, as exactly as its author chose to say; drawn without a connection. Nothing where no point was given. */
export function EntryMap({ reading }: { readonly reading: Reading }) {
  const { words } = useDesk()
  const { entry, row } = reading
  const { lat, lon, country, geoPrecisionM } = entry.content
  return lat === undefined || lon === undefined ? null : <Place point={[lon, lat]} country={country} precisionM={geoPrecisionM ?? null} name={[row.place, words.region(row)].find((part) => part !== null && part !== '') ?? words.country(country)} kind={entry.kind} />
}

interface PlaceProps {
  readonly point: readonly [number, number]
  readonly country: string
  readonly precisionM: number | null
  readonly name: string
  readonly kind: 'challenge' | 'action'
}

function Place({ point, country, precisionM, name, kind }: PlaceProps) {
  const { words } = useDesk()
  const { say } = words
  const maps = useMaps()
  const text = precisionM === null ? name : say('entryMap.within', { place: name, metres: words.number(precisionM) })
  return (
    <section>
      <h2>{say('entryMap.title')}</h2>
      {maps === null ? null : (
        <DrawingView drawing={maps.symbolMap(
          [{ id: 'here', name, label: text, value: '', challenges: kind === 'challenge' ? 1 : 0, actions: kind === 'action' ? 1 : 0, outline: null, point }],
          { title: say('entryMap.title'), text, countries: [country], outlines: maps.outlines, chosen: new Set(), width: mapWidth },
        )} />
      )}
      <p className={styles.quiet}>{text}</p>
    </section>
  )
}
