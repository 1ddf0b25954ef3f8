import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { likelyDay } from '#volunteer/likely-day.ts'
import { joinedPhone, until } from '../support/phone.ts'
import { openAt, volunteerGround } from './on-screen.tsx'

const none = { lastContactAt: null, startsOn: null }
const contact = { lastContactAt: '2026-03-01T09:00:00.000Z', startsOn: '2024-01-01', endsOn: '2024-12-31' }

test('[VO282] a clock that can be right is believed, also across a new year and without any other word', () => {
  for (const day of ['2026-03-02', '2027-01-10', '2026-02-28']) expect(likelyDay(day, contact)).toBe(day)
  expect(likelyDay('1970-01-01', none)).toBe('1970-01-01')
  expect(likelyDay('2023-11-01', { ...none, startsOn: '2024-05-01' })).toBe('2023-11-01')
  expect(likelyDay('2025-06-01', { ...none, endsOn: '2024-12-31' })).toBe('2025-06-01')
})

test('[VO282] one that cannot gives way to the last contact, and before any to the days of the campaign', () => {
  for (const day of ['1970-01-01', '2015-01-01', '2031-01-01']) expect(likelyDay(day, contact)).toBe('2026-03-01')
  expect(likelyDay('1970-01-01', { ...none, startsOn: '2024-05-01' })).toBe('2024-05-01')
  expect(likelyDay('2031-01-01', { ...none, endsOn: '2024-12-31' })).toBe('2024-12-31')
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

const begunAgain = volunteerGround({ now: () => Date.UTC(1970, 0, 1, 9) })

test('[VO292] a phone that begins again in 1970 fills in no day and no month', async () => {
  const { device } = await joinedPhone()
  await until(device.sync, ({ lastContactAt }) => lastContactAt !== null)
  openAt('/new/action', device, { ground: begunAgain })
  const [draft] = await until(device.drafts, ({ length }) => length === 1)
  expect([draft?.content.observedOn, draft?.content.startOn]).toEqual([undefined, undefined])
  await device.discardDraft(draft?.id ?? ('' as never))
  device.close()
})

test('[VO292] on the step for the day nothing is offered as today, and a day is not too late by a clock that cannot be right', async () => {
  const { device } = await joinedPhone()
  await until(device.sync, ({ lastContactAt }) => lastContactAt !== null)
  const { id } = await device.createDraft('challenge')
  const { user } = openAt(`/record/${id}/date`, device, { ground: begunAgain })
  expect(await screen.findByText(/clock says 1 January 1970/)).toBeTruthy()
  expect(screen.queryAllByRole('radio')).toEqual([])
  fireEvent.change(screen.getByLabelText('Day'), { target: { value: '2026-02-27' } })
  await until(device.drafts, ([one]) => one?.content.observedOn === '2026-02-27')
  await user.click(screen.getByRole('button', { name: 'Next' }))
  await waitFor(() => expect(screen.queryByLabelText('Day')).toBeNull())
  device.close()
})
