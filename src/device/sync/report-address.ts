import type { ReportOrder } from '#device/sync/desk-api.ts'
import type { ReportFormat } from '#protocol/report.ts'
import { apiPrefix } from '#protocol/version.ts'

export function reportQuery({ from, to, language }: ReportOrder, format: ReportFormat): string {
  return `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&language=${encodeURIComponent(language)}&format=${format}`
}

export function reportUrl(order: ReportOrder): string {
  return `${apiPrefix}/reports/working${reportQuery(order, 'html')}`
}
