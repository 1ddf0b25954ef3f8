import { act, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { Device } from '#device/device.ts'
import { joinedPhone, savedChallenge } from '../support/phone.ts'
import { noon, openAt, today, volunteerGround } from './on-screen.tsx'

const dayMs = 86_400_000
const devices: Device[] = []
afterEach(() => {
  for (const device of devices.splice(0)) device.close()
})

/** A phone without a connection whose app stays open, and comes back into sight some days later: the runner looks then. */
async function openFor(path: (device: Device) => Promise<string>) {
  const { device, ground } = await joinedPhone()
  devices.push(device)
  let nowMs = noon
  const address = await path(device)
  await device.flush()
  ground.setOnline(false)
  openAt(address, device, { ground: volunteerGround({ now: () => nowMs }) })
  return async (days: number): Promise<void> => {
    nowMs += days * dayMs
    await act(async () => void (await device.flush()))
  }
}

test.each(['/', '/entries'])('[VO941] on a page that stood open over midnight (%s) an entry of then is yesterday’s', async (path) => {
  const comeBack = await openFor(async (device) => {
    await savedChallenge(device, { observedOn: today })
    return path
  })
  expect(await screen.findByText(/· today$/)).toBeTruthy()
  await comeBack(1)
  expect(await screen.findByText(/· yesterday$/)).toBeTruthy()
  expect(screen.queryByText(/· today$/)).toBeNull()
})

test('[VO941] the step for the day that stood open for two nights shows the day that it keeps', async () => {
  const comeBack = await openFor(async (device) => {
    const { id } = await device.createDraft('challenge')
    await device.writeDraft(id, { fields: { topic: 'EDU', observedOn: today }, step: 'date' })
    return `/record/${id}/date`
  })
  expect(await screen.findByRole<HTMLInputElement>('radio', { name: /^Today/, checked: true })).toBeTruthy()
  await comeBack(2)
  expect(await screen.findByRole<HTMLInputElement>('radio', { name: /^Another day/, checked: true })).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Day').value).toBe(today)
})
