/** The day on which a campaign's words go: so many months after its last day, or the last day of a shorter month. */
export function retentionDay(endsOn: string, months: number): string {
  const [year = 0, month = 1, day = 1] = endsOn.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, length))).toISOString().slice(0, 10)
}
