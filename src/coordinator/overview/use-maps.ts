import { useEffect, useState } from 'react'
import type { CountryOutline } from '#chart/country-outlines.ts'
import type { Drawing } from '#chart/drawing.ts'
import type { MapArea, SymbolMapAbout } from '#chart/symbol-map.ts'
import type { Outline } from '#domain/areas.ts'

export interface Maps {
  readonly outlines: readonly CountryOutline[]
  readonly areaOutline: (outline: Outline) => NonNullable<MapArea['outline']>
  readonly middleOfCountry: (country: string, outlines: readonly CountryOutline[]) => readonly [number, number] | null
  readonly symbolMap: (areas: readonly MapArea[], about: SymbolMapAbout) => Drawing
}

/** Outlines and projections weigh more than the pages that show them: they come behind what stands there in words. */
export function useMaps(): Maps | null {
  const [maps, setMaps] = useState<Maps | null>(null)
  useEffect(() => {
    let isCurrent = true
    void Promise.all([import('#chart/country-outlines.ts'), import('#chart/symbol-map.ts'), import('#chart/area-outline.ts')]).then(([{ countryOutlines, middleOfCountry }, { symbolMap }, { areaOutline }]) => {
      if (isCurrent) setMaps({ areaOutline, outlines: countryOutlines(), middleOfCountry, symbolMap })
      // Without a connection for them: the words say the same, and whoever comes back asks again.
    }, () => undefined)
    return () => {
      isCurrent = false
    }
  }, [])
  return maps
}
