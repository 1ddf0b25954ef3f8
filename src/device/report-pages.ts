/** Where published reports stand, and where the service worker keeps those that were read. Worker and pages import this; neither imports the other. */

/** Public pages and nothing of anybody here; the kill switch empties it. */
export const reportsCache = 'terrain-reports'

/** The photos of those reports, each once, in the width that was shown. */
export const reportPhotosCache = 'terrain-report-photos'

/** In each published page: what says of a copy that it is one; only a copy shows it. */
export const keptNotice = { hidden: 'id="kept-copy" hidden=""', shown: 'id="kept-copy"' } as const

/** What the worker writes beside a kept page: when it came (milliseconds since 1970), and how large it is. */
export const keptAtHeader = 'x-terrain-kept-at'
export const keptBytesHeader = 'x-terrain-kept-bytes'

/** The page of a report, not its files. */
export function isReportPage(pathname: string): boolean {
  return slugIn(pathname) !== null
}

export function slugIn(pathname: string): string | null {
  return /^\/r\/([a-z0-9-]{1,80})$/.exec(pathname)?.[1] ?? null
}

/** The report that a photo of it belongs to. */
export function photoIn(pathname: string): { readonly slug: string; readonly photo: string } | null {
  const [, slug, photo] = /^\/r\/([a-z0-9-]{1,80})\/photos\/([0-9a-f]{64})$/.exec(pathname) ?? []
  return slug === undefined || photo === undefined ? null : { slug, photo }
}

/** Where a report is read on this very origin, at a sentence where one is named. `url` is as the server gave it; null for what is no report. */
export function reportPath(url: string, { language, sentence }: { readonly language: string; readonly sentence?: string | undefined }): string | null {
  const slug = /\/r\/([a-z0-9-]{1,80})$/.exec(url)?.[1]
  return slug === undefined ? null : `/r/${slug}?language=${language}${sentence === undefined ? '' : `#sentence-${sentence}`}`
}
