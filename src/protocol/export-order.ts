import type { Kind } from '#domain/entry.ts'

/**
 * What a coordinator may take out: entries as a table or with their hashes, the actions as OCHA's 5W, what entries have to do with each other, points for a map, and what the codes mean.
 */
export const exportFormats = ['csv', 'xlsx', 'json', 'geojson', '5w', '5w-xlsx', 'links', 'links-xlsx', 'codebook'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Tables of entries have the columns of one kind, so it has to be said. */
export const formatsOfOneKind: readonly ExportFormat[] = ['csv', 'xlsx']
/** Formats in which a kind may be left out: then both are there. */
export const formatsOfAnyKind: readonly ExportFormat[] = ['json', 'geojson']

/** A file as it is ordered. `lang`: of the names of columns and codes; codes and tags are the same in all. */
export interface ExportOrder {
  readonly format: ExportFormat
  readonly kind?: Kind | undefined
  readonly lang?: string | undefined
}

const csv = 'text/csv'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
export const exportTypes: Readonly<Record<ExportFormat, string>> = { csv, xlsx, json: 'application/json', geojson: 'application/geo+json', '5w': csv, '5w-xlsx': xlsx, links: csv, 'links-xlsx': xlsx, codebook: csv }

/** `challenges.csv`, `5w.xlsx`, `entries.geojson`: without the name of the campaign, which may itself be sensitive. */
export function exportName({ format, kind }: ExportOrder): string {
  const what = kind === undefined ? 'entries' : `${kind}s`
  if (format === '5w') return '5w.csv'
  if (format === '5w-xlsx') return '5w.xlsx'
  if (format === 'links') return 'links.csv'
  if (format === 'links-xlsx') return 'links.xlsx'
  return format === 'codebook' ? 'codebook.csv' : `${what}.${format}`
}

