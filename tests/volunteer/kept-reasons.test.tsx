import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { until } from '../support/phone.ts'
import type { Phone } from '../support/phone.ts'
import { decidedEntry } from './decided-entry.ts'
import { openAt } from './on-screen.tsx'

const phones: Phone[] = []
afterEach(() => {
  for (const phone of phones.splice(0)) phone.device.close()
})

async function decided(): ReturnType<typeof decidedEntry> {
  const phone = await decidedEntry({ verdict: 'approve' }, { topic: 'WSH', description: 'The kiosk sells water only until ten.' })
  phones.push(phone)
  return phone
}

const acts = [
  ['withdraw', 'Take this entry back', 'Take it back'],
  ['erase', 'Erase for good', 'Erase for good'],
] as const

async function openDialog(user: ReturnType<typeof openAt>['user'], name: string) {
  await user.click(await screen.findByRole('button', { name }))
  return within(screen.getByRole('dialog'))
}

test.each(acts)('[VO342] the reason for it stands there again after a reload, within a second, and goes when the act is done: %s', async (act, name, yes) => {
  const { device, id } = await decided()
  const first = openAt(`/entry/${id}`, device)
  await first.user.type((await openDialog(first.user, name)).getByRole('textbox'), 'They asked for it.')
  await until(device.begun, ([one]) => one?.reasons?.[act] === 'They asked for it.')
  first.unmount()
  // No change was begun on the entry: home leads to none.
  const home = openAt('/', device)
  expect(await screen.findByRole('heading', { name: 'My entries' })).toBeTruthy()
  expect(screen.queryByRole('heading', { name: 'Not finished yet' })).toBeNull()
  home.unmount()
  const { user } = openAt(`/entry/${id}`, device)
  const dialog = await openDialog(user, name)
  expect(dialog.getByRole('textbox')).toHaveProperty('value', 'They asked for it.')
  await user.click(dialog.getByRole('button', { name: yes }))
  expect(await until(device.begun, (all) => all.length === 0)).toEqual([])
  await device.flush()
})

test.each(acts)('[VO342] who cancels has given it up, and each act has its own: %s', async (act, name) => {
  const { device, id } = await decided()
  const other = act === 'erase' ? 'withdraw' : 'erase'
  await device.writeBegun(id, { reasons: { [other]: 'For the other act.' } })
  const { user } = openAt(`/entry/${id}`, device)
  const dialog = await openDialog(user, name)
  expect(dialog.getByRole('textbox')).toHaveProperty('value', '')
  await user.type(dialog.getByRole('textbox'), 'They asked for it.')
  await user.click(dialog.getByRole('button', { name: 'Keep it' }))
  await waitFor(() => expect(device.begun.get()?.[0]?.reasons).toEqual({ [other]: 'For the other act.' }))
  expect((await openDialog(user, name)).getByRole('textbox')).toHaveProperty('value', '')
})
