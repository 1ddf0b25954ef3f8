import { useEffect, useRef, useState } from 'react'
import { areasAt } from '#domain/areas.ts'
import type { Area } from '#domain/areas.ts'
import { keptPoint, placePrecisions } from '#domain/disclosure.ts'
import type { PlacePrecision, Position } from '#domain/disclosure.ts'
import type { DraftContent } from '#domain/entry.ts'
import { useAreas } from '#volunteer/fields/area-field.tsx'
import { searchPosition } from '#volunteer/fields/position-search.ts'
import type { PositionSearch, SearchState } from '#volunteer/fields/position-search.ts'
import { noFinePlace, precisionOf } from '#volunteer/record/place-precision.ts'
import type { StepProps } from '#volunteer/record/step-frame.ts'
import { useVolunteering } from '#volunteer/volunteer-context.tsx'

export interface Place {
  readonly precision: PlacePrecision
  readonly offered: readonly PlacePrecision[]
  readonly search: SearchState
  readonly onSearch: () => void
  readonly onStop: () => void
  readonly onForget: () => void
  readonly onMapPick: (position: Position, country: string | null) => void
  readonly onPrecision: (precision: PlacePrecision) => void
}

/**
 * The place of a draft. The exact position lives in this screen's memory and nowhere else: what goes to the draft, and so to the
 * disk, has been made as coarse as its author wants before.
 */
export function usePlace({ draft, content, keeper }: StepProps): Place {
  const { ground } = useVolunteering()
  const [search, setSearch] = useState<SearchState>({ phase: 'idle' })
  const running = useRef<PositionSearch | null>(null)
  const known = useRef<Known | null>(null)
  const placeName = useRef<unknown>(content.placeName)
  const areas = useAreas()
  const filling = useRef<Filling>(fillingFrom(content))
  const precision = precisionOf(draft)
  useEffect(() => () => running.current?.stop(), [])

  function keep(position: Position, as: PlacePrecision, more: Readonly<Record<string, unknown>> = {}): void {
    // A position comes late: what counts is what stands there now, not what stood there when it was asked for.
    const isOpen = filling.current.isOpen && areaOf(keeper.get().draft.content) === filling.current.area
    keeper.choose({ ...(isOpen ? areaFields(areas, position) : {}), ...more, ...keptPoint(position, as) }, as)
    filling.current = { isOpen, area: areaOf(keeper.get().draft.content) }
  }
  function handleSearch(as: PlacePrecision): void {
    running.current?.stop()
    filling.current = fillingFrom(keeper.get().draft.content)
    running.current = searchPosition({ geolocation: ground.geolocation, permission: ground.locationPermission, after }, (position) => {
      known.current = { position, from: 'phone' }
      keep(position, as)
    }, setSearch)
  }
  function handleForget(): void {
    running.current?.stop()
    known.current = null
    keeper.choose({ lat: undefined, lon: undefined, geoPrecisionM: undefined }, precision === 'exact' ? 'km' : precision)
  }
  function handlePrecision(next: PlacePrecision): void {
    running.current?.stop()
    if (next === 'region') {
      placeName.current = content.placeName ?? placeName.current
      return keeper.choose(noFinePlace, next)
    }
    const name = content.placeName === undefined && placeName.current !== undefined ? { placeName: placeName.current } : {}
    const position = known.current?.position ?? keptPosition(content)
    // An exact point that is in no memory any more has to be found anew.
    if (next === 'exact' && known.current?.from !== 'phone') {
      keeper.choose(name, next)
      return handleSearch(next)
    }
    if (position === null) return keeper.choose(name, next)
    keep(position, next, name)
  }

  return {
    precision,
    offered: content.lat === undefined && precision !== 'exact' ? placePrecisions.filter((one) => one !== 'exact') : placePrecisions,
    search,
    onSearch: () => handleSearch(precision === 'region' ? 'km' : precision),
    onStop: () => running.current?.stop(),
    onForget: handleForget,
    onMapPick: (position, country) => {
      running.current?.stop()
      known.current = { position, from: 'map' }
      filling.current = fillingFrom(keeper.get().draft.content)
      // A finger on a small map is never exact.
      keep(position, 'km', country === null ? {} : { country })
    },
    onPrecision: handlePrecision,
  }
}

/** Whether a position may still say country, region and district. A better one corrects what the one before it said; a choice of the author ends it. */
interface Filling {
  readonly isOpen: boolean
  /** What stood there when the search began, or what it filled in last: once it is another, somebody has chosen. */
  readonly area: string
}

function fillingFrom(content: DraftContent): Filling {
  return { isOpen: content.adm1Code === undefined && content.adm1Name === undefined, area: areaOf(content) }
}

function areaOf({ country, adm1Code, adm1Name, adm2Code }: DraftContent): string {
  return JSON.stringify([country, adm1Code, adm1Name, adm2Code])
}

/** Where the outlines of the campaign tell in which region a point lies, it need not be asked. */
function areaFields(areas: readonly Area[], position: Position): Readonly<Record<string, unknown>> {
  const [first, second] = areasAt(areas, position)
  if (first === undefined) return {}
  const region = first.within === undefined ? first : areas.find(({ code }) => code === first.within)
  const district = [first, second].find((area) => area?.within !== undefined)
  return region === undefined ? {} : { country: region.country, adm1Code: region.code, adm1Name: region.name, adm2Code: district?.code }
}

interface Known {
  readonly position: Position
  readonly from: 'phone' | 'map'
}

function keptPosition({ lat, lon, geoPrecisionM }: DraftContent): Position | null {
  if (typeof lat !== 'number' || typeof lon !== 'number') return null
  return { lat, lon, accuracyM: typeof geoPrecisionM === 'number' ? geoPrecisionM : 0 }
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}

