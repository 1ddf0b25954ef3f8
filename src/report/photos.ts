import { reportedContent } from '#domain/disclosure.ts'
import type { Photo } from '#domain/entry.ts'
import type { CountedEntry } from '#report/counted-entry.ts'
import type { ReportAreas } from '#report/report-areas.ts'
import type { ReportPhoto } from '#report/tree.ts'

/** The photos of an entry that may be shown as of today. None gets into a report by itself: a coordinator has looked at each. */
export function photosOf(entry: CountedEntry, areas: ReportAreas): readonly ReportPhoto[] {
  const disclosed = reportedContent(entry.source)
  const day = disclosed?.['observedOn']
  // As its schema has checked them when they came.
  const photos = disclosed?.['photos'] as readonly Photo[] | undefined
  if (photos === undefined || typeof day !== 'string') return []
  const about = { lang: entry.content.lang, area: areas.of(entry), month: day.slice(0, 7), ref: entry.ref }
  return photos.map(({ sha256, width, height, caption = null }) => ({ photo: sha256, width, height, caption, ...about }))
}

export function isPhoto(value: object): value is ReportPhoto {
  return 'photo' in value && 'ref' in value && 'width' in value
}
