/** Whether a campaign is over and nobody has said how long its words are kept. `today` as the days of a campaign are written. */
export function isKeptWithoutEnd({ endsOn = null, retentionMonths = null }: { readonly endsOn?: string | null | undefined; readonly retentionMonths?: number | null | undefined }, today: string): boolean {
  return endsOn !== null && endsOn < today && retentionMonths === null
}

/** The day on which a campaign's words go: so many months after its last day, or the last day of a shorter month. */
export function retentionDay(endsOn: string, months: number): string {
  const [year = 0, month = 1, day = 1] = endsOn.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, length))).toISOString().slice(0, 10)
}
