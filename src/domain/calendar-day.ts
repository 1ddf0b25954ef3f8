/** Days of each month, from January on. */
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Whether there is such a day (`YYYY-MM-DD`). Counted and not asked of a `Date`: engines read the 30th of February as the 2nd of March, or as nothing. */
export function isCalendarDay(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))]
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 && !isLeap ? 28 : (monthDays[month - 1] ?? 0)
  return day >= 1 && day <= days
}
