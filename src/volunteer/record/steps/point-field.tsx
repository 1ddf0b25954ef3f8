import { useState } from 'react'
import type { ComponentType } from 'react'
import type { Position } from '#domain/disclosure.ts'
import { Button } from '#ui/button/button.tsx'
import { BlankLines } from '#ui/empty-state/empty-state.tsx'
import { Note } from '#ui/note/note.tsx'
import { useDevice } from '#volunteer/device-context.tsx'
import { sayAccuracy } from '#volunteer/fields/accuracy-words.ts'
import type { SearchState } from '#volunteer/fields/position-search.ts'
import { numberOf, textOf } from '#volunteer/fields/values.ts'
import { keepWish } from '#volunteer/keep-wish.ts'
import type { MapPickerProps } from '#volunteer/map/map-picker.tsx'
import styles from '#volunteer/record/record.module.css'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import type { Place } from '#volunteer/record/steps/use-place.ts'
import { useWords } from '#volunteer/volunteer-context.tsx'

const mapSign = { drawing: 'M9 4 3.5 6.5V20L9 17.5l6 2.5 5.5-2.5V4L15 6.5zM9 4v13.5M15 6.5V20' }

/** The map and its outlines come when they are first asked for; without a connection, and never opened before, they are missing. */
type OpenMap = 'closed' | 'coming' | 'missing' | { readonly Picker: ComponentType<MapPickerProps> }

/** A point from the phone or from the map; it is never needed where the place has a name. */
export function PointField({ content, place }: StepProps & { readonly place: Place }) {
  const { say } = useWords()
  const device = useDevice()
  const [map, setMap] = useState<OpenMap>('closed')
  const pin = typeof content.lat === 'number' && typeof content.lon === 'number' ? { lat: content.lat, lon: content.lon, accuracyM: numberOf(content.geoPrecisionM) ?? 0 } : null
  const handleMap = (): void => {
    if (map !== 'closed') return setMap('closed')
    setMap('coming')
    void import('#volunteer/map/map-picker.tsx').then(({ MapPicker }) => {
      setMap({ Picker: MapPicker })
      void keepWish(device, { keepsMap: true })
    }, () => setMap('missing'))
  }
  const isSearching = place.search.phase === 'searching'
  return (
    <>
      {isSearching ? <Searching search={place.search} onStop={place.onStop} /> : null}
      {pin === null || isSearching || typeof map === 'object' ? null : <KeptPoint pin={pin} place={place} />}
      {pin === null && !isSearching ? <Button icon="pin" isWide onClick={place.onSearch}>{say('record.place.find')}</Button> : null}
      <Trouble search={place.search} />
      <Button icon={mapSign} isWide aria-expanded={map !== 'closed'} onClick={handleMap}>{say(map === 'closed' ? 'map.open' : 'map.close')}</Button>
      {map === 'coming' ? <BlankLines count={5} label={say('loading')} /> : null}
      {map === 'missing' ? <p role="status" className={styles.quietLine}>{say('map.notHere')}</p> : null}
      {typeof map === 'object' ? <map.Picker pin={pin} country={textOf(content.country) === '' ? undefined : textOf(content.country)} onPick={place.onMapPick} /> : null}
    </>
  )
}

/** The accuracy grows while one waits; one may stop as soon as it is enough. */
function Searching({ search, onStop }: { readonly search: SearchState; readonly onStop: () => void }) {
  const words = useWords()
  const { accuracyM, isAsked = false } = search.phase === 'searching' ? search : { accuracyM: null }
  return (
    <Note tone="pen" icon="pin" title={words.say('record.place.searching')} live="status" actions={<Button onClick={onStop}>{words.say(accuracyM === null ? 'record.place.stop' : 'record.place.enough')}</Button>}>
      {accuracyM === null ? words.say(isAsked ? 'record.place.asked' : 'record.place.patience') : words.say('record.place.soFar', { accuracy: sayAccuracy(words, accuracyM) })}
    </Note>
  )
}

function KeptPoint({ pin, place }: { readonly pin: Position; readonly place: Place }) {
  const words = useWords()
  const isExact = place.precision === 'exact'
  const decimals = isExact ? 5 : 2
  return (
    <Note tone="pen" icon="pin" title={words.say('record.place.point')} actions={<><Button onClick={place.onSearch}>{words.say('record.place.findAgain')}</Button><Button look="plain" onClick={place.onForget}>{words.say('record.place.forget')}</Button></>}>
      <p role="status">
        <bdi dir="ltr">{pin.lat.toFixed(decimals)}, {pin.lon.toFixed(decimals)}</bdi>
        {pin.accuracyM === 0 ? null : <span className={styles.quietLine}>{words.say('record.place.within', { accuracy: sayAccuracy(words, pin.accuracyM) })}</span>}
        <span className={styles.quietLine}>{words.say(isExact ? 'record.place.exactKept' : 'record.place.coarseKept')}</span>
      </p>
    </Note>
  )
}

function Trouble({ search }: { readonly search: SearchState }) {
  const { say } = useWords()
  return <p role="status" className={styles.quietLine}>{search.phase === 'ended' ? say(`record.place.${search.trouble}`) : null}</p>
}
