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

/**
 * What the server is asked for. A day begins where the desk stands, as the times of the lines are said there: the last one ends where the
 * next begins, which is not always a whole day later. What is no day is left to the server, which refuses it.
 */
export function askedOf({ from, to, ...others }: AuditFilter): AuditFilter {
  return { ...others, ...(from === undefined ? {} : { from: startOf(from, 0) }), ...(to === undefined ? {} : { to: startOf(to, 1) }) }
}

function startOf(day: string, daysLater: number): string {
  // Without an offset JavaScript reads it as local time.
  const moment = new Date(`${day}T00:00:00`)
  moment.setDate(moment.getDate() + daysLater)
  return Number.isNaN(moment.getTime()) ? day : moment.toISOString()
}

/** The address of the log under these filters: whoever opens it sees the same. */
export function auditAddress(filter: AuditFilter): string {
  const search = new URLSearchParams(names.flatMap((name) => (filter[name] === undefined || filter[name] === '' ? [] : [[name, filter[name]]]))).toString()
  return search === '' ? '/desk/audit' : `/desk/audit?${search}`
}
