import type { ReportOrder } from '#device/sync/desk-api.ts'
import { apiPrefix } from '#protocol/version.ts'

export function reportQuery({ from, to, language }: ReportOrder): string {
  return `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&language=${encodeURIComponent(language)}`
}

export function reportUrl(order: ReportOrder, format: 'html' | 'docx' = 'html'): string {
  return `${apiPrefix}/reports/working${reportQuery(order)}${format === 'html' ? '' : `&format=${format}`}`
}
