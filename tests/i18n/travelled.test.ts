import { afterEach, expect, it, vi } from 'vitest'
import { createTimeWords } from '#coordinator/time-words.ts'
import { createFormat } from '#i18n/format.ts'

afterEach(() => vi.restoreAllMocks())

it('[IN940] hours are those of the zone in which the phone is now, not of the one in which the app was opened', () => {
  const offset = vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-120)
  const { moment, time } = createFormat('en')
  const { instant, clock } = createTimeWords('en')
  const at = '2026-11-30T20:05:00Z'
  const said = () => [moment(at), time(at), instant(at), clock(Date.parse(at))]
  expect(said()).toEqual(['30 November at 22:05', '22:05', '30 Nov 2026, 22:05', '22:05'])
  offset.mockReturnValue(-330)
  expect(said()).toEqual(['1 December at 01:35', '01:35', '1 Dec 2026, 01:35', '01:35'])
})
