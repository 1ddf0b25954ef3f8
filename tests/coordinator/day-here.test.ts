import { expect, it } from 'vitest'
import { dayHere } from '#domain/day-here.ts'

it('[CO980] today, and the day in the name of a file, is that of the clock at the desk', () => {
  // As it stands on the wall here: a quarter past midnight, and a quarter to it.
  expect([dayHere(new Date(2026, 11, 1, 0, 15).getTime()), dayHere(new Date(2026, 10, 30, 23, 45).toISOString())]).toEqual(['2026-12-01', '2026-11-30'])
})
