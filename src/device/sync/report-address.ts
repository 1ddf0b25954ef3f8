import type { DeviceId } from '#domain/ids.ts'
import type { ReportOrder } from '#device/sync/desk-api.ts'
import type { ReportFormat } from '#protocol/report.ts'
import { apiPrefix, deviceQuery } from '#protocol/version.ts'

export function reportQuery({ from, to, language }: ReportOrder, format: ReportFormat): string {
  return `?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}&language=${encodeURIComponent(language)}&format=${format}`
}

/** Opened as a page, it can say who asks in its address alone. */
export function reportUrl(order: ReportOrder, device: DeviceId | undefined): string {
  return `${apiPrefix}/reports/working${reportQuery(order, 'html')}&${deviceQuery}=${device}`
}
