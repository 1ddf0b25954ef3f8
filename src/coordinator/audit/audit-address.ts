import type { AuditFilter } from '#device/sync/desk-api.ts'

const names = ['type', 'member', 'ref', 'from', 'to'] as const
export type AuditFilterName = (typeof names)[number]

/** What the address asks of the log; a filter without a value is none. */
export function auditFilterFrom(search: string): AuditFilter {
  const params = new URLSearchParams(search)
  return Object.fromEntries(names.flatMap((name) => {
    const value = params.get(name) ?? ''
    return value === '' ? [] : [[name, value] as const]
  }))
}

/** The address of the log under these filters: whoever opens it sees the same. */
export function auditAddress(filter: AuditFilter): string {
  const search = new URLSearchParams(names.flatMap((name) => (filter[name] === undefined || filter[name] === '' ? [] : [[name, filter[name]]]))).toString()
  return search === '' ? '/desk/audit' : `/desk/audit?${search}`
}
