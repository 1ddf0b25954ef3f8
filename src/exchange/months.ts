import type { FieldName } from '#domain/entry.ts'

/**
 * An entry needs days. Where a file says a month alone, its first day stands for it (its last where an end would come before its start), the
 * field is named as filled in, and what was observed keeps that only its month is known.
 */
export function monthsAsDays(fields: Record<string, unknown>): readonly FieldName[] {
  const months = (['observedOn', 'startOn', 'endOn'] as const).filter((field) => /^\d{4}-\d{2}$/.test(String(fields[field])))
  for (const field of months) fields[field] = `${String(fields[field])}-01`
  if (months.includes('observedOn')) fields['datePrecision'] ??= 'month'
  if (months.includes('endOn') && String(fields['endOn']) < String(fields['startOn'])) fields['endOn'] = lastDayOf(String(fields['endOn']))
  return months
}

function lastDayOf(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCMonth(next.getUTCMonth() + 1, 0)
  return next.toISOString().slice(0, 10)
}
