import { geoBounds, geoContains } from 'd3-geo'
import type { ExtendedFeature } from 'd3-geo'
import { feature } from 'topojson-client'
import world from 'world-atlas/countries-110m.json' with { type: 'json' }

/** ISO 3166-1 alpha-3 and numeric code of each country that is drawn; small islands are not, at this size. */
const pairs = `
AFG004 AGO024 ALB008 ARE784 ARG032 ARM051 ATA010 ATF260 AUS036 AUT040 AZE031 BDI108 BEL056 BEN204 BFA854 BGD050 BGR100 BHS044 BIH070 BLR112
BLZ084 BOL068 BRA076 BRN096 BTN064 BWA072 CAF140 CAN124 CHE756 CHL152 CHN156 CIV384 CMR120 COD180 COG178 COL170 CRI188 CUB192 CYP196 CZE203
DEU276 DJI262 DNK208 DOM214 DZA012 ECU218 EGY818 ERI232 ESH732 ESP724 EST233 ETH231 FIN246 FJI242 FLK238 FRA250 GAB266 GBR826 GEO268 GHA288
GIN324 GMB270 GNB624 GNQ226 GRC300 GRL304 GTM320 GUY328 HND340 HRV191 HTI332 HUN348 IDN360 IND356 IRL372 IRN364 IRQ368 ISL352 ISR376 ITA380
JAM388 JOR400 JPN392 KAZ398 KEN404 KGZ417 KHM116 KOR410 KWT414 LAO418 LBN422 LBR430 LBY434 LKA144 LSO426 LTU440 LUX442 LVA428 MAR504 MDA498
MDG450 MEX484 MKD807 MLI466 MMR104 MNE499 MNG496 MOZ508 MRT478 MWI454 MYS458 NAM516 NCL540 NER562 NGA566 NIC558 NLD528 NOR578 NPL524 NZL554
OMN512 PAK586 PAN591 PER604 PHL608 PNG598 POL616 PRI630 PRK408 PRT620 PRY600 PSE275 QAT634 ROU642 RUS643 RWA646 SAU682 SDN729 SEN686 SLB090
SLE694 SLV222 SOM706 SRB688 SSD728 SUR740 SVK703 SVN705 SWE752 SWZ748 SYR760 TCD148 TGO768 THA764 TJK762 TKM795 TLS626 TTO780 TUN788 TUR792
TWN158 TZA834 UGA800 UKR804 URY858 USA840 UZB860 VEN862 VNM704 VUT548 YEM887 ZAF710 ZMB894 ZWE716
`
const numericByAlpha3: ReadonlyMap<string, string> = new Map(pairs.trim().split(/\s+/).map((pair) => [pair.slice(0, 3), pair.slice(3)]))
const alpha3ByNumeric: ReadonlyMap<string, string> = new Map([...numericByAlpha3].map(([alpha3, numeric]) => [numeric, alpha3]))

/** Outlines of the countries, 1 : 110 million (Natural Earth, public domain): enough to tell where in a country something is. */
export const outlines: readonly ExtendedFeature[] = readOutlines()

/** The outline of a country, or null when it is too small to be drawn. */
export function outlineOf(alpha3: string): ExtendedFeature | null {
  const numeric = numericByAlpha3.get(alpha3)
  return outlines.find(({ id }) => id !== undefined && String(id) === numeric) ?? null
}

/** In which country a point lies, as far as outlines of this size tell; null at sea and where they say nothing. */
export function countryAt(lat: number, lon: number): string | null {
  const found = outlines.find((outline) => geoContains(outline, [lon, lat]))
  return alpha3ByNumeric.get(String(found?.id)) ?? null
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number]

export function boundsOf(alpha3: string): Bounds | null {
  const outline = outlineOf(alpha3)
  if (outline === null) return null
  const [[west, south], [east, north]] = geoBounds(outline)
  return [west, south, east, north]
}

function readOutlines(): readonly ExtendedFeature[] {
  // The compiler reads the file's lines as numbers of any count; the package promises a topology.
  const topology = world as unknown as Parameters<typeof feature>[0]
  const countries = topology.objects['countries']
  const drawn = countries === undefined ? null : feature(topology, countries)
  return drawn !== null && 'features' in drawn ? drawn.features : []
}
