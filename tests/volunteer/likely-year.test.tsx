import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { likelyYear } from '#volunteer/fields/likely-year.ts'
import { joinedPhone, until } from '../support/phone.ts'
import { openAt, volunteerGround } from './on-screen.tsx'

const none = { lastContactAt: null, startsOn: null }
const contact = { lastContactAt: '2026-03-01T09:00:00.000Z', startsOn: '2024-01-01', endsOn: '2024-12-31' }

test('[VO282] a clock that can be right is believed, also across a new year and without any other word', () => {
  expect(likelyYear('2026-03-02', contact)).toBe(2026)
  expect(likelyYear('2027-01-10', contact)).toBe(2027)
  expect(likelyYear('2026-02-28', contact)).toBe(2026)
  expect(likelyYear('1970-01-01', none)).toBe(1970)
  expect(likelyYear('2023-11-01', { ...none, startsOn: '2024-05-01' })).toBe(2023)
  expect(likelyYear('2025-06-01', { ...none, endsOn: '2024-12-31' })).toBe(2025)
})

test('[VO282] one that cannot gives way to the last contact, and before any to the days of the campaign', () => {
  expect(likelyYear('1970-01-01', contact)).toBe(2026)
  expect(likelyYear('2015-01-01', contact)).toBe(2026)
  expect(likelyYear('2031-01-01', contact)).toBe(2026)
  expect(likelyYear('1970-01-01', { ...none, startsOn: '2024-05-01' })).toBe(2024)
  expect(likelyYear('2031-01-01', { ...none, endsOn: '2024-12-31' })).toBe(2024)
})

test('[VO282] a phone that begins again in 1970 offers the years of its last contact, and gives a month the right one', async () => {
  const { device } = await joinedPhone()
  await until(device.sync, ({ lastContactAt }) => lastContactAt !== null)
  const { id } = await device.createDraft('action')
  await device.writeDraft(id, { fields: { status: 'ongoing' } })
  const { user } = openAt(`/record/${id}/status`, device, { ground: volunteerGround({ now: () => Date.UTC(1970, 0, 1, 9) }) })
  await screen.findByRole('radio', { name: /Ongoing/ })
  const [month, year] = screen.getAllByRole('combobox')
  if (month === undefined || year === undefined) throw new Error('no begin is asked')
  expect(year).toHaveProperty('value', '2026')
  await user.selectOptions(month, '02')
  await until(device.drafts, ([one]) => one?.content.startOn === '2026-02-01')
  device.close()
})
