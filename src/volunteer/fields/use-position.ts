import { useState } from 'react'

export interface Position {
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
}

export type PositionSearch = { readonly phase: 'idle' | 'searching' } | { readonly phase: 'refused' | 'failed' } | { readonly phase: 'found'; readonly position: Position }

/** Past this the phone is indoors or has no sky: the author writes the place by hand and loses no more time. */
const searchTimeoutMs = 15_000

/** Asks the phone where it is, only when the author asks for it; `geolocation` is absent in an insecure context. */
export function usePosition(geolocation: Pick<Geolocation, 'getCurrentPosition'> | undefined, onFound: (position: Position) => void): readonly [PositionSearch, () => void] {
  const [search, setSearch] = useState<PositionSearch>({ phase: 'idle' })

  function handleSearch(): void {
    if (geolocation === undefined) return setSearch({ phase: 'failed' })
    setSearch({ phase: 'searching' })
    geolocation.getCurrentPosition(
      ({ coords }) => {
        const position = { lat: coords.latitude, lon: coords.longitude, accuracyM: Math.min(100_000, Math.round(coords.accuracy)) }
        setSearch({ phase: 'found', position })
        onFound(position)
      },
      (error) => setSearch({ phase: error.code === error.PERMISSION_DENIED ? 'refused' : 'failed' }),
      { enableHighAccuracy: true, timeout: searchTimeoutMs, maximumAge: 60_000 },
    )
  }

  return [search, handleSearch]
}
